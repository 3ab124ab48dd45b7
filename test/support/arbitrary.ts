/** Requests generated from the contract: most of their parts are valid, some nearly, some not at all. */
import fc from 'fast-check';
import type { Operation } from '../../src/contract/operations.ts';
import type { JsonObject, Parameter } from '../../src/openapi/document.ts';
import type { RawInput } from '../../src/contract/validation/validator.ts';

const instants = ['2026-02-30T10:00:00Z', '2030-06-21T18:00:00+01:60'];
const edges = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u{1f3b7}',
  '__proto__',
  'constructor',
  ...instants,
  '1e1',
  '0x10',
  '-0',
  'null',
  '%',
];
const strangeValues = fc.constantFrom<unknown>(...edges, null, true, 0, -1, 1.5, 1e308, [], {}, [[]]);
const strangeTexts = fc.string({ maxLength: 70, unit: 'grapheme' });
const lastDay = new Date('9999-12-31T00:00:00Z');
const junk = fc.oneof(fc.jsonValue({ maxDepth: 2 }), strangeValues, strangeTexts);

/** Valid values, and sometimes another one. A body has a dozen values, and many bodies should be valid as a whole. */
const mostly = (valid: fc.Arbitrary<unknown>, other: fc.Arbitrary<unknown> = junk): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: valid, weight: 40 }, { arbitrary: other, weight: 1 });

/** Values for a schema: within its bounds, on them, and just beyond. */
function valuesOf(schema: JsonObject): fc.Arbitrary<unknown> {
  const valid = schema['oneOf']
    ? fc.oneof(...(schema['oneOf'] as unknown as JsonObject[]).map(valuesOf))
    : plainValuesOf(schema);
  return mostly(typesOf(schema).includes('null') ? fc.option(valid, { freq: 6 }) : valid);
}

/** One type or several; in the contract, at most one of them is not null. */
function typesOf({ type }: JsonObject): readonly unknown[] {
  return [type].flat();
}

function plainValuesOf(schema: JsonObject): fc.Arbitrary<unknown> {
  const { enum: allowed, const: only } = schema;
  const type = typesOf(schema).find((one) => one !== 'null');
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(allowed)) return fc.constantFrom<unknown>(...(allowed as unknown[]));
  if (type === 'object') return objectsOf(schema);
  if (type === 'array') {
    const [min, max] = [Number(schema['minItems'] ?? 0), Number(schema['maxItems'] ?? 4)];
    const items = valuesOf(schema['items'] as JsonObject);
    return mostly(
      fc.uniqueArray(items, { minLength: min, maxLength: max }),
      fc.array(items, { maxLength: max + 1, size: 'max' }),
    );
  }
  if (type === 'integer' || type === 'number') {
    const [min, max] = [Number(schema['minimum'] ?? -5), Number(schema['maximum'] ?? 1e6)];
    return mostly(fc.integer({ min, max }), fc.constantFrom(min - 1, min, max, max + 1, min + 0.5));
  }
  return type === 'boolean' ? fc.boolean() : textsOf(schema);
}

function textsOf({ format, pattern, minLength, maxLength }: JsonObject): fc.Arbitrary<unknown> {
  const [min, max] = [Number(minLength ?? 0), Number(maxLength ?? 40)];
  const plain = fc.string({ minLength: min, maxLength: Math.min(max, min + 40) });
  const bounds = fc
    .constantFrom(min - 1, min, max, max + 1)
    .map((length) => 'x'.repeat(Math.min(Math.max(0, length), 6_000)));
  const odd = fc.oneof(bounds, strangeTexts);
  const matching =
    typeof pattern === 'string' ? fc.stringMatching(new RegExp(pattern, 'u'), { size: 'xsmall' }) : plain;
  if (format === 'uuid') return fc.uuid();
  if (format === 'uri')
    return mostly(
      fc.webUrl({ validSchemes: ['https'] }),
      fc.oneof(fc.webUrl({ validSchemes: ['ftp', 'http'], withFragments: true }), odd),
    );
  if (format === 'date-time')
    return mostly(
      fc.date({ noInvalidDate: true, min: new Date(0), max: lastDay }).map((date) => date.toISOString()),
      matching,
    );
  return pattern === undefined
    ? mostly(plain, odd)
    : mostly(
        matching.filter((text) => text.length >= min),
        fc.oneof(plain, odd),
      );
}

/** Objects that mostly have their required fields, and sometimes an unknown one. */
function objectsOf(schema: JsonObject): fc.Arbitrary<unknown> {
  const required = new Set((schema['required'] ?? []) as unknown as string[]);
  const members = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonObject>>);
  const model = members.map(([name, member]) => {
    const present = fc.integer({ min: 0, max: 59 }).map((roll) => roll < (required.has(name) ? 59 : 30));
    return fc.tuple(present, valuesOf(member)).map(([there, value]) => (there ? [[name, value] as const] : []));
  });
  const unknown = fc.tuple(fc.constantFrom(...edges, 'status', 'a/b~c'), junk).map((entry) => [entry]);
  const strange = fc.oneof({ arbitrary: fc.constant([]), weight: 19 }, { arbitrary: unknown, weight: 1 });
  const pair = ([name, value]: readonly [string, unknown]) =>
    `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`;
  // Parsed from JSON, as a body is, so that `__proto__` becomes an own property.
  return fc.tuple(...model, strange).map((parts) => JSON.parse(`{${parts.flat().map(pair).join(',')}}`) as unknown);
}

/** Requests for an operation, as the validator receives them. */
export function requestsFor({ parameters, requestBody }: Operation): fc.Arbitrary<RawInput> {
  const schema = Object.values(requestBody?.content ?? {})[0]?.['schema'] as JsonObject | undefined;
  return fc.record({
    path: fc.record(
      Object.fromEntries(
        parameters.filter((one) => one.in === 'path').map((one) => [one.name, valuesOf(one.schema).map(asText)]),
      ),
    ),
    query: fc
      .tuple(...parameters.filter((one) => one.in === 'query').map(pairsOf), strangePairs)
      .map((pairs) => pairs.flat().join('&')),
    headers: fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === 'header')
          .map((one) => [one.name.toLowerCase(), valuesOf(one.schema).map(asText)]),
      ),
      { requiredKeys: [] },
    ),
    body: schema
      ? fc.oneof({ arbitrary: valuesOf(schema), weight: 15 }, { arbitrary: fc.constant(undefined), weight: 1 })
      : fc.constant(undefined),
  });
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function pairsOf({ name, schema }: Parameter): fc.Arbitrary<string[]> {
  const value =
    schema['type'] === 'array'
      ? valuesOf(schema).map((all) => (Array.isArray(all) ? all : [all]))
      : valuesOf(schema).map((one) => [one]);
  const pairs = value.map((all: unknown[]) =>
    all.slice(0, 8).map((one) => `${name}=${encodeURIComponent(asText(one).toWellFormed())}`),
  );
  const twice = pairs.map((all) => [...all, ...all]);
  return fc.oneof({ arbitrary: none, weight: 12 }, { arbitrary: pairs, weight: 12 }, { arbitrary: twice, weight: 1 });
}

const none = fc.constant<string[]>([]);
const unknownPairs = fc.constantFrom(['color=red'], ['%'], ['=1'], ['a'], ['__proto__=x'], ['limit=%ff']);
const strangePairs = fc.oneof({ arbitrary: none, weight: 19 }, { arbitrary: unknownPairs, weight: 1 });
