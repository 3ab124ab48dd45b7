import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { afterRelease } from '../../shared/seats/model.ts';
import { cancel } from '../cancel.ts';
import type { Dependencies } from '../dependencies.ts';
import { isActive, isOf } from '../model.ts';
import { canCancel } from '../rules.ts';
import { ownResponse } from '../view.ts';

/** Cancels the caller's registration for an event. */
export async function cancelMyRegistration(
  { path: { eventId }, body = {}, principal: { sub }, signal }: Call<'cancelMyRegistration'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'cancelMyRegistration'>> {
  const { registrations } = stores;
  const at = instantOf(now());
  const [found, attendee] = await Promise.all([
    events.find(eventId, sub, signal),
    registrations.findAttendee(eventId, sub, signal),
  ]);
  if ('problem' in found) return found;
  const { number = attendee?.latest, reason } = body;
  if (number === undefined || !attendee?.numbers.includes(number)) return { problem: 'registration-not-found' };
  const entry = await registrations.get(eventId, number, signal);
  if (!isOf(entry, sub)) return { problem: 'registration-not-found' };
  const state = { ...found, at, attendee };
  if (!isActive(entry)) return ownResponse(entry, state);
  if (!canCancel(found.event, at)) return { problem: 'event-started' };
  const cancellation = { at, by: 'attendee', ...(reason === undefined ? {} : { reason }) } as const;
  const cancelled = await cancel(entry, cancellation, stores, signal);
  if ('problem' in cancelled) return cancelled;
  // The seat may be the one with which the person can register again.
  return ownResponse(cancelled, { ...state, seats: found.seats && afterRelease(found.seats, number) });
}
