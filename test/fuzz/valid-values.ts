/** Valid values of the schemas of the contract, as arbitraries of fast-check. */
import fc, { type Arbitrary } from 'fast-check';
import type { SchemaValidator } from '../conformance/schema-validator.ts';
import { createNormalForm, normalString } from '../conformance/normal-form.ts';
import type { Node, Tree } from '../conformance/tree.ts';

/** The keywords of request schemas; the generator rejects any other. `nullable` stands for all ways to allow null. */
export interface Schema {
  readonly type?: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  /** The schemas of a value of several types, one for each. */
  readonly anyType?: readonly Node[];
  readonly nullable?: boolean;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly 'x-text'?: string;
  readonly 'x-expected'?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Node;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Node;
  readonly propertyNames?: Node;
  readonly maxProperties?: number;
  readonly oneOf?: readonly Node[];
  readonly discriminator?: { readonly propertyName: string };
}
const keywords =
  'type anyOf const example default description enum format pattern x-text x-expected minLength maxLength minimum maximum items minItems maxItems uniqueItems properties required additionalProperties propertyNames maxProperties oneOf discriminator'.split(
    ' ',
  );

export interface Generator {
  schemaOf(source: unknown): Schema;
  /** Any valid value; often the example of the contract, which is also semantically valid. */
  valid(source: unknown): Arbitrary<unknown>;
  /** Any text with a length in this range, in characters. */
  text(minLength: number, maxLength: number): Arbitrary<string>;
  /** Arrays of valid values that differ, also in their normal form. */
  distinct(source: unknown, length: { minLength?: number; maxLength: number }): Arbitrary<unknown[]>;
  isValid(source: unknown, value: unknown): boolean;
}

/** @param unit the characters of texts: all of Unicode, or those that a header can contain */
export function createGenerator(
  tree: Tree,
  validate: SchemaValidator,
  unit: Arbitrary<string> | 'grapheme-ascii',
): Generator {
  const { resolve } = tree;
  const toNormalForm = createNormalForm(tree);
  const isValid = (source: unknown, value: unknown) => validate(resolve(source), value) === undefined;
  const cache = new Map<Schema, Arbitrary<unknown>>();
  const known = new Map<Node, Schema>();
  const text = (minLength: number, maxLength: number) => fc.string({ unit, minLength, maxLength });

  function schemaOf(source: unknown): Schema {
    const node = resolve(source);
    const schema = known.get(node) ?? read(node);
    known.set(node, schema);
    return schema;
  }

  function read(node: Node): Schema {
    const unsupported = Object.keys(node).filter((keyword) => !keywords.includes(keyword));
    if (unsupported.length > 0) throw new Error(`test/fuzz does not support ${unsupported.join(', ')}.`);
    const { anyOf, type, const: only, ...others } = node;
    if (anyOf !== undefined) return { ...others, ...orNull(anyOf as Node[]) };
    const types = type === undefined ? [] : ([type].flat() as NonNullable<Schema['type'] | 'null'>[]);
    const [first, ...more] = types.filter((one) => one !== 'null');
    if (more.length > 0) return { anyType: types.map((one) => ({ ...node, type: one })) };
    return {
      ...others,
      ...(first === undefined ? {} : { type: first }),
      ...(types.includes('null') ? { nullable: true } : {}),
      ...(only === undefined ? {} : { enum: [only as string] }),
    };
  }

  /** Reads an `anyOf` of one schema and null. */
  function orNull(alternatives: readonly Node[]): Schema {
    const [other, ...more] = alternatives.filter(({ type }) => type !== 'null');
    if (other === undefined || more.length > 0 || alternatives.length !== 2)
      throw new Error('test/fuzz does not support an anyOf other than a schema or null.');
    return { ...schemaOf(other), nullable: true };
  }

  function valid(source: unknown): Arbitrary<unknown> {
    const schema = schemaOf(source);
    const cached = cache.get(schema);
    if (cached) return cached;
    const arbitrary = make(source, schema);
    cache.set(schema, arbitrary);
    return arbitrary;
  }

  function make(source: unknown, schema: Schema): Arbitrary<unknown> {
    const { example, nullable = false } = schema;
    const others = [...(example === undefined ? [] : [fc.constant(example)]), ...(nullable ? [fc.constant(null)] : [])];
    return fc.oneof(
      { arbitrary: nonNull(source, schema), weight: 2 },
      ...others.map((arbitrary) => ({ arbitrary, weight: 1 })),
    );
  }

  function nonNull(source: unknown, schema: Schema): Arbitrary<unknown> {
    if (schema.oneOf) return fc.oneof(...schema.oneOf.map(valid));
    if (schema.anyType) return fc.oneof(...schema.anyType.map(valid));
    if (schema.type === 'object') return object(schema);
    if (schema.type === 'array') return array(schema);
    if (schema.type === 'boolean') return fc.boolean();
    if (schema.type === 'integer')
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 - 1 });
    const fits = (value: string) => isValid(source, value) && isValid(source, normalString(schema['x-text'], value));
    return string(schema).filter(fits);
  }

  function object({
    properties = {},
    required = [],
    additionalProperties,
    propertyNames,
    maxProperties: maxKeys,
  }: Schema): Arbitrary<object> {
    if (typeof additionalProperties === 'object')
      return fc.dictionary(valid(propertyNames) as Arbitrary<string>, valid(additionalProperties), {
        ...(maxKeys === undefined ? {} : { maxKeys }),
        noNullPrototype: true,
      });
    const members = Object.entries(properties).map(([name, member]) => [name, valid(member)]);
    return fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
      requiredKeys: [...required],
      noNullPrototype: true,
    });
  }

  function array({
    items,
    minItems: minLength = 0,
    maxItems: maxLength = 20,
    uniqueItems = false,
  }: Schema): Arbitrary<unknown[]> {
    const length = { minLength, maxLength };
    return uniqueItems ? distinct(items, length) : fc.array(valid(items), length);
  }

  function distinct(source: unknown, length: { minLength?: number; maxLength: number }): Arbitrary<unknown[]> {
    const selector = (value: unknown) => JSON.stringify(toNormalForm(source, value));
    return fc.uniqueArray(valid(source), { ...length, selector });
  }

  function string({
    enum: values,
    format,
    pattern,
    minLength = 0,
    maxLength = minLength + 100,
    'x-text': kind,
  }: Schema): Arbitrary<string> {
    const texts = fc.oneof(text(minLength, minLength), text(maxLength, maxLength), text(minLength, maxLength));
    if (values) return fc.constantFrom(...values);
    if (isText(kind)) return fc.oneof(texts, ...spellings(texts, maxLength));
    if (kind === 'url') return fc.oneof(ofFormat('uri'), ...spellings(ofFormat('uri'), maxLength));
    if (!format && !pattern) return texts;
    const usual = format ? ofFormat(format) : fc.stringMatching(new RegExp(pattern ?? ''), { maxLength });
    return fc.oneof(
      usual,
      usual.map((value) => value.padEnd(maxLength, value.slice(-1))),
    );
  }

  return { schemaOf, valid, text, distinct, isValid };
}

