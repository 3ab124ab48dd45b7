/** Events that have not ended: the default of the list, and the filter `endsAfter`. */
import type { EventRecord } from '../../src/domain/events/model.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { getIds, getPage, getPages, idsOf } from '../support/pages.ts';
import { recordOf, seed, seedAsEarlier, seedOwn } from '../support/seed.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe.each(transports)('events that have not ended (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const own = (...those: Partial<EventRecord>[]) => seedOwn(api.tables, those);
  const now = Date.now();
  /** An event by its start and its end in milliseconds from now. */
  const from = (starts: number, ends: number) => ({
    startsAt: instantOf(new Date(now + starts)),
    endsAt: instantOf(new Date(now + ends)),
  });

  it('are the list without bounds: those that are happening, for however long they last, and those to come', async () => {
    const { organizerId, ids } = await own(
      from(-360 * day, day),
      from(-30 * day, hour),
      from(-day, hour),
      from(-6 * hour, hour),
      from(-hour, hour),
      from(hour, 2 * hour),
      from(90 * day, 120 * day),
    );
    const ended = [from(-400 * day, -40 * day), from(-32 * day, -hour), from(-2 * day, -day), from(-2 * hour, -hour)];
    await seed(
      api.tables,
      ended.map((times) => recordOf({ ...times, organizerId })),
    );
    const query = { organizerId };
    expect(await getIds(api, query)).toEqual(ids);
    expect(await getIds(api, { ...query, limit: 2 })).toEqual(ids);
    expect(await getIds(api, { ...query, order: 'desc', limit: 4 })).toEqual([...ids].reverse());
    const everybody = await getPages(api, { limit: 100 });
    expect(idsOf(everybody).filter((id) => ids.includes(id))).toEqual(ids);
    const phases = everybody.flatMap(({ items }) => items.map(({ phase }) => phase));
    expect(new Set(phases)).toEqual(new Set(['ongoing', 'upcoming']));
  });

  it('are the own events in every status', async () => {
    const organizerId = testUsers.organizer;
    const events = (['draft', 'cancelled', 'published'] as const).map((status, index) =>
      recordOf({ ...from(-40 * day + index * hour, 10 * day), organizerId, status }),
    );
    await seed(api.tables, [...events, recordOf({ ...from(-2 * hour, -hour), organizerId })]);
    const ids = events.map(({ eventId }) => eventId);
    expect(await getIds(api, { organizerId: 'me' }, 'organizer')).toEqual(ids);
    const drafts = { organizerId: 'me', status: ['draft'] };
    expect(await getIds(api, drafts, 'organizer')).toEqual(ids.slice(0, 1));
  });

  it('end after `endsAfter`, not at it', async () => {
    const startsAt = '2031-01-01T10:00:00Z';
    const { organizerId } = await own({ startsAt, endsAt: '2031-01-01T12:00:00Z' });
    const found = async (endsAfter: string) => (await getPage(api, { organizerId, endsAfter })).items.length;
    expect(await found('2031-01-01T11:59:59Z')).toBe(1);
    expect(await found('2031-01-01T12:59:59.9+01:00')).toBe(1);
    expect(await found('2031-01-01T12:00:00Z')).toBe(0);
    expect(await found('2031-01-01T12:00:00.9Z')).toBe(0);
    expect(await found('2030-01-01T00:00:00Z')).toBe(1);
  });

  it('combine with a range of starts, which alone lists what has ended as well', async () => {
    const { organizerId, ids } = await own(
      { startsAt: '2020-01-01T10:00:00Z', endsAt: '2020-01-01T12:00:00Z' },
      { startsAt: '2020-01-01T11:00:00Z', endsAt: '2020-01-03T12:00:00Z' },
      { startsAt: '2020-01-02T11:00:00Z', endsAt: '2020-01-02T12:00:00Z' },
    );
    const [first = '', second = '', third = ''] = ids;
    expect(await getIds(api, { organizerId })).toEqual([]);
    expect(await getIds(api, { organizerId, startsFrom: '2020-01-01T11:00:00Z' })).toEqual([second, third]);
    expect(await getIds(api, { organizerId, startsBefore: '2020-01-02T00:00:00Z' })).toEqual([first, second]);
    const endsAfter = '2020-01-01T12:00:00Z';
    expect(await getIds(api, { organizerId, endsAfter })).toEqual([second, third]);
    expect(await getIds(api, { organizerId, endsAfter, startsBefore: '2020-01-02T00:00:00Z' })).toEqual([second]);
    expect(await getIds(api, { organizerId, endsAfter, startsFrom: '2020-01-01T11:00:01Z' })).toEqual([third]);
  });

  it('follow a change of their times', async () => {
    const mine = recordOf(from(-20 * hour, -17 * hour));
    const { eventId } = mine;
    await seed(api.tables, [mine]);
    const isListed = async () => (await getIds(api, { organizerId: testUsers.organizer })).includes(eventId);
    const update = async (body: object) => expect((await call(api, 'updateEvent', eventId, { body })).status).toBe(200);
    expect(await isListed()).toBe(false);
    await update({ endsAt: from(0, hour).endsAt });
    expect(await isListed()).toBe(true);
    await update(from(-300 * day, day));
    expect(await isListed()).toBe(true);
    await update(from(-300 * day, -day));
    expect(await isListed()).toBe(false);
    await update(from(-hour, hour));
    expect(await isListed()).toBe(true);
  });

  it('include those that an earlier version stored, which wrote neither their class nor their text', async () => {
    const organizerId = `earlier-${transport}`;
    const events = [from(-200 * day, day), from(-hour, hour), from(day, 2 * day)].map((times) =>
      recordOf({ ...times, organizerId, name: 'Früher', tags: ['Alt'] }),
    );
    await seedAsEarlier(api.tables, events);
    const ids = events.map(({ eventId }) => eventId);
    expect(await getIds(api, { organizerId })).toEqual(ids);
    expect(await getIds(api, { organizerId, order: 'desc', limit: 1 })).toEqual([...ids].reverse());
    expect(await getIds(api, { organizerId, tag: 'alt', q: 'FRÜHER' })).toEqual(ids);
    expect(await getIds(api, { organizerId, q: 'später' })).toEqual([]);
    expect(await getIds(api, { q: 'früher', tag: 'ALT', limit: 1 })).toEqual(ids);
  });
});
