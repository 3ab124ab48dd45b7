import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { eventRegistrations } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import { pageOf } from '../list.ts';
import { look } from '../reclaim.ts';
import { toRegistration } from '../model.ts';

/** Lists the registrations for one of the caller's events, by number. */
export async function listRegistrations(
  { path: { eventId }, query, principal: { sub }, signal }: Call<'listRegistrations'>,
  { registrations, seats, events, now }: Dependencies,
): Promise<OperationResult<'listRegistrations'>> {
  const at = instantOf(now());
  const found = await events.findOwn(eventId, sub, signal);
  if ('problem' in found) return found;
  const { order, limit, status, cursor } = query;
  const filters = { eventId, order, ...(status === undefined ? {} : { status: [...status].sort() }) };
  const start = cursor === undefined ? undefined : eventRegistrations.decode(cursor, filters);
  if (cursor !== undefined && start === undefined) return { problem: 'invalid-cursor' };

  const counters = found.seats && (await look(eventId, found.seats, { registrations, seats }, { at, signal }));
  if (counters === undefined) return { status: 200, body: { items: [] } };
  const after = start === undefined ? undefined : Number(start.after);
  const page = await pageOf(eventId, { order, limit, status, after }, counters, registrations, signal);
  const items = page.records.map((record) => toRegistration(record, counters));
  if (page.lastNumber === undefined) return { status: 200, body: { items } };
  const nextCursor = eventRegistrations.encode({ asOf: at, after: String(page.lastNumber) }, filters);
  return { status: 200, body: { items, nextCursor } };
}
