/** The conditions that DynamoDB checks and the rules that explain their failure are two wordings of one thing: here they meet. */
import { randomUUID } from 'node:crypto';
import { createTestTables, type TestTables } from '../../../test/support/tables.ts';
import type { EventStatus } from '../../contract/generated/types.ts';
import { etagOf, type EventRecord } from './model.ts';
import { cancelEvent } from './operations/cancel-event.ts';
import { deleteEvent } from './operations/delete-event.ts';
import { publishEvent } from './operations/publish-event.ts';
import { unpublishEvent } from './operations/unpublish-event.ts';
import { denial, judgeCancel, judgeDelete, judgePublish, judgeUnpublish, unchanged } from './rules.ts';
import type { Dependencies } from './dependencies.ts';
import { createEventStore, type EventStore } from './repository.ts';

const now = '2030-06-01T12:00:00Z';
const owner = 'owner';
const rival = 'rival';
const location = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' } as const;

const verbs = {
  publish: { handler: publishEvent, judge: (event: EventRecord) => judgePublish(event, now) },
  unpublish: { handler: unpublishEvent, judge: judgeUnpublish },
  cancel: { handler: cancelEvent, judge: judgeCancel },
  delete: { handler: deleteEvent, judge: judgeDelete },
} as const;

const tags: Readonly<Record<'none' | 'current' | 'stale' | 'weak', (event: EventRecord) => string | undefined>> = {
  none: () => undefined,
  current: etagOf,
  stale: (event) => etagOf({ ...event, revision: event.revision + 1 }),
  weak: (event) => `W/${etagOf(event)}`,
};

/** Every event that can be told apart by a rule, with every caller. */
const cases = (['draft', 'published', 'cancelled'] satisfies EventStatus[]).flatMap((status) =>
  [0, 1].flatMap((registeredCount) =>
    [location, undefined].flatMap((place) =>
      [now, '2030-06-01T12:00:01Z'].flatMap((startsAt) =>
        [owner, rival].map((caller) => ({
          status,
          registeredCount,
          ...(place ? { location: place } : {}),
          startsAt,
          caller,
        })),
      ),
    ),
  ),
);

let table: TestTables;
beforeAll(async () => {
  table = await createTestTables();
});
afterAll(() => table.drop());

/** The real store, which notes for each write whether its condition held. */
function watchedStore(): { events: EventStore; held: boolean[] } {
  const events = createEventStore(table.database, table.tableNames.events);
  const held: boolean[] = [];
  async function noting<Outcome extends { ok: boolean }>(outcome: Promise<Outcome>): Promise<Outcome> {
    held.push((await outcome).ok);
    return outcome;
  }
  return {
    held,
    events: {
      ...events,
      change: (...args) => noting(events.change(...args)),
      remove: (...args) => noting(events.remove(...args)),
    },
  };
}

async function seed(
  members: Pick<EventRecord, 'status' | 'registeredCount' | 'startsAt'> & Partial<EventRecord>,
): Promise<EventRecord> {
  const event: EventRecord = {
    eventId: randomUUID(),
    organizerId: owner,
    name: 'Riverside Jazz Night',
    endsAt: '2030-06-21T22:00:00Z',
    timeZone: 'Europe/Berlin',
    createdAt: '2030-03-01T09:30:00Z',
    updatedAt: '2030-03-01T09:30:00Z',
    revision: 3,
    nonce: '9c41d07be3f2',
    ...members,
  };
  await table.database.put({ TableName: table.tableNames.events, Item: event });
  return event;
}

describe.each(Object.entries(verbs))('%s', (_, { handler, judge }) => {
  it.each(Object.entries(tags))('is written exactly where no rule objects, with the tag: %s', async (_tag, tagOf) => {
    await Promise.all(
      cases.map(async ({ caller, ...members }) => {
        const event = await seed(members);
        const ifMatch = tagOf(event);
        const { events, held } = watchedStore();
        const dependencies: Dependencies = {
          events,
          lists: { page: () => Promise.reject(new Error('No list is asked for.')) },
          now: () => new Date(now),
        };
        const answer = await handler(
          {
            path: { eventId: event.eventId },
            query: {},
            headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
            body: undefined,
            mediaType: undefined,
            principal: { sub: caller, groups: [] },
            requestId: randomUUID(),
            signal: AbortSignal.timeout(10_000),
          },
          dependencies,
        );

        const objection = denial(event, caller, ifMatch) ?? judge(event);
        // One try, always: whatever the condition refuses, a rule explains.
        expect({ members, caller, held }).toEqual({ members, caller, held: [objection === undefined] });
        if (objection === undefined || objection === unchanged)
          expect(answer).toMatchObject({ status: expect.any(Number) as number });
        else expect(answer).toEqual(objection);
      }),
    );
  });
});
