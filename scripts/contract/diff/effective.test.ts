import type { JsonObject } from '../../../src/openapi/document.ts';
import { effective } from './effective.ts';

describe('the effective schema', () => {
  it('is the schema itself where it has no allOf, and the same object each time', () => {
    const schema = { type: 'string', allOf: [{ maxLength: 3 }] };
    expect(effective({ type: 'string' })).toEqual({ type: 'string' });
    expect(effective(schema)).toBe(effective(schema));
  });

  it.each<[string, Record<string, unknown>[], Record<string, unknown>]>([
    [
      'the tighter of two limits',
      [
        { maxLength: 9, minLength: 1 },
        { maxLength: 5, minLength: 2 },
      ],
      { maxLength: 5, minLength: 2 },
    ],
    ['the values that both have', [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }], { enum: ['b'] }],
    ['what either requires', [{ required: ['a'] }, { required: ['b', 'a'] }], { required: ['a', 'b'] }],
    [
      'the members of both, and both schemas of one that both have',
      [{ properties: { a: { type: 'string' } } }, { properties: { a: { maxLength: 1 }, b: {} } }],
      { properties: { a: { allOf: [{ type: 'string' }, { maxLength: 1 }] }, b: {} } },
    ],
    [
      'closed where one is',
      [{ additionalProperties: false }, { additionalProperties: true }],
      { additionalProperties: false },
    ],
    [
      'no member that one of them refuses',
      [{ additionalProperties: false, properties: { a: {} } }, { properties: { b: {} } }],
      { additionalProperties: false, properties: { a: {} } },
    ],
    ['the narrower of two types', [{ type: 'number' }, { type: 'integer' }], { type: 'integer' }],
    ['no null where one part refuses it', [{ type: 'string', nullable: true }, { type: 'string' }], { type: 'string' }],
    [
      'null where no part refuses it',
      [{ type: 'string', nullable: true }, { maxLength: 1 }],
      { type: 'string', maxLength: 1, nullable: true },
    ],
    ['both patterns', [{ pattern: 'a' }, { pattern: 'b' }], { pattern: 'a and b' }],
    [
      'the last word of those that are only words',
      [
        { description: 'Old.', 'x-sunset': '2030-01-01' },
        { description: 'New.', 'x-sunset': '2031-01-01' },
      ],
      { description: 'New.', 'x-sunset': '2031-01-01' },
    ],
    ['what a part of a part says', [{ allOf: [{ maxLength: 4 }] }, {}], { maxLength: 4 }],
  ])('has %s', (_title, allOf, expected) => {
    expect(effective({ allOf: allOf as JsonObject[] })).toEqual(expected);
  });

  it('is refused where two parts have something that has no common form', () => {
    expect(() => effective({ allOf: [{ oneOf: [{}] }, { oneOf: [{ type: 'string' }] }] })).toThrow(/different oneOf/);
    expect(() => effective({ allOf: [{ type: 'string' }, { type: 'integer' }] })).toThrow(/different type/);
  });
});
