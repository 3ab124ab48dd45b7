import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { isOf, statusOf } from '../model.ts';
import { look } from '../reclaim.ts';
import { seatsOf } from '../seats-of.ts';
import { ownResponse } from '../view.ts';

/** Returns the caller's latest registration for an event. */
export async function getMyRegistration(
  { path: { eventId }, principal: { sub }, signal }: Call<'getMyRegistration'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'getMyRegistration'>> {
  const at = instantOf(now());
  const { registrations, seats } = stores;
  const [found, attendee] = await Promise.all([
    events.find(eventId, sub, signal),
    registrations.findAttendee(eventId, sub, signal),
  ]);
  if ('problem' in found) return found;
  const entry = attendee && (await registrations.get(eventId, attendee.latest, signal));
  if (!isOf(entry, sub)) return { problem: 'registration-not-found' };
  const counters = await seatsOf(entry, found.seats, seats, signal);
  const state = { event: found.event, seats: counters, at, attendee };
  if (statusOf(entry, counters) !== 'waitlisted') return ownResponse(entry, state);
  // A request of a person who waits also looks whether a seat is free.
  return ownResponse(entry, { ...state, seats: await look(eventId, counters, stores, { at, signal }) });
}
