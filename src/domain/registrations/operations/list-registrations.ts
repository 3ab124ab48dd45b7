import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Registration } from '../../../contract/generated/types.ts';
import { pathTo } from '../../../contract/operations.ts';
import { byteOrderMark, type Column, dataRow, headerRow } from '../../../lib/csv.ts';
import { instantOf } from '../../shared/instants.ts';
import { linkToNext } from '../../shared/links.ts';
import { columnsOf } from '../columns.ts';
import { eventRegistrations } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import { pageOf } from '../list.ts';
import { look } from '../reclaim.ts';
import { toRegistration } from '../model.ts';

type ListCall = Call<'listRegistrations'>;

/** Lists the registrations for one of the caller's events, by number, as JSON or as CSV. */
export async function listRegistrations(
  call: ListCall,
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
  const filters = {
    eventId,
    order,
    ...(status === undefined ? {} : { status: [...status].sort() }),
    ...(checkedIn === undefined ? {} : { checkedIn }),
    // The pages of a table are one file, so its columns must not change between them.
    ...(columns === undefined ? {} : { columns: columns.map(({ name }) => name) }),
  };
  const start = cursor === undefined ? undefined : eventRegistrations.decode(cursor, filters);
  if (cursor !== undefined && start === undefined) return { problem: 'invalid-cursor' };

  const respond = columns === undefined ? toJson : (page: Page) => toTable(page, columns, call);
  const counters = found.seats && (await look(eventId, found.seats, stores, { at, signal }));
  if (counters === undefined) return respond({ items: [] });
  const after = start === undefined ? undefined : Number(start.after);
  const { records, lastNumber } = await pageOf(
    eventId,
    { order, limit, status, checkedIn, after },
    counters,
    registrations,
    signal,
  );
  const items = records.map((record) => toRegistration(record, counters));
  if (lastNumber === undefined) return respond({ items });
  return respond({
    items,
    nextCursor: eventRegistrations.encode({ asOf: at, after: String(lastNumber) }, filters),
  });
}

interface Page {
  readonly items: Registration[];
  readonly nextCursor?: string;
}

function toJson(body: Page) {
  return { status: 200, body } as const;
}

/** Only the first page has names and a byte order mark: all pages, one after the other, are one file. */
function toTable({ items, nextCursor }: Page, columns: readonly Column<Registration>[], { path, query }: ListCall) {
  const isFirst = query.cursor === undefined;
  const rows = items.map((item) => dataRow(columns, item));
  const next = { ...query, cursor: nextCursor };
  return {
    status: 200,
    headers: {
      'Content-Disposition': 'attachment; filename="registrations.csv"',
      ...(nextCursor === undefined ? {} : { Link: linkToNext(pathTo('listRegistrations', path), next) }),
    },
    mediaType: 'text/csv',
    mediaTypeParameters: { header: isFirst ? 'present' : 'absent' },
    body: (isFirst ? [byteOrderMark, headerRow(columns), ...rows] : rows).join(''),
  } as const;
}