/** Whether a string is a text that people read. */
export const isText = (kind: string | undefined) => kind === 'single-line' || kind === 'multi-line';

/** Other spellings of the same string: with whitespace around it, or with its characters decomposed. */
function spellings(strings: Arbitrary<string>, maxLength: number): Arbitrary<string>[] {
  return [
    strings.map((value) => ` ${[...value].slice(0, maxLength - 2).join('')}\u3000`),
    strings.map((value) => [...value.normalize('NFD')].slice(0, maxLength).join('')),
  ];
}

function ofFormat(format: string): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'uri') return uri;
  if (format === 'date-time') return dateTime;
  if (format === 'email') return email;
  throw new Error(`test/fuzz does not support the format ${format}.`);
}

const uri = fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true, withFragments: true });
const email = fc.emailAddress().filter((address) => address.length <= 254);

const year = (number: number) => new Date(Date.UTC(number, 0)).setUTCFullYear(number);
const between = (first: number, last: number) =>
  fc.date({ min: new Date(year(first)), max: new Date(year(last + 1) - 1), noInvalidDate: true });
const twoDigits = (number: number) => String(number).padStart(2, '0');
const offset = fc
  .tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59))
  .map(([sign, hours, minutes]) => `${sign}${twoDigits(hours)}:${twoDigits(minutes)}`);

/** A date-time (RFC 3339, section 5.6), usually in these decades, with any fraction and offset. */
const dateTime = fc
  .tuple(
    fc.oneof({ arbitrary: between(2025, 2060), weight: 4 }, { arbitrary: between(0, 9999), weight: 1 }),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,12}$/)),
    fc.oneof(fc.constant('Z'), offset),
  )
  .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19)}${fraction}${zone}`);
