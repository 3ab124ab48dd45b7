import type { JsonObject } from '../../openapi/document.ts';
import { branchOf, kindsOf, schemaAt, shorten } from './schema-at.ts';

const text = { type: 'string' };
const branch = (kind: object, properties: object = {}) => ({ type: 'object', properties: { kind, ...properties } });
const venue = branch({ const: 'venue' }, { address: text });
const online = branch({ enum: ['online', 'hybrid'] }, { url: text });
const place = { oneOf: [venue, online], discriminator: { propertyName: 'kind' } } as unknown as JsonObject;

test.each<[string, JsonObject, readonly unknown[]]>([
  ['a union', place, ['venue', 'online', 'hybrid']],
  ['a union with a branch of any kind', { ...place, oneOf: [venue, branch(text)] } as unknown as JsonObject, ['venue']],
  ['a union without branches', { discriminator: { propertyName: 'kind' } }, []],
  ['a union without a discriminator', { oneOf: [venue] } as unknown as JsonObject, []],
  ['an object', venue as unknown as JsonObject, []],
])('the kinds of %s are those that its branches name', (_title, schema, kinds) => {
  expect(kindsOf(schema)).toStrictEqual(kinds);
});

test.each<[unknown, object | undefined]>([
  [{ kind: 'venue' }, venue],
  [{ kind: 'hybrid' }, online],
  [{ kind: 'moon' }, undefined],
  [{}, undefined],
  [null, undefined],
  ['venue', undefined],
])('the branch of %j is the one that its discriminator selects', (value, expected) => {
  expect(branchOf(place, value)).toBe(expected);
});

const answers = { type: 'object', additionalProperties: { type: 'number' } };
const event = { properties: { place, tags: { type: 'array', items: text }, answers } } as unknown as JsonObject;

test.each<[string, readonly string[], object]>([
  ['the value itself', [], event],
  ['a member', ['place'], place],
  ['a member of a branch', ['place', 'url'], text],
  ['a member of another branch', ['place', 'address'], {}],
  ['an item', ['tags', '1'], text],
  ['a member with a name from the client', ['answers', 'meal'], answers.additionalProperties],
  ['a member that is not described', ['unknown', 'deep'], {}],
  ['a member that every object inherits', ['constructor'], {}],
])('the schema of a part of a value is found for %s', (_title, steps, expected) => {
  const value = { place: { kind: 'online', url: '' }, tags: ['a', 'b'], answers: { meal: 1 } };
  expect(schemaAt(event, value, steps)).toEqual(expected);
});

test('a pointer is truncated after a complete step to the length that the contract allows', () => {
  const longest = `/${'x'.repeat(1023)}`;
  expect(shorten(longest)).toBe(longest);
  expect(shorten(`${longest}x`)).toBe('');
  expect(shorten(`/a${longest}`)).toBe('/a');
});
