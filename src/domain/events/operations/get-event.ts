import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { isNamedBy } from '../../shared/precondition.ts';
import type { Dependencies } from '../dependencies.ts';
import { isOrganizer, isVisible, meetingUrlOf, type View, viewOfCaller } from '../model.ts';
import { eventResponse, toPoster } from '../view.ts';

/**
 * Returns an event with the counts of its seats, read consistently; for its organizer, also how many people are checked in, and for
 * people with a confirmed registration, where to meet online. Without a token it is the same for everybody, so that caches can keep it.
 */
export async function getEvent(
  { path, headers, principal, signal }: Call<'getEvent'>,
  { events, seats, registrations, now }: Dependencies,
): Promise<OperationResult<'getEvent'>> {
  const { eventId } = path;
  const [event, counters] = await Promise.all([events.get(eventId, signal), seats.get(eventId, signal)]);
  if (!event || !isVisible(event, principal?.sub)) return { problem: 'event-not-found' };
  const at = instantOf(now());
  if (principal === undefined) {
    const body = toPoster(event, counters, at);
    const known = { ETag: body.etag, 'Cache-Control': 'public, max-age=60' } as const;
    return isNamedBy(headers['If-None-Match'], body.etag)
      ? { status: 304, headers: known }
      : { status: 200, headers: known, body };
  }
  const view = { ...viewOfCaller(principal, at), ...(await seenBy(principal.sub)) };
  const { headers: own, ...response } = eventResponse(event, counters, view);
  return { ...response, headers: { ...own, 'Cache-Control': 'no-store' } };

  /** What is read only for some callers. */
  async function seenBy(caller: string): Promise<Pick<View, 'attends' | 'checkedIn'>> {
    // Before the first registration, no one can be confirmed or checked in.
    if (!event || !counters?.lastNumber) return {};
    if (isOrganizer(event, caller)) {
      const checkedIn = await registrations.countCheckIns(eventId, signal);
      return checkedIn === 0 ? {} : { checkedIn };
    }
    if (meetingUrlOf(event) === undefined) return {};
    return { attends: await registrations.isConfirmed(eventId, caller, counters, signal) };
  }
}
