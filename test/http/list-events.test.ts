import type { EventRecord } from '../../src/domain/events/model.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { testUsers } from '../support/issuer.ts';
import { getIds, getPage } from '../support/pages.ts';
import { recordOf, seed, seedOwn } from '../support/seed.ts';

const { organizer, rival } = testUsers;

/** One event of each owner in each status, an hour apart. */
const statuses = ['draft', 'published', 'cancelled'] as const;
const events = [organizer, rival].flatMap((organizerId, owner) =>
  statuses.map((status, hour) => recordOf({ organizerId, status, startsAt: `2030-06-2${owner + 1}T1${hour}:00:00Z` })),
);
const idsOf = (...those: (EventRecord | undefined)[]) => those.map((event) => event?.eventId);
const [ownDraft, ownPublished, ownCancelled, , rivalPublished] = events;

describe.each(transports)('listEvents (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
    await seed(api.tables, events);
  });
  afterAll(() => api.stop());

  const own = (...those: Partial<EventRecord>[]) => seedOwn(api.tables, those);

  describe('without filters', () => {
    it.each(['organizer', 'rival', 'attendee'] as const)(
      'shows the published events of all organizers to the %s',
      async (user) => {
        expect(await getIds(api, {}, user)).toEqual(idsOf(ownPublished, rivalPublished));
      },
    );

    it.each(['me', organizer])("shows all of the caller's own events for organizerId=%s", async (organizerId) => {
      expect(await getIds(api, { organizerId }, 'organizer')).toEqual(idsOf(ownDraft, ownPublished, ownCancelled));
    });

    it('shows only the published events of another organizer', async () => {
      expect(await getIds(api, { organizerId: organizer }, 'rival')).toEqual(idsOf(ownPublished));
    });

    it('is empty for an organizer without events', async () => {
      expect(await getPage(api, { organizerId: 'unknown' })).toEqual({ items: [] });
      expect(await getPage(api, { organizerId: 'me' }, 'attendee')).toEqual({ items: [] });
    });

    it('shows each event as getEvent returns it', async () => {
      const [listed] = (await getPage(api, { organizerId: organizer })).items;
      const read = await api.send({ path: `/events/${ownPublished?.eventId}`, as: 'attendee' });
      expect(listed).toEqual(read.body);
    });
  });

  describe('filtered by status', () => {
    it.each([
      [['draft'], [ownDraft]],
      [['cancelled'], [ownCancelled]],
      [
        ['published', 'draft'],
        [ownDraft, ownPublished],
      ],
      [
        ['cancelled', 'published', 'draft'],
        [ownDraft, ownPublished, ownCancelled],
      ],
    ])("shows the caller's own events that are %s", async (status, expected) => {
      expect(await getIds(api, { organizerId: 'me', status }, 'organizer')).toEqual(idsOf(...expected));
      expect(await getIds(api, { organizerId: organizer, status }, 'organizer')).toEqual(idsOf(...expected));
    });
  });

  describe('filtered by tag', () => {
    it('compares whole tags, without case, diacritics and width, and returns them as they were sent', async () => {
      const { organizerId, ids } = await own(
        { tags: ['Jazz', 'music'], startsAt: '2031-01-01T09:00:00Z' },
        { tags: ['jazz'], startsAt: '2031-01-01T10:00:00Z' },
        { tags: ['jazz night', 'Café'], startsAt: '2031-01-01T11:00:00Z' },
        { name: 'jazz' },
      );
      const found = async (tag: string) => (await getPage(api, { organizerId, tag })).items.map(({ tags }) => tags);
      expect(ids).toHaveLength(4);
      for (const tag of ['jazz', 'Jazz', 'ＪＡＺＺ', ' jazz '])
        expect(await found(tag)).toEqual([['Jazz', 'music'], ['jazz']]);
      for (const tag of ['Jazz Night', 'cafe', 'CAFÉ']) expect(await found(tag)).toEqual([['jazz night', 'Café']]);
      for (const tag of ['night', 'jaz', 'jazz night cafe']) expect(await found(tag)).toEqual([]);
    });

    it.each(['ä & ö', '日本', 'a=b', '#1', '100%', ':tag', "'; drop"])(
      'finds an event by its exact tag %s',
      async (tag) => {
        const { organizerId, ids } = await own({ tags: [tag] });
        expect(await getIds(api, { organizerId, tag })).toEqual(ids);
      },
    );
  });

  describe('filtered by time', () => {
    const hours = ['2031-01-01T09:00:00Z', '2031-01-01T10:00:00Z', '2031-01-01T11:00:00Z'].map((startsAt) => ({
      startsAt,
    }));
    const [, ten, eleven] = hours.map(({ startsAt }) => startsAt);

    it.each(['asc', 'desc'])(
      'includes events at startsFrom and excludes events at startsBefore (%s)',
      async (order) => {
        const { organizerId, ids } = await own(...hours);
        const [nine = '', half = '', last = ''] = ids;
        const list = async (query: object) => (await getIds(api, { organizerId, order, ...query })).sort();
        expect(await list({ startsFrom: ten })).toEqual([half, last].sort());
        expect(await list({ startsBefore: ten })).toEqual([nine]);
        expect(await list({ startsFrom: ten, startsBefore: eleven })).toEqual([half]);
        expect(
          await list({ startsFrom: '2031-01-01T12:00:00+02:00', startsBefore: '2031-01-01T11:00:00.999Z' }),
        ).toEqual([half]);
      },
    );

    it('shows past events if a bound includes them', async () => {
      const { organizerId, ids } = await own(
        { startsAt: '2001-01-01T00:00:00Z' },
        { startsAt: '2190-01-01T00:00:00Z' },
      );
      expect(await getIds(api, { organizerId })).toEqual(ids.slice(1));
      expect(await getIds(api, { organizerId, startsBefore: '2190-01-01T00:00:00Z' })).toEqual(ids.slice(0, 1));
      expect(await getIds(api, { organizerId, startsFrom: '2000-01-01T00:00:00Z' })).toEqual(ids);
    });

    it('accepts raw colons and encoded plus signs', async () => {
      const { organizerId, ids } = await own(...hours);
      const path = `/events?organizerId=${organizerId}&startsFrom=2031-01-01T00:00:00Z&startsBefore=2031-01-01T11:30:00%2B01:00`;
      const response = await api.send({ path, as: 'attendee' });
      expect(response.body.items.map(({ eventId }: EventRecord) => eventId)).toEqual(ids.slice(0, 2));
    });
  });

  describe('with an order', () => {
    it('starts with the earliest event, or with the latest', async () => {
      const same = { startsAt: '2031-05-01T10:00:00Z' };
      const { organizerId, ids } = await own({ startsAt: '2031-05-02T10:00:00Z' }, same, same, same, {
        startsAt: '2031-04-30T10:00:00Z',
      });
      expect(await getIds(api, { organizerId })).toEqual(ids);
      expect(await getIds(api, { organizerId, order: 'asc', limit: 2 })).toEqual(ids);
      expect(await getIds(api, { organizerId, order: 'desc' })).toEqual([...ids].reverse());
      expect(await getIds(api, { organizerId, order: 'desc', limit: 2 })).toEqual([...ids].reverse());
    });
  });

  describe('with a limit', () => {
    it('has 1 to 100 events per page, by default 25', async () => {
      const { organizerId, ids } = await own(...Array.from({ length: 120 }, () => ({})));
      for (const [limit, length] of [
        [undefined, 25],
        [1, 1],
        [99, 99],
        [100, 100],
      ] as const) {
        const { items, nextCursor } = await getPage(api, { organizerId, limit });
        expect(items.map(({ eventId }) => eventId)).toEqual(ids.slice(0, length));
        expect(nextCursor).toEqual(expect.any(String));
      }
    });
  });
});
