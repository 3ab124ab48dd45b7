/** Searching events with `q`. */
import type { EventRecord } from '../../src/domain/events/model.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, type Event, minimal, published } from '../support/events.ts';
import { getIds, getPage, listPath } from '../support/pages.ts';
import { expectProblem } from '../support/problems.ts';
import { recordOf, seed, seedOwn } from '../support/seed.ts';

describe.each(transports)('listEvents with q (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const own = (...those: Partial<EventRecord>[]) => seedOwn(api.tables, those);
  const at = (hour: number) => ({ startsAt: `2031-01-01T1${hour}:00:00Z` });

  it('finds words in name, tags, venue, address and the name of the organizer', async () => {
    const location = { kind: 'venue', name: 'Kulturhaus', address: 'Am Wall 1\nBremen' } as const;
    const { organizerId, ids } = await own(
      { ...at(0), name: 'Jazz im Park' },
      { ...at(1), tags: ['Jazz & Blues'] },
      { ...at(2), location: { ...location, name: 'Jazzkeller' } },
      { ...at(3), location: { ...location, address: 'Jazzgasse 3' } },
      { ...at(4), organizerName: 'Verein JAZZ e. V.', location },
      { ...at(5), name: 'Anderes', description: 'Jazz', location: { kind: 'online', url: 'https://jazz.example.com' } },
    );
    expect(await getIds(api, { organizerId, q: 'jazz' })).toEqual(ids.slice(0, 5));
    expect(await getIds(api, { organizerId, q: 'ja zz' })).toEqual(ids.slice(0, 5));
    expect(await getIds(api, { organizerId, q: 'jazz wall' })).toEqual([ids[2], ids[4]]);
    expect(await getIds(api, { organizerId, q: 'bremen verein' })).toEqual(ids.slice(4, 5));
    expect(await getIds(api, { organizerId, q: 'jazz theater' })).toEqual([]);
    expect(await getIds(api, { organizerId, q: 'jazz', tag: 'JAZZ & BLUES' })).toEqual(ids.slice(1, 2));
    expect(await getIds(api, { organizerId, q: 'jazz', startsFrom: at(3).startsAt })).toEqual(ids.slice(3, 5));
  });

  it.each(['früh', 'FRUH', 'ｆｒｕｈ', 'fru\u0308h', 'strasse', 'Straße', ' früh  straße '])(
    'ignores case, diacritics, width and spaces: %j',
    async (q) => {
      const { organizerId, ids } = await own({ name: 'Früh in der Straße' });
      expect(await getIds(api, { organizerId, q })).toEqual(ids);
    },
  );

  it('takes characters literally', async () => {
    const { organizerId, ids } = await own({ name: 'a%b_c*d.e\\f "g" #h :i' });
    for (const q of ['a%b', '_c*', 'd.e\\f', '"g"', '#h', ':i'])
      expect(await getIds(api, { organizerId, q })).toEqual(ids);
    for (const q of ['a.b', '%%', '.*', ':part0']) expect(await getIds(api, { organizerId, q })).toEqual([]);
  });

  it('finds what was changed, and events whose text is too long to be stored for searching', async () => {
    const tags = Array.from({ length: 10 }, (_, index) => `${String(index).repeat(49)}x`);
    const location = { kind: 'venue', name: 'Harbour Stage', address: `${'x'.repeat(290)} Ende` };
    const event = await published(api, { ...concert, name: `Changing ${transport}`, organizerName: 'Before' });
    const found = async (q: string) => (await getIds(api, { q })).includes(event.eventId);
    const update = async (body: object) =>
      expect((await call(api, 'updateEvent', event.eventId, { body })).status).toBe(200);
    expect(await found('before changing')).toBe(true);
    await update({ organizerName: 'After' });
    expect([await found('before'), await found('after changing')]).toEqual([false, true]);
    await update({ tags, location });
    expect([await found('after ende'), await found(`${'9'.repeat(49)}`)]).toEqual([true, true]);
    await update({ tags: null, location: concert.location });
    expect([await found('ende'), await found('after harbour')]).toEqual([false, true]);
    await update({ organizerName: null });
    expect(await found('after changing')).toBe(false);
  });

  it('shows neither the stored text nor drafts of others', async () => {
    const { organizerId } = await own({ name: 'Secret plan', status: 'draft' }, { name: 'Public plan' });
    const { items } = await getPage(api, { organizerId, q: 'plan' });
    expect(items.map(({ name }) => name)).toEqual(['Public plan']);
    expect(JSON.stringify(items)).not.toContain('searchText');
    expect(await getIds(api, { organizerId, q: 'secret' })).toEqual([]);
  });

  it('reads at most 500 events for a page, and leads on', async () => {
    const organizerId = `searched-${transport}`;
    const many = Array.from({ length: 510 }, () => recordOf({ organizerId, startsAt: '2031-01-01T10:00:00Z' }));
    const rare = recordOf({ organizerId, startsAt: '2031-01-02T10:00:00Z', name: 'The rare one' });
    await seed(api.tables, [...many, rare]);
    const first = await getPage(api, { organizerId, q: 'rare' });
    expect(first).toEqual({ items: [], nextCursor: expect.any(String) as string });
    expect(await getIds(api, { organizerId, q: 'rare' })).toEqual([rare.eventId]);
  });

  it('has cursors for the same words, in any spelling and order', async () => {
    const { organizerId, ids } = await own({ ...at(0), name: 'Jazz Café' }, { ...at(1), name: 'Jazz Café' });
    const { nextCursor: cursor } = await getPage(api, { organizerId, q: 'jazz cafe', limit: 1 });
    expect(await getIds(api, { organizerId, q: 'CAFÉ JAZZ', limit: 1, cursor })).toEqual(ids.slice(1));
    for (const query of [{ q: 'jazz' }, {}, { q: 'jazz cafes' }, { tag: 'jazz cafe' }]) {
      const path = listPath({ organizerId, limit: 1, cursor, ...query });
      expectProblem(await api.send({ path, as: 'attendee' }), 'invalid-cursor');
    }
  });

  it.each([
    ['a', 'too-short'],
    [' a ', 'too-short'],
    ['', 'too-short'],
    ['\u200B\u200B', 'too-short'],
    ['x'.repeat(51), 'too-long'],
    ['a\nb', 'invalid-format'],
    ['a\u202Eb', 'invalid-format'],
  ] as const)('rejects %j', async (q, code) => {
    expectProblem(await api.send({ path: listPath({ q }), as: 'attendee' }), 'invalid-request', {
      errors: [['q', code]],
    });
  });

  it.each(['ab', 'a b', 'x'.repeat(50), `  ${'x'.repeat(48)}`, '日本', '´´', '\uFDFA'.repeat(25)])(
    'accepts %j',
    async (q) => {
      expect((await getPage(api, { organizerId: 'unknown', q })).items).toEqual([]);
    },
  );
});

