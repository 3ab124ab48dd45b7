import type { JsonObject } from './document.ts';
import { problemCodesWithGateway, problemCodesOf } from './problem-codes.ts';

const problem = (schema: JsonObject) => ({ content: { 'application/problem+json': { schema } } });
const narrowed = problem({ allOf: [{}, { properties: { code: { enum: ['forbidden', 'internal-error'] } } }] });

describe('problemCodesOf', () => {
  it('returns the codes of an enum', () => {
    expect(problemCodesOf(narrowed)).toEqual(['forbidden', 'internal-error']);
  });

  it('returns the code of a const', () => {
    expect(problemCodesOf(problem({ allOf: [{}, { properties: { code: { const: 'forbidden' } } }] }))).toEqual([
      'forbidden',
    ]);
  });

  it('returns no codes for a response that is not a problem or that only the gateway produces', () => {
    expect(problemCodesOf({})).toEqual([]);
    expect(problemCodesOf({ content: { 'application/json': { schema: {} } } })).toEqual([]);
    expect(problemCodesOf(problem({ type: 'object' }))).toEqual([]);
    expect(problemCodesOf({ 'x-problem-code': 'too-many-requests' })).toEqual([]);
  });
});

describe('problemCodesWithGateway', () => {
  it("adds the code of the gateway's response", () => {
    expect(problemCodesWithGateway(narrowed)).toEqual(['forbidden', 'internal-error']);
    expect(problemCodesWithGateway({ ...narrowed, 'x-problem-code': 'too-many-requests' })).toEqual([
      'forbidden',
      'internal-error',
      'too-many-requests',
    ]);
    expect(problemCodesWithGateway({ 'x-problem-code': 'too-many-requests' })).toEqual(['too-many-requests']);
  });
});
