import type { JsonObject } from '../../../src/openapi/document.ts';
import { spelledAlike } from './spelling.ts';

describe('The spelling in which schemas are compared', () => {
  it.each<[string, object, object]>([
    ['null among the types', { type: ['null', 'string'] }, { type: 'string', nullable: true }],
    ['a list of one type', { type: ['string'] }, { type: 'string' }],
    ['null alone', { type: ['null'] }, { type: 'null' }],
    ['several types', { type: ['string', 'boolean', 'null'] }, { type: ['boolean', 'string'], nullable: true }],
    ['numbers and integers', { type: ['integer', 'number'] }, { type: 'number' }],
    ['a constant', { type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
    ['a constant among other values', { const: 'a', enum: ['a', 'b'] }, { enum: ['a'] }],
    ['a constant that is not among the values', { const: 'c', enum: ['a', 'b'] }, { enum: [] }],
    ['an exclusive minimum', { exclusiveMinimum: 3 }, { minimum: 3, exclusiveMinimum: true }],
    ['an exclusive maximum', { exclusiveMaximum: 3, maximum: 4 }, { maximum: 3, exclusiveMaximum: true }],
    ['an exclusive minimum below the minimum', { minimum: 4, exclusiveMinimum: 3 }, { minimum: 4 }],
    ['an exclusive maximum above the maximum', { maximum: 2, exclusiveMaximum: 3 }, { maximum: 2 }],
  ])('is the same for %s', (_title, schema, expected) => {
    expect(spelledAlike(schema as JsonObject)).toEqual(expected);
  });

  it('leaves the spelling of OpenAPI 3.0 alone', () => {
    const schema = { type: 'integer', nullable: true, minimum: 1, exclusiveMinimum: true, enum: [1] };
    expect(spelledAlike(schema)).toEqual(schema);
  });
});