describe.each(transports)('organizerName (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('is set, changed, copied to a duplicate and removed, and shown wherever the event is', async () => {
    const organizerName = 'Riverside Music Association';
    const created = await published(api, { ...concert, organizerName: ` ${organizerName} ` });
    expect(created).toMatchObject({ organizerName });
    const path = `/events/${created.eventId}`;
    expect((await api.send({ path, as: 'attendee' })).body).toMatchObject({ organizerName });
    expect((await getPage(api)).items).toMatchObject([{ organizerName }]);
    const body = { startsAt: minimal.startsAt, endsAt: minimal.endsAt };
    const duplicate = await call(api, 'duplicateEvent', created.eventId, { body });
    expect(duplicate).toMatchObject({ status: 201, body: { organizerName } });
    expect(
      await call(api, 'registerForEvent', created.eventId, { as: 'attendee', body: { name: 'Mira' } }),
    ).toMatchObject({
      status: 201,
    });
    const mine = await api.send({ path: '/registrations', as: 'attendee' });
    expect(mine.body).toMatchObject({ items: [{ event: { organizerName } }] });
    const changed = await call(api, 'updateEvent', created.eventId, { body: { organizerName: 'Ｒ' } });
    expect(changed.body).toMatchObject({ organizerName: 'Ｒ' });
    const removed = await call(api, 'updateEvent', created.eventId, { body: { organizerName: null } });
    expect((removed.body as Event).organizerName).toBeUndefined();
  });
});
