import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rows = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| API\d/.test(line))
  .map((line) => line.split(' | '));

const testsOf = (row: readonly string[]) =>
  [...(row[2] ?? '').matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)].map(
    ([, title = '', path = '']) => [title, join('docs', path)] as const,
  );

/** Whether a text is the title of a test: a literal that is the first argument of a call. */
function isTitleIn(source: string, title: string): boolean {
  const literals = ["'", '"', '`'].map((quote) => `${quote}${title}${quote}`);
  return literals.some((literal) =>
    source.split(literal).some((before, index, parts) => index < parts.length - 1 && /[)\w]\(\s*$/.test(before)),
  );
}

describe('docs/security.md', () => {
  it('has a row for each of the ten risks, with tests', () => {
    const risks = rows.map(([risk = '']) => /^\| API(\d+) /.exec(risk)?.[1]);
    expect(risks).toEqual(Array.from({ length: 10 }, (_, index) => String(index + 1)));
    expect(rows.filter((row) => testsOf(row).length === 0)).toEqual([]);
  });

  it.each(rows.flatMap(testsOf))('names a test that exists: %s', (title, file) => {
    expect([file, existsSync(file)]).toEqual([file, true]);
    expect(isTitleIn(readFileSync(file, 'utf8'), title)).toBe(true);
  });
});
