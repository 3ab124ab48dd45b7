import { document } from './generated/document.ts';
import type { ProblemCode } from './generated/types.ts';
import { operations } from './operations.ts';
import type { JsonObject } from '../openapi/document.ts';
import { statusByCode, statusOf } from './problem-statuses.ts';

const { enum: listed } = (document.components?.['schemas'] as Record<string, JsonObject>)['ProblemCode'] as unknown as {
  enum: ProblemCode[];
};

// Which status each has is compared with the contract itself in test/contract/problem-texts.test.ts.
it('every code that the contract lists has a status, and nothing else has', () => {
  const used = [...statusByCode(operations, document['x-unrouted-codes'] ?? {}).keys()];
  expect(used.sort()).toEqual([...listed].sort());
});

describe('statusOf', () => {
  it('names a code without a status', () => {
    expect(() => statusOf('teapot' as ProblemCode)).toThrow('The contract gives no status to the problem code teapot.');
  });
});
