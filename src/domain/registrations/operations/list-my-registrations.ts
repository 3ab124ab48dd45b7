import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Registration } from '../../../contract/generated/types.ts';
import { instantOf } from '../../shared/instants.ts';
import { myRegistrations } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import { isActive, isOf, toOwnRegistration } from '../model.ts';

/** Lists the caller's registrations, the newest first: the latest for each event, with the event as the caller sees it. */
export async function listMyRegistrations(
  { query, principal: { sub }, signal }: Call<'listMyRegistrations'>,
  { registrations, seats, events, now }: Dependencies,
): Promise<OperationResult<'listMyRegistrations'>> {
  const at = instantOf(now());
  const start = query.cursor === undefined ? undefined : myRegistrations.decode(query.cursor, {});
  if (query.cursor !== undefined && start === undefined) return { problem: 'invalid-cursor' };
  const options = { limit: query.limit, ...(start === undefined ? {} : { after: start.after }) };
  const { keys, position } = await registrations.ofUser(sub, options, signal);

  // The index can lag: only what is in the table counts.
  const entries = (await registrations.getMany(keys, signal)).filter((entry) => isOf(entry, sub));
  const cancelled = entries.filter((entry) => !isActive(entry));
  const attendees = await registrations.findAttendees(
    cancelled.map(({ eventId }) => eventId),
    sub,
    signal,
  );
  const outdated = new Set(cancelled.filter(({ number }, index) => attendees[index]?.latest !== number));
  const latest = entries.filter((entry) => !outdated.has(entry));

  const eventIds = latest.map(({ eventId }) => eventId);
  const [described, counters] = await Promise.all([
    events.describe(eventIds, sub, at, signal),
    seats.getMany(eventIds, { consistentRead: true, signal }),
  ]);
  const items = latest.map((record, index): Registration => {
    const registration = toOwnRegistration(record, counters[index] ?? {});
    const event = described[index]?.(registration.status === 'confirmed');
    return event === undefined ? registration : { ...registration, event };
  });
  if (position === undefined) return { status: 200, body: { items } };
  return { status: 200, body: { items, nextCursor: myRegistrations.encode({ asOf: at, after: position }, {}) } };
}
