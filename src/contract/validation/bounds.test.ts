import { maxFieldErrors } from '../../http/problems.ts';
import { asObject, isObject, type JsonObject } from '../../openapi/document.ts';
import { type Operation, operations } from '../operations.ts';
import { bodyShortener, maxUnknownMembers, spare } from './bounds.ts';
import { createValidator } from './validator.ts';

const path = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  number: '7',
  scanId: '9b2f6c1e-4a7d-4e0b-8c35-d1f0a6e7b924',
};
const validatorOf = createValidator();
const withBody = operations.filter(({ requestBody }) => requestBody);
const bodySchemaOf = ({ requestBody }: Operation) =>
  asObject(asObject(requestBody?.content['application/json'])['schema']);

/** More than a body can have: each takes two bytes. */
const count = 30_000;

interface Place {
  readonly pointer: string;
  /** The body that has a value at this place. */
  readonly around: (value: unknown) => unknown;
  readonly schema: JsonObject;
}

/** The places of a body whose schemas can have others in them. */
function placesIn(schema: JsonObject, pointer = '', around: Place['around'] = (value) => value): Place[] {
  const { properties, items, additionalProperties, oneOf } = schema;
  if (Array.isArray(oneOf))
    return (oneOf as JsonObject[]).flatMap((branch) => {
      const { const: only, enum: [kind] = [only] } = asObject(asObject(branch['properties'])['kind']) as {
        const?: unknown;
        enum?: readonly unknown[];
      };
      const named = (value: unknown) => around({ kind, ...(value as object) });
      return placesIn(branch, pointer, named);
    });
  const own = isObject(properties) || isObject(items) || isObject(additionalProperties);
  return [
    ...(own ? [{ pointer, around, schema }] : []),
    ...Object.entries(asObject(properties)).flatMap(([name, member]) =>
      placesIn(asObject(member), `${pointer}/${name}`, (value) => around({ [name]: value })),
    ),
    ...(isObject(items) ? placesIn(items, `${pointer}/0`, (value) => around([value])) : []),
    ...(isObject(additionalProperties)
      ? placesIn(additionalProperties, `${pointer}/a`, (value) => around({ a: value }))
      : []),
  ];
}

const places = withBody.flatMap((operation) =>
  placesIn(bodySchemaOf(operation)).map((place) => [operation.operationId, place.pointer, operation, place] as const),
);
const ofArrays = places.filter(([, , , { schema }]) => isObject(schema['items']));
const ofObjects = places.filter(([, , , { schema }]) => !isObject(schema['items']));

function errorsOf(operation: Operation, body: unknown) {
  const result = validatorOf(operation)({ path, query: '', headers: {}, body });
  return 'errors' in result ? result.errors : [];
}

describe('an invalid body has only a few hundred errors, however large it is', () => {
  it.each(ofArrays)('%s with a list at %s', (_id, pointer, operation, { around }) => {
    for (const item of [1, '', {}, { a: 1 }]) {
      const errors = errorsOf(operation, around(Array.from({ length: count }, () => item)));
      expect(errors.length).toBeLessThan(500);
      expect(errors).toContainEqual(expect.objectContaining({ pointer, code: 'too-many' }));
    }
  });

  it.each(ofObjects)('%s with members at "%s"', (_id, _pointer, operation, { around }) => {
    const members = Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, 1]));
    const errors = errorsOf(operation, around(members));
    expect(errors.length).toBeLessThan(500);
    expect(errors.length).toBeGreaterThan(0);
  });

  it('tries lists and objects of every operation that has some', () => {
    expect(ofArrays.map(([id, pointer]) => `${id} ${pointer}`)).toEqual(
      expect.arrayContaining(['createEvent /tags', 'updateEvent /questions/0/options', 'createCheckIns /scans']),
    );
    expect(ofObjects.map(([id, pointer]) => `${id} ${pointer}`)).toEqual(
      expect.arrayContaining(['createEvent /location', 'registerForEvent /answers', 'createCalendarFeed /source']),
    );
  });
});

describe('a body that is shortened', () => {
  const shorten = bodyShortener({
    properties: { list: { items: { type: 'integer' }, maxItems: 2 }, any: { items: {} } },
    additionalProperties: false,
  });
  const numbers = (length: number) => Array.from({ length }, (_, index) => index);

  it('keeps lists that are only a little too long', () => {
    const body = { list: numbers(2 + spare), any: numbers(1_000) };
    expect(shorten(body)).toBe(body);
    expect(shorten({ list: numbers(2 + spare + 1) })).toEqual({ list: numbers(2 + spare) });
  });

  it('keeps the members that the contract has, and as many others as a response lists', () => {
    expect(maxUnknownMembers).toBeGreaterThanOrEqual(maxFieldErrors);
    const unknown = numbers(maxUnknownMembers + 1).map((index) => [`m${index}`, index] as const);
    const kept = unknown.slice(0, maxUnknownMembers);
    expect(shorten(Object.fromEntries([...unknown, ['list', [1]]]))).toEqual(
      Object.fromEntries([...kept, ['list', [1]]]),
    );
  });

  it('keeps a member that is named like the prototype', () => {
    const members = [...numbers(200).map((index) => `"m${index}":1`), '"list":[1,2,3,4,5,6,7,8]'];
    const short = shorten(JSON.parse(`{"__proto__":{"list":[1]},${members.join()}}`)) as object;
    expect(Object.hasOwn(short, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(short)).toBe(Object.prototype);
  });

  it('stays as it is if it is something else', () => {
    for (const body of [null, 1, 'a', true, undefined, [], {}, { list: 'a', any: null }])
      expect(shorten(body)).toBe(body);
  });
});
