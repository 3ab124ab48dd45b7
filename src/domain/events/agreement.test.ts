/** Operations on events write exactly if the event meets their requirements, and report the first that it does not meet otherwise. */
import { randomUUID } from 'node:crypto';
import { sampled } from '../../../test/support/sample.ts';
import { emptySeats, seedSeats } from '../../../test/support/seed.ts';
import { createTestTables, type TestTables } from '../../../test/support/tables.ts';
import type { EventStatus } from '../../contract/generated/types.ts';
import { allOf } from '../../storage/condition.ts';
import { toUpdateInput } from '../../storage/update.ts';
import { etagOf } from '../shared/etag.ts';
import { firstProblem, meets } from '../shared/requirement.ts';
import { closingIfEmpty } from '../shared/seats/model.ts';
import { createSeatsRepository } from '../shared/seats/repository.ts';
import { accessTo } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { EventRecord } from './model.ts';
import { cancelEvent } from './operations/cancel-event.ts';
import { deleteEvent } from './operations/delete-event.ts';
import { publishEvent } from './operations/publish-event.ts';
import { unpublishEvent } from './operations/unpublish-event.ts';
import { createEventRepository, type EventRepository } from './repository.ts';
import { cancelling, type EventRequirement, publishing, requires, unpublishing } from './requirements.ts';

const now = '2030-06-01T12:00:00Z';
const owner = 'owner';
const other = 'other-organizer';
const location = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' } as const;

/** Events that differ in everything a requirement looks at, with the number of people who are registered. */
const events: readonly { readonly event: EventRecord; readonly registered: number }[] = (
  ['draft', 'published', 'cancelled'] satisfies EventStatus[]
).flatMap((status) =>
  // No one is registered for a draft.
  (status === 'draft' ? [0] : [0, 1]).flatMap((registered) =>
    [{ location }, {}].flatMap((place) =>
      [now, '2030-06-01T12:00:01Z'].map((startsAt) => ({
        registered,
        event: {
          eventId: randomUUID(),
          organizerId: owner,
          name: 'Riverside Jazz Night',
          startsAt,
          endsAt: '2030-06-21T22:00:00Z',
          timeZone: 'Europe/Berlin',
          ...place,
          status,
          createdAt: '2030-03-01T09:30:00Z',
          updatedAt: '2030-03-01T09:30:00Z',
          revision: 3,
          nonce: '9c41d07be3f2',
        },
      })),
    ),
  ),
);

let table: TestTables;
beforeAll(async () => {
  table = await createTestTables();
});
afterAll(() => table.drop());

async function store({ event, registered }: (typeof events)[number]): Promise<EventRecord> {
  const stored = { ...event, eventId: randomUUID() };
  await table.database.put({ TableName: table.tableNames.events, Item: { ...stored } });
  await seedSeats(table, stored.eventId, { lastNumber: registered, reclaimedUpTo: registered });
  return stored;
}

/** The conditions of writes, each with values that events meet and that they do not. */
const conditions = {
  organizer: [requires.organizer(owner), requires.organizer(other)],
  revision: [
    requires.revision({ revision: 3, nonce: '9c41d07be3f2' }),
    requires.revision({ revision: 4, nonce: '9c41d07be3f2' }),
    requires.revision({ revision: 3, nonce: '9c41d07be3f3' }),
    requires.revision('never'),
  ],
};

test.each(Object.entries(conditions))(
  'DynamoDB and the code agree on which events meet: %s',
  async (_, instances: readonly EventRequirement[]) => {
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
  publish: { handler: publishEvent, ...publishing(now), needsEmpty: false },
  unpublish: { handler: unpublishEvent, ...unpublishing, needsEmpty: true },
  cancel: { handler: cancelEvent, ...cancelling, needsEmpty: false },
  delete: { handler: deleteEvent, to: undefined, requirements: [], needsEmpty: true },
} as const;

const etags: Readonly<Record<'no' | 'the current' | 'a stale' | 'a weak', (event: EventRecord) => string | undefined>> =
  {
    no: () => undefined,
    'the current': etagOf,
    'a stale': (event) => etagOf({ ...event, revision: event.revision + 1 }),
    'a weak': (event) => `W/${etagOf(event)}`,
  };

/** The real repository, which counts its writes. */
function watchedRepository(): { repository: EventRepository; writes: () => number } {
  const repository = createEventRepository(table.database, table.tableNames.events);
  let count = 0;
  const counted = <Args extends unknown[], Result>(write: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      count += 1;
      return write(...args);
    };
  };
  return {
    writes: () => count,
    repository: { ...repository, change: counted(repository.change), remove: counted(repository.remove) },
  };
}

const calls = events.flatMap((template) => [owner, other].map((caller) => ({ template, caller })));

const unexpected = () => Promise.reject(new Error('Unexpected call.'));

describe.each(Object.entries(operations))('the operation %s', (_, { handler, to, requirements, needsEmpty }) => {
  const cases = Object.entries(etags).map(([title, of]) => [title, of, sampled(calls)] as const);
  it.each(cases)('writes once, exactly if no requirement is unmet, with %s ETag', async (_etag, of, some) => {
    await Promise.all(
      some.map(async ({ template, caller }) => {
        const event = await store(template);
        const ifMatch = of(event);
        const { repository, writes } = watchedRepository();
        const dependencies: Dependencies = {
          events: repository,
          seats: createSeatsRepository(table.database, table.tableNames.registrations),
          lists: { page: unexpected },
          registrations: {
            reclaim: unexpected,
            reclaimSome: unexpected,
            isConfirmed: unexpected,
            countCheckIns: unexpected,
            eraseAll: unexpected,
          },
          now: () => new Date(now),
        };
        const response = await handler(
          {
            path: { eventId: event.eventId },
            query: { dryRun: false },
            headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
            body: undefined,
            mediaType: undefined,
            principal: { sub: caller, groups: [], roles: ['organizer'] },
            requestId: randomUUID(),
            signal: AbortSignal.timeout(10_000),
          },
          dependencies,
        );

        const access = accessTo(event, caller, ifMatch);
        const isUnchanged = !('problem' in access) && event.status === to;
        const seats = { ...emptySeats, lastNumber: template.registered };
        const problem =
          'problem' in access
            ? access
            : (firstProblem<EventRecord, EventRequirement>(requirements, event) ??
              (needsEmpty ? firstProblem(closingIfEmpty(seats).requirements, seats) : undefined));
        const expectsWrite = problem === undefined && !isUnchanged;
        expect({ event, caller, writes: writes() }).toEqual({ event, caller, writes: expectsWrite ? 1 : 0 });
        if (problem === undefined || isUnchanged)
          expect(response).toMatchObject({ status: expect.any(Number) as number });
        else expect(response).toEqual(problem);
      }),
    );
  });
});
