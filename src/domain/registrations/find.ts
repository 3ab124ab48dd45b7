import type { Call } from '../../contract/binding.ts';
import type { EventRecord } from '../events/model.ts';
import type { Seats } from '../shared/seats/model.ts';
import type { Dependencies, Stores } from './dependencies.ts';
import { isOf, isVoid, type RegistrationRecord, statusOf } from './model.ts';
import { seatsOf } from './seats-of.ts';

/** A registration as its event's organizer finds it. */
export interface FoundRegistration {
  readonly event: EventRecord;
  readonly seats: Seats;
  readonly record: RegistrationRecord;
}

interface NotFound {
  readonly problem: 'event-not-found' | 'not-event-organizer' | 'registration-not-found';
}

/** The registration with a number, for one of the caller's events. The event comes first: others learn nothing of its numbers. */
export async function findRegistration(
  {
    path: { eventId, number },
    principal: { sub },
    signal,
  }: Pick<Call<'getRegistration'>, 'path' | 'principal' | 'signal'>,
  { events, registrations, seats }: Dependencies,
): Promise<FoundRegistration | NotFound> {
  const found = await events.findOwn(eventId, sub, signal);
  if ('problem' in found) return found;
  const entry = await registrations.get(eventId, number, signal);
  if (entry === undefined || isVoid(entry)) return { problem: 'registration-not-found' };
  const counters = await seatsOf(entry, found.seats, seats, signal);
  return { event: found.event, seats: counters, record: entry };
}

/**
 * Whether a user has a confirmed registration for an event, read consistently.
 *
 * @param seats the counters of the event that were read, if any
 */
export async function isConfirmed(
  {
    eventId,
    userId,
    seats: read,
  }: { readonly eventId: string; readonly userId: string; readonly seats: Seats | undefined },
  { registrations, seats }: Pick<Stores, 'registrations' | 'seats'>,
  signal: AbortSignal,
): Promise<boolean> {
  const attendee = await registrations.findAttendee(eventId, userId, signal);
  const entry = attendee && (await registrations.get(eventId, attendee.latest, signal));
  if (!isOf(entry, userId)) return false;
  return statusOf(entry, await seatsOf(entry, read, seats, signal)) === 'confirmed';
}
