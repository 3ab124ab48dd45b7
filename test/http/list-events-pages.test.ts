import type { EventRecord } from '../../src/domain/events/model.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { getIds, getPage, getPages, idsOf, listPath } from '../support/pages.ts';
import { recordOf, seed, seedOwn } from '../support/seed.ts';
import { expectProblem } from '../support/problems.ts';

describe.each(transports)('the pages of a list (%s)', (transport) => {
  let api: TestApi;
  /** The milliseconds by which the clock of the API is ahead. */
  let advanced = 0;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const own = (count: number, membersOf: (index: number) => Partial<EventRecord> = () => ({})) =>
    seedOwn(
      api.tables,
      Array.from({ length: count }, (_, index) => membersOf(index)),
    );

  it.each(['asc', 'desc'])('contain every event once, even if all start at the same time (%s)', async (order) => {
    const { organizerId, ids } = await own(23);
    const pages = await getPages(api, { organizerId, order, limit: 5 });
    expect(pages.slice(0, 4).map(({ items }) => items.length)).toEqual([5, 5, 5, 5]);
    expect(idsOf(pages)).toEqual(order === 'asc' ? ids : [...ids].reverse());
  });

  it('end when there is no cursor, and may be empty before', async () => {
    const { organizerId, ids } = await own(620, (index) => ({
      startsAt: instantOf(new Date(Date.UTC(2031, 0, 1, 0, index))),
      tags: index === 590 ? ['rare'] : ['music'],
    }));
    const pages = await getPages(api, { organizerId, tag: 'rare' });
    expect(pages.map(({ items }) => items.length)).toEqual([0, 1]);
    expect(idsOf(pages)).toEqual([ids[590]]);
    expect(pages.map(({ nextCursor }) => nextCursor !== undefined)).toEqual([true, false]);
    expect(await getIds(api, { organizerId, tag: 'rare', order: 'desc' })).toEqual([ids[590]]);
  }, 20_000);

  it('may each have another limit', async () => {
    const { organizerId, ids } = await own(12);
    const first = await getPage(api, { organizerId, limit: 2 });
    const second = await getPage(api, { organizerId, limit: 7, cursor: first.nextCursor });
    const third = await getPage(api, { organizerId, cursor: second.nextCursor });
    expect(idsOf([first, second, third])).toEqual(ids);
    expect(third).not.toHaveProperty('nextCursor');
  });

  it('accept the same cursor repeatedly', async () => {
    const { organizerId, ids } = await own(4);
    const { nextCursor: cursor } = await getPage(api, { organizerId, limit: 2 });
    for (let time = 0; time < 2; time += 1)
      expect(idsOf([await getPage(api, { organizerId, cursor })])).toEqual(ids.slice(2));
  });

  it('continue if the same bounds are sent with other offsets', async () => {
    const { organizerId, ids } = await own(4, () => ({ startsAt: '2031-03-01T12:00:00Z' }));
    const bounds = (startsFrom: string, startsBefore: string) => ({
      organizerId,
      startsFrom,
      startsBefore,
      limit: 2,
    });
    const { nextCursor: cursor } = await getPage(
      api,
      bounds('2031-03-01T14:00:00+02:00', '2031-03-01T14:01:00.5+02:00'),
    );
    const second = await getPage(api, { ...bounds('2031-03-01T12:00:00Z', '2031-03-01T07:01:00-05:00'), cursor });
    expect(idsOf([second])).toEqual(ids.slice(2));
  });

  it("continue if `me` becomes the caller's id and the statuses are reordered", async () => {
    const organizerId = '11111111-1111-4111-8111-111111111111';
    await seed(
      api.tables,
      [1, 2, 3].map(() => recordOf({ organizerId, status: 'draft' })),
    );
    const { nextCursor: cursor } = await getPage(
      api,
      { organizerId: 'me', status: ['draft', 'published'], limit: 2 },
      'organizer',
    );
    const { items } = await getPage(api, { organizerId, status: ['published', 'draft'], cursor }, 'organizer');
    expect(items).toHaveLength(1);
  });

  it.each(['asc', 'desc'])('use the time of the first page as reference time (%s)', async (order) => {
    const now = Date.now() + advanced;
    const inMinutes = (minutes: number) => instantOf(new Date(now + minutes * 60_000));
    const { organizerId, ids } = await own(8, (index) => ({
      startsAt: inMinutes(index - 5),
      endsAt: inMinutes(index + 1),
    }));
    await seed(api.tables, [recordOf({ organizerId, startsAt: inMinutes(-5), endsAt: inMinutes(-1) })]);
    const query = { organizerId, limit: 2, order };
    // All events of the first page have ended when the second page is read.
    const pages = await getPages(api, query, 'attendee', () => {
      api.advance(6 * 60_000);
      advanced += 6 * 60_000;
    });
    expect(idsOf(pages)).toEqual(order === 'asc' ? ids : [...ids].reverse());
    expect((await getIds(api, query)).length).toBeLessThan(ids.length);
  });

  it('show what has changed since the previous page', async () => {
    const { organizerId, ids } = await own(4);
    const { nextCursor: cursor } = await getPage(api, { organizerId, limit: 2 });
    const [, , third = '', fourth] = ids;
    await seed(api.tables, [recordOf({ organizerId, eventId: third, status: 'draft' })]);
    expect(idsOf([await getPage(api, { organizerId, cursor })])).toEqual([fourth]);
  });

  it.each([
    ['2031-01-01T00:00:00Z', '2031-01-01T00:00:00Z'],
    ['2031-01-01T00:00:01Z', '2031-01-01T00:00:00Z'],
    ['2031-01-01T00:00:00.9Z', '2031-01-01T00:00:00.1Z'],
    ['2199-12-31T23:59:59Z', '2000-01-01T00:00:00Z'],
  ])('are empty from %s to %s', async (startsFrom, startsBefore) => {
    const { organizerId } = await own(1, () => ({ startsAt: '2031-01-01T00:00:00Z' }));
    for (const order of ['asc', 'desc'])
      expect(await getPage(api, { organizerId, startsFrom, startsBefore, order })).toEqual({ items: [] });
  });

  it('reject a cursor that was issued for other filters', async () => {
    const { organizerId } = await own(4, () => ({ tags: ['music'] }));
    const query = { organizerId, startsFrom: '2030-01-01T00:00:00Z', limit: 2 };
    const { nextCursor: cursor } = await getPage(api, query);
    const others = [
      { ...query, organizerId: undefined },
      { ...query, organizerId: 'me' },
      { ...query, order: 'desc' },
      { ...query, tag: 'music' },
      { ...query, startsFrom: undefined },
      { ...query, startsFrom: '2030-01-01T00:00:01Z' },
      { ...query, startsBefore: '2040-01-01T00:00:00Z' },
      { ...query, endsAfter: '2030-01-01T00:00:00Z' },
      { ...query, q: 'jazz' },
    ];
    for (const other of others) {
      expectProblem(await api.send({ path: listPath({ ...other, cursor }), as: 'attendee' }), 'invalid-cursor');
    }
    expect((await getPage(api, { ...query, order: 'asc', cursor })).items).toHaveLength(2);
  });
});
