import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Registration, RegistrationPage } from '../../../contract/generated/types.ts';
import type { Column } from '../../../lib/csv.ts';
import { instantOf } from '../../shared/instants.ts';
import { columnsOf } from '../columns.ts';
import { eventRegistrations, type Filters } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import { pageOf } from '../list.ts';
import { toJson, toTable } from '../list-responses.ts';
import { look } from '../reclaim.ts';
import { toRegistration } from '../view.ts';

/** Lists the registrations for one of the caller's events, by number, as JSON or as CSV. */
export async function listRegistrations(
  call: Call<'listRegistrations'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'listRegistrations'>> {
  const { path, query, principal, mediaType, signal } = call;
  const { registrations } = stores;
  const at = instantOf(now());
  const { eventId } = path;
  const found = await events.findOwn(eventId, principal.sub, signal);
  if ('problem' in found) return found;
  const { order, limit, status, checkedIn, cursor } = query;
  const columns = mediaType === 'text/csv' ? columnsOf(found.event.questions) : undefined;
  const filters = filtersOf(call, columns);
  const start = eventRegistrations.startOf(cursor, filters, at);
  if ('problem' in start) return start;
  const { asOf } = start;

  const respond = columns === undefined ? toJson : (page: RegistrationPage) => toTable(page, columns, call);
  const counters = found.seats && (await look(eventId, found.seats, stores, { at, signal }));
  if (counters === undefined) return respond({ items: [] });
  const after = start.after === undefined ? undefined : Number(start.after);
  const { records, lastNumber } = await pageOf(
    eventId,
    { order, limit, status, checkedIn, after },
    counters,
    registrations,
    signal,
  );
  const state = { event: found.event, seats: counters, at };
  const items = records.map((record) => toRegistration(record, state));
  if (lastNumber === undefined) return respond({ items });
  return respond({
    items,
    nextCursor: eventRegistrations.encode({ asOf, after: String(lastNumber) }, filters),
  });
}

/** What a cursor is valid for. The pages of a table are one file, so its columns must not change between them. */
function filtersOf(
  { path: { eventId }, query: { order, status, checkedIn } }: Call<'listRegistrations'>,
  columns: readonly Column<Registration>[] | undefined,
): Filters {
  return {
    eventId,
    order,
    ...(status === undefined ? {} : { status: [...status].sort() }),
    ...(checkedIn === undefined ? {} : { checkedIn }),
    ...(columns === undefined ? {} : { columns: columns.map(({ name }) => name) }),
  };
}
