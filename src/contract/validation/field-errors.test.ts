import type { ErrorObject } from 'ajv';
import type { JsonObject, Parameter } from '../../openapi/document.ts';
import { operations } from '../operations.ts';
import { firstOfEachPlace, reportedKeywords, toFieldErrors } from './field-errors.ts';

const text = { type: 'string', 'x-text': 'single-line' };
const kind = (only: string) => ({ type: 'object', properties: { kind: { const: only } } });
const place = { oneOf: [kind('venue'), kind('online')], discriminator: { propertyName: 'kind' } };
const bodySchema = {
  properties: {
    name: text,
    key: { type: 'string' },
    at: { type: 'string', 'x-expected': 'a time, such as noon' },
    tags: { type: 'array', items: text },
    location: place,
    answers: { type: 'object', propertyNames: { 'x-expected': '1 to 40 letters' } },
    'a/b~c': { type: 'string', 'x-expected': 'a letter, such as a' },
  },
} as unknown as JsonObject;
const parameters: readonly Parameter[] = [
  { name: 'If-Match', in: 'header', schema: {} },
  { name: 'Tag', in: 'header', schema: {} },
  { name: 'tag', in: 'query', schema: text },
  { name: 'status', in: 'query', schema: { items: { 'x-expected': 'a status, such as draft' } } },
  { name: 'eventId', in: 'path', schema: { 'x-expected': 'an id, such as 5' } },
];

/** What Ajv reports; its message must not be used. */
const ajvError = (keyword: string, instancePath: string, params: Record<string, unknown> = {}): ErrorObject => ({
  keyword,
  instancePath,
  params,
  message: 'TEXT OF THE LIBRARY',
  schemaPath: '',
});

function fieldErrors(errors: readonly ErrorObject[], body: unknown = {}) {
  return toFieldErrors(errors, { parameters, bodySchema, body });
}
const fieldError = (keyword: string, instancePath: string, params?: Record<string, unknown>, body?: unknown) =>
  fieldErrors([ajvError(keyword, instancePath, params)], body)[0];

