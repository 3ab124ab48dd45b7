/** Tables as CSV (RFC 4180) that spreadsheets open without evaluating any of it. */

/** A column of a table: its name, and its value in a row. */
export interface Column<Row> {
  readonly name: string;
  /** Absent values are empty cells. */
  readonly valueOf: (row: Row) => string | number | undefined;
}

/** Tells spreadsheets that a file is UTF-8. It belongs at the start of the file only. */
export const byteOrderMark = '\ufeff';

/** The row of the columns' names. */
export function headerRow(columns: readonly Column<never>[]): string {
  return toRow(columns.map(({ name }) => name));
}

/** The row of one record; each ends with CRLF, so that rows can be concatenated. */
export function dataRow<Row>(columns: readonly Column<Row>[], row: Row): string {
  return toRow(columns.map(({ valueOf }) => valueOf(row) ?? ''));
}

/** All cells are quoted, and quotes in them are doubled (RFC 4180, section 2). */
function toRow(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => `"${guarded(String(cell)).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/**
 * Puts an apostrophe before everything that a spreadsheet could evaluate as a formula (OWASP ASVS 5.0, 1.2.10): it makes the cell a
 * text. White space, format characters (Unicode category Cf) and quotes before a formula do not disarm it, nor do the wide forms of its first character.
 *
 * A spreadsheet whose separator is the semicolon or the tab ignores our quotes: a cell of its table can start at a separator, or at a
 * line break, inside of ours.
 */
export function guarded(cell: string): string {
  return cell.replace(innerStart, "$&'").replace(start, "'");
}

const formula = '[=+\\-@＝＋－＠﹦﹢﹣﹫]';
const start = new RegExp(`^(?=[\\t\\r\\n\\0]|[\\s\\p{Cf}"]*${formula})`, 'u');
const innerStart = new RegExp(`[;\\t\\r\\n](?=[\\p{Zs}\\p{Cf}"]*${formula})`, 'gu');
