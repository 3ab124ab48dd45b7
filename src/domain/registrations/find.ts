import type { Call } from '../../contract/binding.ts';
import type { EventRecord } from '../events/model.ts';
import type { Seats } from '../shared/seats/model.ts';
import type { Dependencies } from './dependencies.ts';
import { isVoid, type RegistrationRecord } from './model.ts';
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
