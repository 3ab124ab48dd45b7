/** Small changes of a small contract, there and back, each with the judgement that is right, written by hand in judgements/. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Tree } from '../read.ts';
import { type Level, renderChanges } from './changes.ts';
import { compareContracts } from './contracts.ts';
import { answers } from './cases/answers.ts';
import { bodies } from './cases/bodies.ts';
import { everythingElse } from './cases/everything-else.ts';
import { operations } from './cases/operations.ts';
import { parameters } from './cases/parameters.ts';
import type { Row } from './cases/row.ts';

const library = readFileSync('scripts/contract/diff/cases/library.yaml', 'utf8');

function levelOf(line: string): Level {
  if (line.startsWith('- **Breaking:**')) return 'breaking';
  return line.startsWith('- Words or examples:') ? 'words' : 'compatible';
}

const parsed = parse(library) as Tree;

function changesOf(before: Tree, after: Tree): string[] {
  const list = renderChanges(compareContracts(before, after));
  return list === '' ? [] : list.split('\n');
}

/** The highest level of a list. */
function judge(lines: readonly string[]): Level | 'nothing' {
  const levels = lines.map(levelOf);
  return (['breaking', 'compatible', 'words'] as const).find((level) => levels.includes(level)) ?? 'nothing';
}

function checkRow([, before, after, list, back]: Row): void {
  expect(library.split(before)).toHaveLength(2);
  const edited = parse(library.replace(before, () => after)) as Tree;
  const expected = typeof list === 'string' ? [list] : list;
  expect(changesOf(parsed, edited)).toEqual(expected.map((line) => `- ${line}`));
  expect(judge(changesOf(edited, parsed))).toBe(back);
}

describe('what changed in a contract', () => {
  it.each(operations)('of an operation: %s', (...row) => checkRow(row));
  it.each(parameters)('of a parameter: %s', (...row) => checkRow(row));
  it.each(bodies)('of a body: %s', (...row) => checkRow(row));
  it.each(answers)('of an answer: %s', (...row) => checkRow(row));
  it.each(everythingElse)('of everything else: %s', (...row) => checkRow(row));
});
