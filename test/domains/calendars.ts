/** Calendars, for the tests of all operations. */
import type { CalendarFeed, NewCalendarFeed } from '../../src/contract/generated/types.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { digestOf } from '../../src/domain/calendars/file-names.ts';
import { exampleOf } from '../contract/contract.ts';
import type { DomainFixtures, Make, Resource, Send } from '../support/domains.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { seedFeed } from '../support/seed.ts';

/** Creates a feed; if the caller has as many as allowed, in place of the oldest. */
async function createFeed(send: Send, source: object): Promise<NewCalendarFeed> {
  const list = await send({ path: pathTo('listCalendarFeeds') });
  const { items } = list.body as { items: CalendarFeed[] };
  const [oldest] = items;
  if (items.length === 5 && oldest !== undefined)
    await send({ method: 'DELETE', path: pathTo('deleteCalendarFeed', { feedId: oldest.feedId }) });
  const created = await send({ method: 'POST', path: pathTo('createCalendarFeed'), body: { source } });
  expect(created.status).toBe(201);
  return created.body as NewCalendarFeed;
}

const feedOf =
  (source: object): Make =>
  async (send) => ({ feedId: (await createFeed(send, source)).feedId });

const calendarOf =
  (source: object): Make =>
  async (send) => ({ calendarFile: (await createFeed(send, source)).calendarFile });

const publishedBy = { kind: 'published-by', organizerId: 'me' };
const myRegistrations = { kind: 'my-registrations' };

const store: Resource['store'] = async (api, _operation, caller) => {
  await seedFeed(api.tables, {
    feedId: exampleOf('feedId'),
    userId: caller,
    fileDigest: digestOf(exampleOf('calendarFile')),
  });
};

const feed: Resource = {
  path: '/calendar-feeds/{feedId}',
  states: [feedOf(publishedBy), feedOf(myRegistrations)],
  missing: { feedId: nonexistentEventId },
  store,
  shown: {
    schema: 'CalendarFeed',
    async store(api, example) {
      const stored = example as unknown as CalendarFeed;
      const userId = `example-${stored.feedId}`;
      await seedFeed(api.tables, { ...stored, userId, fileDigest: digestOf(exampleOf('calendarFile')) });
      return userId;
    },
  },
};

const calendar: Resource = {
  path: '/calendars/{calendarFile}',
  states: [calendarOf(publishedBy), calendarOf(myRegistrations)],
  missing: { calendarFile: `${'A'.repeat(43)}.ics` },
  store,
};

export const fixtures: DomainFixtures = {
  resources: [feed, calendar],

  async snapshot(send) {
    const { status, body } = await send({ path: pathTo('listCalendarFeeds') });
    expect(status).toBe(200);
    return body as unknown;
  },

  problemStatuses: {
    'calendar-feed-not-found': 404,
    'calendar-not-found': 404,
    'too-many-calendar-feeds': 409,
  },
  fieldErrors: {},
  invalidAlone: {},
  returnedOnce: ['calendarFile'],
  readsFirst: ['deleteCalendarFeed'],
  writesWithoutRole: ['createCalendarFeed', 'deleteCalendarFeed'],
  readsWithRole: [],
};
