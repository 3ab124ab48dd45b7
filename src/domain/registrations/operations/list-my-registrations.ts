import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Registration } from '../../../contract/generated/types.ts';
import { viewOfCaller } from '../../events/model.ts';
import { instantOf } from '../../shared/instants.ts';
import { myRegistrations } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import { isActive, statusOf } from '../model.ts';
import { toOwnRegistration } from '../view.ts';

/** Lists the caller's registrations, the newest first: the latest for each event, with the event as the caller sees it. */
export async function listMyRegistrations(
  { query, principal, signal }: Call<'listMyRegistrations'>,
  { registrations, seats, events, now }: Dependencies,
): Promise<OperationResult<'listMyRegistrations'>> {
  const at = instantOf(now());
  const { sub } = principal;
  const start = myRegistrations.startOf(query.cursor, {}, at);
  if ('problem' in start) return start;
  const { asOf, after } = start;
  const { records, position } = await registrations.ofUser(sub, { limit: query.limit, after }, signal);

  const cancelled = records.filter((record) => !isActive(record));
  const attendees = await registrations.findAttendees(
    cancelled.map(({ eventId }) => eventId),
    sub,
    signal,
  );
  const attendeeOf = new Map(cancelled.map((record, index) => [record, attendees[index]]));
  const outdated = new Set(cancelled.filter((record) => attendeeOf.get(record)?.latest !== record.number));
  const latest = records.filter((record) => !outdated.has(record));

  const eventIds = latest.map(({ eventId }) => eventId);
  const [described, counters] = await Promise.all([
    events.describe(eventIds, viewOfCaller(principal, at), signal),
    seats.getMany(eventIds, { consistentRead: true, signal }),
  ]);
  const items = latest.map((record, index): Registration => {
    const seen = described[index];
    const counted = counters[index];
    const event = seen?.(statusOf(record, counted ?? {}) === 'confirmed');
    const registration = toOwnRegistration(record, { event, seats: counted, at, attendee: attendeeOf.get(record) });
    return event === undefined ? registration : { ...registration, event };
  });
  if (position === undefined) return { status: 200, body: { items } };
  return { status: 200, body: { items, nextCursor: myRegistrations.encode({ asOf, after: position }, {}) } };
}
