/** What an event must be like for an operation: each state rule of events, written once. The order is that of their problems. */
import type { EventStatus, FieldError, ProblemCode } from '../../contract/generated/types.ts';
import { equalTo, exists, greaterThan } from '../../lib/comparison.ts';
import { etagOf } from '../shared/etag.ts';
import type { Instant } from '../shared/instants.ts';
import { type Precondition, preconditionOf } from '../shared/precondition.ts';
import { firstProblem, type Problem, type Requirement } from '../shared/requirement.ts';
import {
  closing,
  closingIfEmpty,
  reopening,
  type Seats,
  type SeatsChange,
  type SeatsRequirement,
} from '../shared/seats/model.ts';
import { type EventChanges, type EventRecord, isVisible, newSeatsOf, registrationPeriodOf } from './model.ts';

export type EventRequirement<P extends Problem = Problem> = Requirement<EventRecord, P>;
type Comparisons = EventRequirement['comparisons'];

function requirement<const Code extends ProblemCode>(
  comparisons: Comparisons,
  problem: Code,
  ...errors: readonly FieldError[]
): EventRequirement<Problem<Code>> {
  return { comparisons, problemOf: () => ({ problem, ...(errors.length > 0 ? { errors } : {}) }) };
}

export const requires = {
  /** The caller is the organizer. Otherwise 404 if the event is invisible to the caller, and 403 if it is visible. */
  organizer: (caller: string): EventRequirement<Problem<'event-not-found' | 'not-event-organizer'>> => ({
    comparisons: { organizerId: equalTo(caller) },
    problemOf: (event) => ({ problem: isVisible(event, caller) ? 'not-event-organizer' : 'event-not-found' }),
  }),

  /** The event is at the required revision. Otherwise 412 with the current ETag. */
  revision: (required: Precondition) => {
    // Revisions start at 1, so no event matches this one.
    const { revision, nonce } = required === 'never' ? { revision: -1, nonce: '-' } : required;
    return {
      comparisons: { revision: equalTo(revision), nonce: equalTo(nonce) },
      problemOf: (event: EventRecord) =>
        ({ problem: 'precondition-failed', headers: { ETag: etagOf(event) } }) as const,
    };
  },

  /** The event has a status; `problem` is what any other status means for the operation. */
  status: <const Code extends ProblemCode>(status: EventStatus, problem: Code) =>
    requirement({ status: equalTo(status) }, problem),

  location: requirement({ location: exists }, 'not-publishable', {
    pointer: '/location',
    code: 'location-required',
    detail: 'A published event needs a location.',
  }),

  startAfter: (instant: Instant) =>
    requirement({ startsAt: greaterThan(instant) }, 'not-publishable', {
      pointer: '/startsAt',
      code: 'starts-in-past',
      detail: 'The start must be in the future.',
    }),
};

/** The requirement of an If-Match header; none if the header is absent or `*`. */
export function requiresMatch(ifMatch: string | undefined) {
  const precondition = preconditionOf(ifMatch);
  return precondition === undefined ? [] : [requires.revision(precondition)];
}

/** A change of the status. An event that already has the status is left unchanged, and no requirement applies to it. */
export interface Transition<R extends EventRequirement, S extends SeatsRequirement> {
  readonly to: EventStatus;
  readonly requirements: readonly R[];
  /** What changes with the status. */
  readonly changes?: Omit<EventChanges, 'status'>;
  /** What changes of the seats. */
  readonly seats: (event: EventRecord, seats: Seats | undefined) => SeatsWrite<S>;
}

/** A change of an event's seats; those of an event that is published for the first time are created. */
export type SeatsWrite<S extends SeatsRequirement = SeatsRequirement> = SeatsChange<S> | { readonly create: Seats };

/** Only drafts can be published, with a location and a start in the future. */
export const publishing = (now: Instant) =>
  ({
    to: 'published',
    requirements: [requires.status('draft', 'event-cancelled'), requires.location, requires.startAfter(now)],
    seats: (event: EventRecord, seats: Seats | undefined) => openSeats(event, seats, now),
  }) as const;

/** The seats of an event that takes registrations from now on. */
export function openSeats(event: EventRecord, seats: Seats | undefined, now: Instant) {
  if (seats === undefined) return { create: newSeatsOf(event, now) };
  return reopening(seats, registrationPeriodOf(event), event.capacity);
}

/** The seats of a published event: a request that reads one creates them if they are missing (seats.ts). */
function existing(seats: Seats | undefined): Seats {
  if (seats === undefined) throw new Error('A published event has no seats.');
  return seats;
}

/** Only published events can be unpublished, unless somebody is registered. */
export const unpublishing = {
  to: 'draft',
  requirements: [requires.status('published', 'event-cancelled')],
  seats: (_event: EventRecord, seats: Seats | undefined) => closingIfEmpty(existing(seats)),
} as const;

/** Only published events can be cancelled. */
export const cancelling = {
  to: 'cancelled',
  requirements: [requires.status('published', 'not-published')],
  seats: () => closing,
} as const;

/** An event can be deleted in any status, unless somebody is registered or waiting. */
export function deletionProblem(seats: Seats | undefined) {
  return seats && firstProblem(closingIfEmpty(seats).requirements, seats);
}

/** What is to be written to an event, and with it to its seats. */
export interface Write {
  readonly changes: EventChanges;
  readonly seats?: SeatsWrite | undefined;
}

/** What to do with an event: report a problem, write something, or nothing because it is as it should be. */
export type Plan = Problem | Write | 'unchanged';

export const isWrite = (plan: Plan): plan is Write => typeof plan === 'object' && 'changes' in plan;

/** What a transition does with an event: the first problem, or what it writes. */
export function planTransition<R extends EventRequirement, S extends SeatsRequirement>(
  { to, requirements, changes = {}, seats: seatsOf }: Transition<R, S>,
  event: EventRecord,
  seats: Seats | undefined,
) {
  if (event.status === to) return 'unchanged' as const;
  const problem = firstProblem<EventRecord, R>(requirements, event);
  if (problem) return problem;
  const write = seatsOf(event, seats);
  const conflict = seats && !('create' in write) ? firstProblem<Seats, S>(write.requirements, seats) : undefined;
  return conflict ?? { changes: { ...changes, status: to }, seats: write };
}
