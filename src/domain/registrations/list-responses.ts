/** The responses of listRegistrations: a page in each of its media types. */
import type { Call } from '../../contract/binding.ts';
import type { Registration, RegistrationPage } from '../../contract/generated/types.ts';
import { pathTo } from '../../contract/operations.ts';
import { byteOrderMark, type Column, dataRow, headerRow } from '../../lib/csv.ts';
import { linkToNext } from '../shared/links.ts';

export function toJson(body: RegistrationPage) {
  return { status: 200, body } as const;
}

/** Only the first page has names and a byte order mark: all pages, one after the other, are one file. */
export function toTable(
  { items, nextCursor }: RegistrationPage,
  columns: readonly Column<Registration>[],
  { path, query }: Pick<Call<'listRegistrations'>, 'path' | 'query'>,
) {
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