describe('toFieldErrors', () => {
  it.each<[keyword: string, path: string, params: object, code: string, detail: string]>([
    ['type', '/body', { type: 'object' }, 'invalid-type', 'must be an object'],
    ['type', '/body/name', { type: 'string' }, 'invalid-type', 'must be a string'],
    ['type', '/body/name', { type: ['string', 'null'] }, 'invalid-type', 'must be a string'],
    ['type', '/body/name', { type: ['string', 'integer', 'null'] }, 'invalid-type', 'must be a string or an integer'],
    ['type', '/body/name', { type: 'boolean' }, 'invalid-type', 'must be true or false'],
    ['type', '/body/name', { type: 'null' }, 'invalid-type', 'must be null'],
    ['type', '/body/tags', { type: 'array' }, 'invalid-type', 'must be an array'],
    ['type', '/body/size', { type: 'number' }, 'invalid-type', 'must be a number'],
    ['enum', '/body/size', { allowedValues: ['s', 'm', null] }, 'invalid-value', 'must be one of s, m'],
    ['const', '/body/size', { allowedValue: 's' }, 'invalid-value', 'must be s'],
    ['format', '/body/at', {}, 'invalid-format', 'must be a time, such as noon'],
    ['pattern', '/body/at', {}, 'invalid-format', 'must be a time, such as noon'],
    ['pattern', '/body/a~1b~0c', {}, 'invalid-format', 'must be a letter, such as a'],
    ['minLength', '/body/name', { limit: 3 }, 'too-short', 'must have at least 3 characters'],
    ['minLength', '/body/name', { limit: 1 }, 'too-short', 'must have a visible character'],
    ['minLength', '/body/key', { limit: 1 }, 'too-short', 'must not be empty'],
    ['maxLength', '/body/name', { limit: 1_000 }, 'too-long', 'must have at most 1,000 characters'],
    ['minimum', '/body/size', { limit: 1 }, 'too-small', 'must be at least 1'],
    ['maximum', '/body/size', { limit: 100 }, 'too-large', 'must be at most 100'],
    ['minItems', '/body/tags', { limit: 1 }, 'required', 'must have at least 1 item'],
    ['maxItems', '/body/tags', { limit: 10 }, 'too-many', 'must have at most 10 items'],
    ['maxProperties', '/body/answers', { limit: 20 }, 'too-many', 'must have at most 20 fields'],
    [
      'uniqueItems',
      '/body/tags',
      { i: 2, j: 0 },
      'duplicate-item',
      'must not have the same item twice: items 1 and 3 are the same',
    ],
    ['multipleOf', '/body/size', {}, 'invalid-format', 'is not valid'],
  ])('explains the keyword %s at %s with %j in words of our own', (keyword, path, params, code, detail) => {
    const pointer = path.replace('/body', '');
    expect(fieldError(keyword, path, { ...params })).toEqual({ pointer, code, detail });
  });

  it.each<[keyword: string, params: object, expected: object]>([
    ['required', { missingProperty: 'name' }, { pointer: '/location/name', code: 'required', detail: 'is required' }],
    [
      'additionalProperties',
      { additionalProperty: 'x' },
      { pointer: '/location/x', code: 'unknown-field', detail: 'is not known here' },
    ],
    [
      'discriminator',
      { tag: 'kind', tagValue: 'moon' },
      { pointer: '/location/kind', code: 'invalid-value', detail: 'must be one of venue, online' },
    ],
    [
      'discriminator',
      { tag: 'kind' },
      { pointer: '/location/kind', code: 'required', detail: 'is required: one of venue, online' },
    ],
  ])('points at the member itself for the keyword %s with %j', (keyword, params, expected) => {
    expect(fieldError(keyword, '/body/location', { ...params })).toEqual(expected);
  });

  it('explains the name of a member once, by what all names are', () => {
    const invalidName = { ...ajvError('pattern', '/body/answers', { pattern: '^[a-z]+$' }), propertyName: 'M1' };
    const wrongName = ajvError('propertyNames', '/body/answers', { propertyName: 'M1' });
    expect(fieldErrors([invalidName, wrongName])).toEqual([
      { pointer: '/answers/M1', code: 'unknown-field', detail: 'must have a name of 1 to 40 letters' },
    ]);
  });

  it('escapes names in pointers (RFC 6901)', () => {
    expect(fieldError('additionalProperties', '/body', { additionalProperty: 'a/b~c' })?.pointer).toBe('/a~1b~0c');
    expect(fieldError('additionalProperties', '/body', { additionalProperty: '' })?.pointer).toBe('/');
  });

  it.each([
    ['/query/tag', 'tag', 'must have a visible character'],
    ['/params/eventId', 'eventId', 'must not be empty'],
    ['/headers/if-match', 'If-Match', 'must not be empty'],
    ['/query/status/1', 'status', 'must not be empty'],
  ])('names the parameter at %s in the spelling of the contract', (path, parameter, detail) => {
    expect(fieldError('minLength', path, { limit: 1 })).toEqual({ parameter, code: 'too-short', detail });
  });

  it('explains the format of a parameter, or of its items', () => {
    expect(fieldError('pattern', '/params/eventId')?.detail).toBe('must be an id, such as 5');
    expect(fieldError('pattern', '/query/status/1')?.detail).toBe('must be a status, such as draft');
  });

  it('names a missing parameter in the spelling of the contract', () => {
    expect(fieldError('required', '/headers', { missingProperty: 'if-match' })).toEqual({
      parameter: 'If-Match',
      code: 'required',
      detail: 'is required',
    });
  });

  it('names a parameter that the contract does not declare as the request does', () => {
    expect(fieldError('required', '/headers', { missingProperty: 'x-other' })).toEqual({
      parameter: 'x-other',
      code: 'required',
      detail: 'is required',
    });
  });

  it('finds the schema of a member in the branch that the discriminator selects, and of an item', () => {
    const body = { location: { kind: 'online', url: '' }, tags: ['a', ''] };
    const [venue] = place.oneOf;
    const online = { ...kind('online'), properties: { kind: { const: 'online' }, url: { 'x-text': 'multi-line' } } };
    const schema = {
      properties: { ...(bodySchema['properties'] as object), location: { ...place, oneOf: [venue, online] } },
    };
    const errors = ['/body/location/url', '/body/tags/1'].map((path) => ajvError('minLength', path, { limit: 1 }));
    const found = toFieldErrors(errors, { parameters, bodySchema: schema as unknown as JsonObject, body });
    expect(found.map(({ detail }) => detail)).toEqual(Array(2).fill('must have a visible character'));
  });

  it('reports one error for each place: the one that explains most, in the order of the places', () => {
    const errors = [
      ajvError('minLength', '/body/at', { limit: 20 }),
      ajvError('pattern', '/body/at'),
      ajvError('uniqueItems', '/body/tags', { i: 1, j: 0 }),
      ajvError('maxItems', '/body/tags', { limit: 10 }),
      ajvError('format', '/body/at'),
      ajvError('minLength', '/query/tag', { limit: 1 }),
      ajvError('minLength', '/body/at', { limit: 20 }),
    ];
    expect(fieldErrors(errors).map(({ pointer, parameter, code }) => [pointer ?? parameter, code])).toEqual([
      ['/at', 'invalid-format'],
      ['/tags', 'too-many'],
      ['tag', 'too-short'],
    ]);
  });

  it('reports the first of several errors of one keyword in one place', () => {
    const errors = [5, 3].map((limit) => ajvError('minLength', '/body/name', { limit }));
    expect(fieldErrors(errors).map(({ detail }) => detail)).toEqual(['must have at least 5 characters']);
  });

  it('truncates a pointer that is too long after a complete step', () => {
    const { pointer } = fieldError('type', `/body${'/abcdefghij'.repeat(200)}`, { type: 'string' }) ?? {};
    expect(pointer).toBe('/abcdefghij'.repeat(93));
    expect(fieldError('type', `/body/${'x'.repeat(2000)}`, { type: 'string' })?.pointer).toBe('');
  });

  it('keeps a pointer of the maximum length that the contract allows', () => {
    const pointer = `/${'x'.repeat(1023)}`;
    expect(fieldError('maxLength', `/body${pointer}`, { limit: 1 })?.pointer).toBe(pointer);
  });
});

