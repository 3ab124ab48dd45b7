/** Rules about registrations: pure functions that know neither HTTP nor the database. */
import { type EventRecord } from '../events/model.ts';
import type { Instant } from '../shared/instants.ts';
import { closedReason, closedReasonAtAnyTime, type Seats } from '../shared/seats/model.ts';

type Times = Pick<EventRecord, 'status' | 'startsAt' | 'endsAt'>;

/** Why an event takes no registration from somebody who is not registered; undefined if it does. */
export function registrationProblem({ status }: Pick<EventRecord, 'status'>, seats: Seats | undefined, now: Instant) {
  if (status === 'cancelled') return 'event-cancelled';
  if (status === 'draft' || seats === undefined) return 'not-published';
  return closedReason(seats, now);
}

/** The same for a registration by the organizer, who can register people until the event ends, regardless of the period. */
export function walkInProblem({ status, endsAt }: Omit<Times, 'startsAt'>, seats: Seats | undefined, now: Instant) {
  if (status === 'cancelled') return 'event-cancelled';
  if (status === 'draft' || seats === undefined) return 'not-published';
  return now < endsAt ? closedReasonAtAnyTime(seats) : 'registration-closed';
}

/** Whether people can still change their name, address and answers: until the event ends, unless it is cancelled. */
export function canChangeDetails({ status, endsAt }: Times, now: Instant): boolean {
  return status !== 'cancelled' && now < endsAt;
}

/** Whether people can give up their seats: until the event starts, and at any time if it does not take place. */
export function canCancel({ status, startsAt }: Times, now: Instant): boolean {
  return status === 'cancelled' || now < startsAt;
}

/** Whether an event is over. From then on, who was registered stays counted, and data can only be erased. */
export function isOver({ endsAt }: Times, now: Instant): boolean {
  return now >= endsAt;
}
