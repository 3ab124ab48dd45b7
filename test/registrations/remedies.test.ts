/** What the contract says about how to resolve a problem: each operation that a remedy names does what the sentence promises. */
import type { OperationId } from '../../src/contract/operations.ts';
import type { ProblemCode } from '../../src/contract/generated/types.ts';
import { maxFeeds } from '../../src/domain/calendars/model.ts';
import { maxNumbersPerUser } from '../../src/domain/registrations/model.ts';
import { contract, operations } from '../contract/contract.ts';
import { createPublished, createStage, type Result, type Stage } from './stage.ts';

const duringTheEvent = '2030-06-21T19:00:00Z';
const afterTheEnd = '2030-06-22T12:00:00Z';
const ids: readonly string[] = operations.map(({ operationId }) => operationId);

/** The operations that each remedy names. */
const named = new Map(
  Object.entries((contract as unknown as { 'x-problems': Record<string, { remedy: string }> })['x-problems']).map(
    ([code, { remedy }]) => [code, (remedy.match(/(?<=`)\w+(?=`)/g) ?? []).filter((name) => ids.includes(name))],
  ),
);

interface Case {
  /** Has the problem, until it is resolved. */
  attempt(): Promise<Result>;
  /** Follows the remedy, by the operation that it names. */
  readonly follow: Partial<Record<OperationId, () => Promise<Result>>>;
  /** Whether the attempt succeeds then; otherwise the operation takes its place. */
  readonly isResolved: boolean;
}

const withNumber = ({ eventId }: Stage, more: object = {}) => ({ path: { eventId, number: 1, ...more } });

const cases: Partial<Record<ProblemCode, () => Promise<Case>>> = {
  async 'already-checked-in'() {
    const stage = await createPublished();
    await stage.register('anna');
    stage.at(duringTheEvent);
    const scan = { scanId: 'scan', scannedAt: duringTheEvent, number: 1 };
    await stage.call('createCheckIns', undefined, { body: { scans: [scan] } });
    return {
      attempt: () => stage.call('cancelRegistration', undefined, withNumber(stage)),
      follow: { deleteCheckIn: () => stage.call('deleteCheckIn', undefined, withNumber(stage, { scanId: 'scan' })) },
      isResolved: true,
    };
  },
  async 'calendar-feed-not-found'() {
    const stage = await createStage();
    return {
      attempt: () => stage.call('getCalendarFeed', undefined, { path: { feedId: 'unknown' } }),
      follow: { listCalendarFeeds: () => stage.call('listCalendarFeeds') },
      isResolved: false,
    };
  },
  async 'event-has-registrations'() {
    const stage = await createPublished();
    await stage.register('anna');
    return {
      attempt: () => stage.call('deleteEvent'),
      follow: { cancelEvent: () => stage.call('cancelEvent') },
      isResolved: false,
    };
  },
  async 'event-started'() {
    const stage = await createPublished();
    await stage.register('anna');
    stage.at(duringTheEvent);
    return {
      attempt: () => stage.call('cancelMyRegistration', 'anna'),
      follow: {
        deleteMyRegistration() {
          stage.at(afterTheEnd);
          return stage.call('deleteMyRegistration', 'anna');
        },
      },
      isResolved: false,
    };
  },
  async 'location-required'() {
    const stage = await createPublished();
    return {
      attempt: () => stage.update({ location: null }),
      follow: { unpublishEvent: () => stage.call('unpublishEvent') },
      isResolved: true,
    };
  },
  async 'not-published'() {
    const stage = await createStage();
    return {
      attempt: () => stage.call('cancelEvent'),
      follow: { deleteEvent: () => stage.call('deleteEvent') },
      isResolved: false,
    };
  },
  async 'too-many-calendar-feeds'() {
    const stage = await createStage();
    const attempt = () => stage.call('createCalendarFeed', 'anna', { body: { source: { kind: 'my-registrations' } } });
    let feedId: string | undefined;
    for (let feeds = 0; feeds < maxFeeds; feeds += 1) ({ feedId } = (await attempt()).body as { feedId: string });
    return {
      attempt,
      follow: { deleteCalendarFeed: () => stage.call('deleteCalendarFeed', 'anna', { path: { feedId } }) },
      isResolved: true,
    };
  },
  async 'too-many-registrations'() {
    const stage = await createPublished();
    for (let times = 0; times < maxNumbersPerUser; times += 1) {
      await stage.register('anna');
      await stage.call('cancelMyRegistration', 'anna');
    }
    return {
      attempt: () => stage.register('anna'),
      follow: { deleteMyRegistration: () => stage.call('deleteMyRegistration', 'anna') },
      isResolved: true,
    };
  },
};

const withOperations = [...named].filter(([, names]) => names.length > 0).map(([code]) => code);

it('every remedy that names an operation is followed here', () => {
  expect(Object.keys(cases).sort()).toEqual(withOperations.sort());
});

it.each(Object.entries(cases))('the remedy for %s leads out of it', async (code, start) => {
  const { attempt, follow, isResolved } = await start();
  expect(await attempt()).toMatchObject({ problem: code });
  expect(Object.keys(follow)).toEqual([...new Set(named.get(code))]);
  for (const call of Object.values(follow)) expect([200, 204]).toContain((await call()).status);
  if (isResolved) expect([200, 201]).toContain((await attempt()).status);
});
