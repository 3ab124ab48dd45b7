import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import { cancel } from '../cancel.ts';
import type { Dependencies } from '../dependencies.ts';
import { erase, eraseEarlier } from '../erase.ts';
import { isActive, isOf } from '../model.ts';
import { voidNumber } from '../reclaim.ts';
import { canCancel, isCancelledFirst } from '../rules.ts';

/**
 * Cancels the caller's registration for an event and erases everything personal, from earlier registrations too. It needs nothing of
 * the event unless the registration is active: who was registered for an event that is gone can still erase.
 */
export async function deleteMyRegistration(
  { path: { eventId }, principal: { sub }, signal }: Call<'deleteMyRegistration'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'deleteMyRegistration'>> {
  const at = instantOf(now());
  const { registrations, seats } = stores;
  const context = { at, signal };
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const attendee = await registrations.findAttendee(eventId, sub, signal);
    if (attendee === undefined) return { problem: 'registration-not-found' };
    const entry = await registrations.get(eventId, attendee.latest, signal);
    if (isOf(entry, sub) && isActive(entry)) {
      const found = await events.find(eventId, sub, signal);
      const event = 'problem' in found ? undefined : found.event;
      if (isCancelledFirst(entry, event, at)) {
        if (!canCancel(event, at)) return { problem: 'event-started' };
        const cancelled = await cancel(entry, { at, by: 'attendee' }, stores, signal);
        if ('problem' in cancelled && cancelled.problem === 'already-checked-in') return cancelled;
        continue;
      }
    }
    await eraseEarlier(eventId, sub, attendee, stores, context);
    if (isOf(entry, sub)) {
      if (await erase(entry, stores, context)) return { status: 204 };
    } else if (entry !== undefined || (await voidGap(attendee.latest))) {
      // The caller may have registered again.
      if (await registrations.forget(eventId, sub, attendee.latest, signal)) return { status: 204 };
    }
  }
  return { problem: 'concurrent-change' };

  /** A request of the caller died after claiming the number. */
  async function voidGap(number: number): Promise<boolean> {
    return voidNumber(eventId, { number, seats: await seats.getExisting(eventId, signal) }, stores, context);
  }
}
