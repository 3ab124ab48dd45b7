import type { JsonObject, Parameter } from '../../openapi/document.ts';
import type { FieldError } from '../generated/types.ts';
import { bodyNormalizer, queryNormalizer } from './normalize.ts';

const text = { type: 'string', maxLength: 9, 'x-text': 'single-line' };
const other = { type: 'string', maxLength: 9 };
const kind = (only: string, members: object) => ({ properties: { kind: { const: only }, ...members } });
const schema = {
  properties: {
    name: text,
    id: other,
    opaque: { ...other, 'x-text': 'opaque' },
    tags: { items: text },
    numbers: { items: { type: 'integer' } },
    place: {
      discriminator: { propertyName: 'kind' },
      oneOf: [kind('hall', { name: text }), kind('field', { name: other }), kind('none', {})],
    },
    more: { properties: { lines: { items: { properties: { text } } } } },
  },
} as unknown as JsonObject;

function normalized(value: unknown) {
  const errors: FieldError[] = [];
  return { value: bodyNormalizer(schema)?.(value, errors), errors };
}

test('the texts of a body are brought into their normal form, wherever they are', () => {
  const sent = {
    name: ' a',
    id: ' a',
    opaque: ' a',
    tags: ['a ', 'b'],
    place: { kind: 'hall', name: ' a', id: ' a' },
    more: { lines: [{ text: ' a' }, { text: null }] },
    unknown: ' a',
  };
  const before = structuredClone(sent);
  expect(normalized(sent)).toEqual({
    value: {
      ...sent,
      name: 'a',
      tags: ['a', 'b'],
      place: { kind: 'hall', name: 'a', id: ' a' },
      more: { lines: [{ text: 'a' }, { text: null }] },
    },
    errors: [],
  });
  expect(sent).toEqual(before);
});

test('a body in its normal form stays the same object', () => {
  const sent = { name: 'a', place: { kind: 'hall', name: 'a' } };
  expect(normalized(sent).value).toBe(sent);
});

test.each([
  null,
  5,
  'a ',
  [' a'],
  { name: null, tags: ' a', place: [], more: 5 },
  { tags: [1, null, { text: ' a' }], place: { kind: 'moon', name: ' a' } },
  { place: { name: ' a' } },
  { place: { kind: 'field', name: ' a' } },
  JSON.parse('{"__proto__":{"name":" a"},"constructor":" a"}'),
])('values of other types, which validation rejects, stay as they are: %j', (value: unknown) => {
  const result = normalized(value);
  expect(result.errors).toEqual([]);
  expect(JSON.stringify(result.value)).toBe(JSON.stringify(value));
});

test('each string without a normal form is an error in its place', () => {
  const { errors } = normalized({ name: '\0', tags: ['a', '\0'], more: { lines: [{ text: '\0' }] } });
  expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/name', 'invalid-format'],
    ['/tags/1', 'invalid-format'],
    ['/more/lines/0/text', 'invalid-format'],
  ]);
});

test('the pointer to a text below a long name is truncated to the length that the contract allows', () => {
  const errors: FieldError[] = [];
  const map = { properties: { answers: { additionalProperties: text } } } as unknown as JsonObject;
  bodyNormalizer(map)?.({ answers: { ['x'.repeat(1024)]: '\0' } }, errors);
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/answers']);
});

test('the texts of a query are brought into their normal form, also those of a list', () => {
  const parameters: readonly Parameter[] = [
    { name: 'tag', in: 'query', schema: text },
    { name: 'tags', in: 'query', schema: { items: text } },
    { name: 'id', in: 'query', schema: other },
    { name: 'header', in: 'header', schema: text },
  ];
  const errors: FieldError[] = [];
  const normalize = queryNormalizer(parameters);
  expect(normalize?.({ tag: ' a', tags: [' a', 'b', '\0'], id: ' a', header: ' a' }, errors)).toEqual({
    tag: 'a',
    tags: ['a', 'b', '\0'],
    id: ' a',
    header: ' a',
  });
  expect(errors.map(({ parameter, code }) => [parameter, code])).toEqual([['tags', 'invalid-format']]);
});

test('there is nothing to do for schemas without texts', () => {
  expect(bodyNormalizer({ properties: { id: other, numbers: { items: { type: 'integer' } } } })).toBeUndefined();
  expect(bodyNormalizer({})).toBeUndefined();
  expect(queryNormalizer([{ name: 'id', in: 'query', schema: other }])).toBeUndefined();
});
