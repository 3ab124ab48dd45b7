/** Generated worlds. */
import fc, { type Arbitrary } from 'fast-check';
import type { EventUpdate } from '../../src/contract/generated/types.ts';
import { type Failures, noFailures } from './schedule.ts';
import type { Action, PlannedScan, World } from './world.ts';

const times = {
  past: '2030-06-01T10:00:00Z',
  soon: '2030-06-01T12:10:00Z',
  later: '2030-06-01T17:00:00Z',
  end: '2030-06-01T21:00:00Z',
  laterEnd: '2030-06-01T23:00:00Z',
  sooner: '2030-06-01T18:30:00Z',
} as const;

const weighted = <T>(...choices: readonly (readonly [number, Arbitrary<T>])[]): Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight: weight * 10, arbitrary })));

function updates(people: number): Arbitrary<EventUpdate> {
  const capacity = fc.record<EventUpdate>({
    capacity: weighted<number | null>([5, fc.integer({ min: 1, max: people })], [2, fc.constant(null)]),
  });
  return weighted<EventUpdate>(
    [12, capacity],
    [2, fc.record({ waitlist: fc.boolean() })],
    [1, fc.record({ registrationOpensAt: fc.constantFrom(times.past, times.soon, null) })],
    [1, fc.record({ registrationClosesAt: fc.constantFrom(times.past, times.later, null) })],
    [1, fc.record({ endsAt: fc.constantFrom(times.sooner, times.end, times.laterEnd) })],
    [1, fc.constant({ description: 'Doors open at 17:00.' })],
  );
}

/** People come and leave, and the capacity changes: the numbers of those who left the waitlist get seats. */
function waiting(people: number): Arbitrary<Action> {
  const person = fc.nat({ max: people - 1 });
  const capacity = weighted<number | null>([6, fc.integer({ min: 1, max: 12 })], [1, fc.constant(null)]);
  return weighted<Action>(
    [30, fc.record({ kind: fc.constant('register' as const), person, clicks: fc.constantFrom(1, 2), body: fc.nat(5) })],
    [24, fc.record({ kind: fc.constant('cancelMine' as const), person, number: fc.constant(false) })],
    [12, fc.record({ kind: fc.constant('update' as const), body: fc.record<EventUpdate>({ capacity }) })],
    [8, fc.record({ kind: fc.constant('getMine' as const), person })],
    [6, fc.constant<Action>({ kind: 'list' })],
    [10, fc.record({ kind: fc.constant('clock' as const), seconds: fc.constantFrom(11, 11, 61) })],
  );
}

/** What devices at the door do. */
const atTheDoor: Arbitrary<Action> = weighted<Action>(
  [
    6,
    fc.record({
      kind: fc.constant('scan' as const),
      scans: fc.array(
        fc.record<PlannedScan>({
          pick: fc.nat({ max: 1_000 }),
          by: fc.constantFrom('code', 'number'),
          seconds: fc.constantFrom(-7_200, -300, -20, 0, 45),
          admitted: fc.constantFrom(false, false, true),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  ],
  [
    3,
    fc.record({
      kind: fc.constant('scanAgain' as const),
      pick: fc.nat({ max: 1_000 }),
      how: fc.constantFrom('same' as const, 'reversed' as const, 'half' as const),
    }),
  ],
  [2, fc.record({ kind: fc.constant('undo' as const), pick: fc.nat({ max: 1_000 }) })],
);

/** People come to the door, cancel and erase, and few numbers are scanned again and again. */
function door(people: number): Arbitrary<Action> {
  const person = fc.nat({ max: Math.min(people, 6) - 1 });
  const pick = fc.nat({ max: 1_000 });
  return weighted<Action>(
    [20, fc.record({ kind: fc.constant('register' as const), person, clicks: fc.constant(1), body: fc.nat(5) })],
    [50, atTheDoor],
    [10, fc.record({ kind: fc.constant('cancelMine' as const), person, number: fc.boolean() })],
    [5, fc.record({ kind: fc.constantFrom('cancel' as const, 'delete' as const), pick })],
    [3, fc.record({ kind: fc.constant('deleteMine' as const), person })],
    [2, fc.constant<Action>({ kind: 'getEvent' })],
    [0.5, fc.constant<Action>({ kind: 'cancelEvent' })],
    [4, fc.record({ kind: fc.constant('clock' as const), seconds: fc.constantFrom(11, 61, -30, 4 * 3_600) })],
  );
}

/** The organizer registers people with some keys, which are sent again, or without one. */
const walkIns = fc.record({
  kind: fc.constant('walkIn' as const),
  key: weighted<number | undefined>([3, fc.nat({ max: 5 })], [1, fc.constant(undefined)]),
  clicks: fc.constantFrom(1, 1, 2),
  body: fc.constantFrom(0, 0, 0, 0, 1),
});

/** Everything that people and organizers can do. */
function everything(people: number): Arbitrary<Action> {
  const person = fc.nat({ max: people - 1 });
  const pick = fc.nat({ max: 1_000 });
  type Plain = 'list' | 'getEvent' | 'publish' | 'unpublish' | 'cancelEvent' | 'deleteEvent';
  const of = (kind: Plain) => fc.constant<Action>({ kind });
  const clicks = fc.constantFrom(1, 1, 1, 2, 2, 3);
  return weighted<Action>(
    [40, fc.record({ kind: fc.constant('register' as const), person, clicks, body: fc.nat({ max: 5 }) })],
    [16, fc.record({ kind: fc.constant('cancelMine' as const), person, number: fc.boolean() })],
    [8, fc.record({ kind: fc.constant('deleteMine' as const), person })],
    [5, fc.record({ kind: fc.constantFrom('getMine' as const, 'listMine' as const), person })],
    [12, walkIns],
    [8, fc.record({ kind: fc.constantFrom('cancel' as const, 'delete' as const, 'edit' as const), pick })],
    [3, of('list')],
    [1, of('getEvent')],
    [14, atTheDoor],
    [8, fc.record({ kind: fc.constant('update' as const), body: updates(people) })],
    [3, of('publish')],
    [2, of('unpublish')],
    [0.3, of('cancelEvent')],
    [0.7, of('deleteEvent')],
    [
      6,
      fc.record({
        kind: fc.constant('clock' as const),
        seconds: weighted<number>([4, fc.constantFrom(11, 61, -30)], [0.3, fc.constantFrom(-600, 3_600, 4 * 3_600)]),
      }),
    ],
  );
}

const someFailures: Failures = { crash: 0.02, unavailable: 0.02, lost: 0.02, twice: 0.05, late: 0.02 };
const manyFailures: Failures = { crash: 0.06, unavailable: 0.04, lost: 0.05, twice: 0.15, late: 0.06 };

/** Worlds of 12 to 40 people. */
export const worlds: Arbitrary<World> = fc.integer({ min: 12, max: 40 }).chain((people) =>
  fc.record<World>({
    seed: fc.nat(),
    initial: fc.constantFrom('published' as const, 'published' as const, 'old' as const, 'draft' as const),
    capacity: weighted<number | undefined>([5, fc.integer({ min: 1, max: 12 })], [1, fc.constant(undefined)]),
    waitlist: weighted<boolean>([3, fc.constant(true)], [1, fc.constant(false)]),
    failures: fc.constantFrom(noFailures, someFailures, manyFailures),
    concurrency: fc.constantFrom(3, 8, 20),
    actions: fc
      .constantFrom(everything, waiting, door)
      .chain((actions) => fc.array(actions(people), { minLength: 2 * people, maxLength: 4 * people })),
  }),
);
