import type { JsonObject } from '../contract/operations.ts';
import { allCodesOf, codesOf } from './problem-codes.ts';

const problem = (schema: JsonObject) => ({ content: { 'application/problem+json': { schema } } });
const narrowed = problem({ allOf: [{}, { properties: { code: { enum: ['forbidden', 'internal-error'] } } }] });

describe('codesOf', () => {
  it('finds the codes that a response narrows', () => {
    expect(codesOf(narrowed)).toEqual(['forbidden', 'internal-error']);
  });

  it('finds the only code', () => {
    expect(codesOf(problem({ allOf: [{}, { properties: { code: { const: 'forbidden' } } }] }))).toEqual(['forbidden']);
  });

  it('finds none where the response is no problem, or the gateway makes it', () => {
    expect(codesOf({})).toEqual([]);
    expect(codesOf({ content: { 'application/json': { schema: {} } } })).toEqual([]);
    expect(codesOf(problem({ type: 'object' }))).toEqual([]);
    expect(codesOf({ 'x-problem-code': 'too-many-requests' })).toEqual([]);
  });
});

describe('allCodesOf', () => {
  it("adds the code of the gateway's answer", () => {
    expect(allCodesOf(narrowed)).toEqual(['forbidden', 'internal-error']);
    expect(allCodesOf({ ...narrowed, 'x-problem-code': 'too-many-requests' })).toEqual([
      'forbidden',
      'internal-error',
      'too-many-requests',
    ]);
    expect(allCodesOf({ 'x-problem-code': 'too-many-requests' })).toEqual(['too-many-requests']);
  });
});
