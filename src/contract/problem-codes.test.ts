import { document } from './generated/document.ts';
import type { ProblemCode } from './generated/types.ts';
import { type JsonObject, operations } from './operations.ts';
import { statusByCode, statusOf } from './problem-codes.ts';
import { codesOf } from './responses.ts';

const { enum: listed } = (document.components?.['schemas'] as Record<string, JsonObject>)['ProblemCode'] as unknown as { enum: ProblemCode[] };

/** Every pair of code and status in the contract, each once. */
const pairs = new Set(
  operations
    .flatMap(({ responses }) => Object.entries(responses))
    .flatMap(([status, response]) => codesOf(response).map((code) => `${code} ${status}`)),
);

describe('the problem codes of the contract', () => {
  it('each stand for one status', () => {
    const codes = [...pairs].map((pair) => pair.split(' ')[0]);
    expect(codes).toEqual([...new Set(codes)]);
    for (const pair of pairs) {
      const [code, status] = pair.split(' ') as [ProblemCode, string];
      expect([code, statusOf(code)]).toEqual([code, Number(status)]);
    }
  });

  it.each(listed)('have a status each: %s', (code) => {
    expect(statusOf(code)).toBeGreaterThanOrEqual(400);
    expect(statusOf(code)).toBeLessThan(600);
  });

  it('are all listed, and nothing else is', () => {
    const used = [...statusByCode(operations, document['x-unrouted-codes'] ?? {}).keys()];
    expect(used.sort()).toEqual([...listed].sort());
  });
});

describe('statusOf', () => {
  it('names a code without a status', () => {
    expect(() => statusOf('teapot' as ProblemCode)).toThrow('The contract gives no status to the problem code teapot.');
  });
});