test('of several errors in one place, the first is kept, and a parameter differs from a pointer', () => {
  const [first, second] = [
    { pointer: 'a', code: 'too-short', detail: '1' },
    { pointer: 'a', code: 'too-long', detail: '2' },
  ] as const;
  const parameter = { parameter: 'a', code: 'too-short', detail: '3' } as const;
  expect(firstOfEachPlace([first, second, parameter])).toEqual([first, parameter]);
});

describe('the requests of the contract', () => {
  /** Keywords that no value can violate. */
  const without = ['properties', 'items', 'oneOf', 'anyOf', 'allOf', 'default', 'description', 'example'];

  it('have no keyword without a sentence', () => {
    const used = new Set(
      operations
        .flatMap(({ parameters: own, requestBody }) => [...own, ...Object.values(requestBody?.content ?? {})])
        .flatMap((one) => schemasIn(one['schema'] as JsonObject))
        .flatMap((schema) => Object.keys(schema)),
    );
    const others = [...used].filter((keyword) => ![...without, ...reportedKeywords].includes(keyword));
    expect(others.filter((keyword) => !keyword.startsWith('x-'))).toEqual([]);
    expect(used.has('pattern') && used.has('discriminator') && used.has('uniqueItems')).toBe(true);
  });

  /** A schema with all schemas in it. */
  function schemasIn(schema: JsonObject): JsonObject[] {
    const { properties = {}, items, oneOf = [] } = schema;
    const below = [...Object.values(properties as object), ...(items ? [items] : []), ...(oneOf as JsonObject[])];
    return [schema, ...(below as JsonObject[]).flatMap(schemasIn)];
  }
});
