/** Whether an event takes registrations: pure functions of its status and its counters. */
import type { EventStatus } from '../../../contract/generated/types.ts';
import type { Instant } from '../instants.ts';
import { closedReason, closedReasonAtAnyTime, type Seats } from './model.ts';

/** Why an event takes no registration from somebody who is not registered; undefined if it does. */
export function registrationProblem(
  { status }: { readonly status: EventStatus },
  seats: Seats | undefined,
  now: Instant,
) {
  if (status === 'cancelled') return 'event-cancelled';
  if (status === 'draft' || seats === undefined) return 'not-published';
  return closedReason(seats, now);
}

/** The same for a registration by the organizer, who can register people until the event ends, regardless of the period. */
export function walkInProblem(
  { status, endsAt }: { readonly status: EventStatus; readonly endsAt: Instant },
  seats: Seats | undefined,
  now: Instant,
) {
  if (status === 'cancelled') return 'event-cancelled';
  if (status === 'draft' || seats === undefined) return 'not-published';
  return now < endsAt ? closedReasonAtAnyTime(seats) : 'registration-closed';
}
