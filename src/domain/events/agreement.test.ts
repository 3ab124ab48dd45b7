/** The requirements of events mean the same to DynamoDB, which checks the conditions of writes, and to the code that explains failures. */
import { randomUUID } from 'node:crypto';
import { createTestTables, type TestTables } from '../../../test/support/tables.ts';
import type { EventStatus } from '../../contract/generated/types.ts';
import { allOf } from '../../storage/condition.ts';
import { toUpdateInput } from '../../storage/update.ts';
import { etagOf } from '../shared/etag.ts';
import { firstProblem, meets } from '../shared/requirement.ts';
import { accessTo } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { EventRecord } from './model.ts';
import { cancelEvent } from './operations/cancel-event.ts';
import { deleteEvent } from './operations/delete-event.ts';
import { publishEvent } from './operations/publish-event.ts';
import { unpublishEvent } from './operations/unpublish-event.ts';
import { createEventRepository, type EventRepository } from './repository.ts';
import { cancelling, deleting, type EventRequirement, publishing, requires, unpublishing } from './requirements.ts';

const now = '2030-06-01T12:00:00Z';
const owner = 'owner';
const other = 'other-organizer';
const location = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' } as const;

/** Events that differ in everything a requirement looks at. */
const events: readonly EventRecord[] = (['draft', 'published', 'cancelled'] satisfies EventStatus[]).flatMap((status) =>
  [0, 1].flatMap((registeredCount) =>
    [{ location }, {}].flatMap((place) =>
      [now, '2030-06-01T12:00:01Z'].map((startsAt) => ({
        eventId: randomUUID(),
        organizerId: owner,
        name: 'Riverside Jazz Night',
        startsAt,
        endsAt: '2030-06-21T22:00:00Z',
        timeZone: 'Europe/Berlin',
        ...place,
        status,
        registeredCount,
        createdAt: '2030-03-01T09:30:00Z',
        updatedAt: '2030-03-01T09:30:00Z',
        revision: 3,
        nonce: '9c41d07be3f2',
      })),
    ),
  ),
);

let table: TestTables;
beforeAll(async () => {
  table = await createTestTables();
});
afterAll(() => table.drop());

async function store(event: EventRecord): Promise<EventRecord> {
  const stored = { ...event, eventId: randomUUID() };
  await table.database.put({ TableName: table.tableNames.events, Item: { ...stored } });
  return stored;
}

/** Every requirement, with values that some events meet and some do not. */
const requirements: { readonly [Name in keyof typeof requires]: readonly EventRequirement[] } = {
  organizer: [requires.organizer(owner), requires.organizer(other)],
  revision: [
    requires.revision({ revision: 3, nonce: '9c41d07be3f2' }),
    requires.revision({ revision: 4, nonce: '9c41d07be3f2' }),
    requires.revision({ revision: 3, nonce: '9c41d07be3f3' }),
    requires.revision('never'),
  ],
  status: [requires.status('draft', 'event-cancelled'), requires.status('published', 'not-published')],
  location: [requires.location],
  startAfter: [requires.startAfter(now)],
  noRegistrations: [requires.noRegistrations],
  registrationsWithin: [requires.registrationsWithin(0), requires.registrationsWithin(1)],
};

test.each(Object.entries(requirements))(
  'DynamoDB and the code agree on which events meet: %s',
  async (_, instances) => {
    const stored = await Promise.all(events.map(store));
    // One requirement after the other: all at once would time out on a busy machine.
    for (const requirement of instances) {
      const checks = stored.map(async (event) => {
        const written = await table.database.update({
          TableName: table.tableNames.events,
          Key: { eventId: event.eventId },
          ...toUpdateInput({ set: { requestId: randomUUID() } }, allOf([requirement.comparisons])),
        });
        expect({ event, requirement, met: written.ok }).toEqual({ event, requirement, met: meets(event, requirement) });
      });
      await Promise.all(checks);
    }
  },
);

const operations = {
  publish: { handler: publishEvent, ...publishing(now) },
  unpublish: { handler: unpublishEvent, ...unpublishing },
  cancel: { handler: cancelEvent, ...cancelling },
  delete: { handler: deleteEvent, to: undefined, ...deleting },
} as const;

const etags: Readonly<Record<'no' | 'the current' | 'a stale' | 'a weak', (event: EventRecord) => string | undefined>> =
  {
    no: () => undefined,
    'the current': etagOf,
    'a stale': (event) => etagOf({ ...event, revision: event.revision + 1 }),
    'a weak': (event) => `W/${etagOf(event)}`,
  };

/** The real repository, which records for each write whether its condition was met. */
function watchedRepository(): { repository: EventRepository; met: boolean[] } {
  const repository = createEventRepository(table.database, table.tableNames.events);
  const met: boolean[] = [];
  async function recording<Result extends { ok: boolean }>(result: Promise<Result>): Promise<Result> {
    met.push((await result).ok);
    return result;
  }
  return {
    met,
    repository: {
      ...repository,
      change: (...args) => recording(repository.change(...args)),
      remove: (...args) => recording(repository.remove(...args)),
    },
  };
}

describe.each(Object.entries(operations))('the operation %s', (_, { handler, to, requirements: required }) => {
  it.each(Object.entries(etags))('writes once, exactly if no requirement is unmet, with %s ETag', async (_etag, of) => {
    const calls = events.flatMap((event) => [owner, other].map((caller) => ({ event, caller })));
    await Promise.all(
      calls.map(async ({ event: template, caller }) => {
        const event = await store(template);
        const ifMatch = of(event);
        const { repository, met } = watchedRepository();
        const dependencies: Dependencies = {
          events: repository,
          lists: { page: () => Promise.reject(new Error('Unexpected read of a list.')) },
          now: () => new Date(now),
        };
        const response = await handler(
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

        const access = accessTo(event, caller, ifMatch);
        const problem = 'problem' in access ? access : firstProblem<EventRecord, EventRequirement>(required, event);
        const isUnchanged = !('problem' in access) && event.status === to;
        expect({ event, caller, met }).toEqual({ event, caller, met: [problem === undefined] });
        if (problem === undefined || isUnchanged)
          expect(response).toMatchObject({ status: expect.any(Number) as number });
        else expect(response).toEqual(problem);
      }),
    );
  });
});
