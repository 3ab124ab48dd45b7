import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { isOf, ownResponse, statusOf } from '../model.ts';
import { look } from '../reclaim.ts';
import { seatsOf } from '../seats-of.ts';

/** Returns the caller's latest registration for an event. */
export async function getMyRegistration(
  { path: { eventId }, principal: { sub }, signal }: Call<'getMyRegistration'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'getMyRegistration'>> {
  const { registrations, seats } = stores;
  const [found, attendee] = await Promise.all([
    events.find(eventId, sub, signal),
    registrations.findAttendee(eventId, sub, signal),
  ]);
  if ('problem' in found) return found;
  const entry = attendee && (await registrations.get(eventId, attendee.latest, signal));
  if (!isOf(entry, sub)) return { problem: 'registration-not-found' };
  const counters = await seatsOf(entry, found.seats, seats, signal);
  if (statusOf(entry, counters) !== 'waitlisted') return ownResponse(entry, counters);
  // A request of a person who waits also looks whether a seat is free.
  return ownResponse(entry, await look(eventId, counters, stores, { at: instantOf(now()), signal }));
}
