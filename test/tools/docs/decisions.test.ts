import { readFileSync } from 'node:fs';
import { indexFile, parseDecision, readDecisions, renderIndex } from '../../../scripts/docs/decisions.ts';

const decisions = readDecisions();
const textOf = (file: string) => readFileSync(`docs/decisions/${file}`, 'utf8');

describe('the decision records', () => {
  it('match the index in docs/decisions/README.md', () => {
    expect(readFileSync(indexFile, 'utf8')).toBe(renderIndex(decisions));
  });

  it('have the number of their file, and no number occurs twice', () => {
    expect(decisions.map(({ file }) => Number(file.slice(0, 4)))).toEqual(decisions.map(({ number }) => number));
    expect(new Set(decisions.map(({ number }) => number)).size).toBe(decisions.length);
  });

  it.each(decisions)('$file has context, decision and consequences', ({ file }) => {
    expect(textOf(file).match(/^## .+$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
  });

  it.each(decisions)('$file is accepted, or names the record that superseded it', ({ file, status }) => {
    const newer = /^superseded by \[(\d+)\]\((\d{4}-[\w-]+\.md)\)$/.exec(status);
    if (status !== 'accepted') expect(decisions).toContainEqual(expect.objectContaining({ file: newer?.[2] }));
    expect(file).not.toBe(newer?.[2]);
  });

  it('are rejected without a status or a date', () => {
    expect(() => parseDecision('0001-a.md', '# 1. A\n\n- Status: accepted\n')).toThrow('0001-a.md must start with');
  });
});
