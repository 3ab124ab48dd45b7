import { document } from './generated/document.ts';
import type { ProblemCode } from './generated/types.ts';
import { operations } from './operations.ts';
import type { JsonObject } from '../openapi/document.ts';
import { statusByCode, statusOf } from './problem-statuses.ts';

const { enum: listed } = (document.components?.['schemas'] as Record<string, JsonObject>)['ProblemCode'] as unknown as {
  enum: ProblemCode[];
};

// test/contract/problem-texts.test.ts compares the statuses with the contract itself.
describe('statusByCode', () => {
  it('has a status for exactly the problem codes that the contract lists', () => {
    const used = [...statusByCode(operations, document['x-unrouted-codes'] ?? {}).keys()];
    expect(used.sort()).toEqual([...listed].sort());
  });
});

describe('statusOf', () => {
  it('throws an error that names a problem code without a status', () => {
    expect(() => statusOf('teapot' as ProblemCode)).toThrow('The problem code teapot has no status in the contract.');
  });
});
