/**
 * Validates the request bodies of the contract with a library that shares no code with Ajv: what the contract shows must be valid for the
 * validators of its readers, also where OpenAPI versions differ, as about null.
 */
import { Validator } from '@cfworker/json-schema';
import { contract, operations, resolve } from './contract.ts';

const bodies = operations.flatMap(({ operationId, requestBody }) =>
  Object.values(requestBody ? resolve(requestBody).content : {}).flatMap(({ schema, examples = {} }) =>
    Object.entries(examples).map(([name, example]) => ({ operationId, name, schema, value: resolve(example).value })),
  ),
);

/** Whether a value fits a schema of the contract. */
function fits(schema: object, value: unknown): boolean {
  // References lead into the components, so they are part of the schema.
  return new Validator({ ...schema, components: contract.components }, '2020-12').validate(value).valid;
}
const update = { $ref: '#/components/schemas/EventUpdate' };

it.each(bodies)('the example $name of $operationId is valid for a second validator', ({ schema, value }) => {
  expect(fits(schema, value)).toBe(true);
});

it('a location that is removed is valid for a second validator', () => {
  expect(fits(update, { location: null, description: null, imageUrl: null, capacity: null, tags: null })).toBe(true);
});

it.each([
  { name: null },
  { location: 'Harbour Stage' },
  { location: { kind: 'moon' } },
  { name: '     ' },
  { name: 'a\0bc' },
  { name: 'abc\u202e' },
  { tags: [' '] },
  { imageUrl: 'https://?x=1' },
  { startsAt: '2030-06-21T20:00:00' },
])('%j is invalid for a second validator, too', (value) => {
  expect(fits(update, value)).toBe(false);
});
