/** Values that violate a schema of the contract in exactly one place. */
import fc, { type Arbitrary } from 'fast-check';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { parseUrl } from '../../src/lib/parse-url.ts';
import { normalString } from '../conformance/normal-form.ts';
import { type Generator, isText, type Schema } from './valid-values.ts';

/** A value with one error. */
export interface InvalidValue {
  readonly value: unknown;
  /** The place of the error, as a JSON Pointer into the value (RFC 6901). */
  readonly pointer: string;
}

/** A way to make a value invalid. */
export interface InvalidValueKind {
  /** The error, with the path to it: `location: (online) url: too long`. */
  readonly title: string;
  /** The code of the field error. */
  readonly code: FieldErrorCode;
  readonly values: Arbitrary<InvalidValue>;
}

/** Values of every JSON type; `number` has no integers. */
const byType: Readonly<Record<string, Arbitrary<unknown>>> = {
  string: fc.string(),
  integer: fc.integer(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
  boolean: fc.boolean(),
  array: fc.array(fc.integer(), { maxLength: 3 }),
  object: fc.dictionary(fc.string(), fc.integer(), { maxKeys: 3, noNullPrototype: true }),
  null: fc.constant(null),
};

/** Every way to violate a schema, including its fields, elements and branches. */
export function invalidValueKinds(generator: Generator, source: unknown): InvalidValueKind[] {
  const { schemaOf, valid, text, distinct, isValid } = generator;
  const schema = schemaOf(source);
  const here = (title: string, code: FieldErrorCode, values: Arbitrary<unknown>): InvalidValueKind => ({
    title,
    code,
    values: values.map((value) => ({ value, pointer: '' })),
  });
  return [here('wrong type', 'invalid-type', otherTypes(schema)), ...ofKind()];

  function ofKind(): InvalidValueKind[] {
    if (schema.oneOf) return schema.oneOf.flatMap(ofBranch);
    if (schema.anyType) return schema.anyType.flatMap(ofType);
    if (schema.type === 'object') return ofObject(schema);
    if (schema.type === 'array') return ofArray(schema);
    // A boolean can have a wrong type only.
    if (schema.type === 'boolean') return [];
    return schema.type === 'integer' ? ofInteger(schema) : ofString(schema);
  }

  /** Skips the wrong type of the whole value. */
  function ofType(one: unknown): InvalidValueKind[] {
    const [, ...inType] = invalidValueKinds(generator, one);
    const { type = '' } = schemaOf(one);
    return inType.map((kind) => ({ ...kind, title: `(${type}) ${kind.title}` }));
  }

  function ofString(own: Schema): InvalidValueKind[] {
    const { enum: values, pattern, format, minLength = 0, maxLength, 'x-text': kind } = own;
    if (values)
      return [
        here(
          'not allowed',
          'invalid-value',
          fc
            .oneof(
              text(0, 20),
              fc.constantFrom(...values).map((value) => value.toUpperCase()),
            )
            .filter((value) => !isValid(source, value)),
        ),
      ];
    // The value just outside a limit is the most likely one to reveal a bug, so it is generated often.
    const shorter = () =>
      fc
        .tuple(valid(source), fc.oneof(fc.constant(minLength - 1), fc.nat(minLength - 1)))
        .map(([value, length]) => [...String(value)].slice(0, length).join(''));
    const longer = (limit: number) => fc.oneof(text(limit + 1, limit + 1), text(limit + 1, limit + 20));
    if (isText(kind)) return ofText(own, shorter, longer);
    // A string of a wrong length usually has a wrong format too, which is the error that is reported.
    const hasFormat = Boolean(pattern ?? format);
    const { minLength: _, maxLength: __, ...ofAnyLength } = own;
    const misfits = (strings: Arbitrary<string>) =>
      hasFormat ? strings.filter((value) => !isValid(ofAnyLength, value) && !isHttps(value)) : strings;
    const wrongLength = (code: FieldErrorCode) => (hasFormat ? 'invalid-format' : code);
    return [
      ...(minLength > 0 ? [here('too short', wrongLength('too-short'), misfits(shorter()))] : []),
      ...(maxLength === undefined ? [] : [here('too long', wrongLength('too-long'), misfits(longer(maxLength)))]),
      ...(hasFormat ? [here('bad format', 'invalid-format', misfits(nearMisses(minLength, maxLength)))] : []),
    ];
  }

  /** Texts for people: their length is that of the normal form, and the only wrong format is a forbidden character. */
  function ofText(
    { minLength = 0, maxLength = minLength + 100, 'x-text': kind }: Schema,
    shorter: () => Arbitrary<string>,
    longer: (limit: number) => Arbitrary<string>,
  ): InvalidValueKind[] {
    const length = (value: string) => [...normalString(kind, value)].length;
    const clean = (value: string) => !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(value);
    // Also the fillers of Hangul, a joiner and a variation selector.
    const unseen = [
      ' ',
      '\n',
      '\t',
      '\u00a0',
      '\u00ad',
      '\u034f',
      '\u115f',
      '\u200b',
      '\u2060',
      '\u2800',
      '\u3164',
      '\ufe0f',
      '\ufeff',
    ];
    const invisible = fc.array(fc.constantFrom(...unseen), {
      minLength,
      maxLength,
    });
    const blank = invisible.map((all) => all.join('').replace(/^\u00ad|\u00ad$/g, ' '));
    const dirty = fc
      .tuple(valid(source), fc.constantFrom('\0', '\x1b', '\x7f', '\x85', '\u202e', '\u2066'))
      .map(([value, character]) => {
        const [first = 'a', ...others] = [...normalString(kind, String(value))].slice(0, maxLength - 3);
        return `${first}${character}${others.join('')}${'a'.repeat(minLength)}`;
      })
      .filter((value) => [...value].length <= maxLength);
    return [
      ...(minLength > 0
        ? [
            here(
              'too short',
              'too-short',
              shorter().filter((value) => clean(value) && length(value) < minLength),
            ),
            here(
              'invisible',
              'too-short',
              blank.filter((value) => length(value) === 0 && !/.[\n\t]+./s.test(value)),
            ),
          ]
        : []),
      here(
        'too long',
        'too-long',
        longer(maxLength).filter((value) => clean(value) && length(value) > maxLength),
      ),
      here('bad format', 'invalid-format', dirty),
    ];
  }

  /** Invalid texts of a valid length: valid texts with one character changed, or random ones. */
  function nearMisses(minLength: number, maxLength = minLength + 100): Arbitrary<string> {
    const near = fc
      .tuple(valid(source), fc.nat(maxLength), text(0, 1), fc.nat(1))
      .map(([value, at, inserted, deleted]) => {
        const characters = [...String(value)];
        characters.splice(at % (characters.length + 1), deleted, inserted);
        return characters.join('');
      });
    return fc
      .oneof({ arbitrary: near, weight: 4 }, { arbitrary: text(minLength, maxLength), weight: 1 })
      .filter((value) => {
        const length = [...value].length;
        return length >= minLength && length <= maxLength && !isValid(source, value);
      });
  }

  function ofInteger({ minimum, maximum }: Schema): InvalidValueKind[] {
    return [
      ...(minimum === undefined
        ? []
        : [here('too small', 'too-small', fc.oneof(fc.constant(minimum - 1), fc.integer({ max: minimum - 1 })))]),
      ...(maximum === undefined
        ? []
        : [
            here(
              'too large',
              'too-large',
              fc.oneof(fc.constant(maximum + 1), fc.integer({ min: maximum + 1, max: Number.MAX_SAFE_INTEGER })),
            ),
          ]),
    ];
  }

  /** There is no way to have too few elements: only a query parameter has `minItems`, and an empty list there is a missing parameter. */
  function ofArray({ items, maxItems = 20, uniqueItems = false }: Schema): InvalidValueKind[] {
    const several = (minLength: number, maxLength: number) => fc.array(valid(items), { minLength, maxLength });
    const twice = fc.tuple(valid(items), several(0, maxItems - 2)).map(([one, others]) => [one, ...others, one]);
    const fewer = distinct(items, { maxLength: maxItems - 1 });
    return [
      here('too many', 'too-many', fc.oneof(several(maxItems + 1, maxItems + 1), several(maxItems + 1, maxItems + 3))),
      ...(uniqueItems ? [here('duplicate', 'duplicate-item', twice)] : []),
      ...invalidValueKinds(generator, items).map(({ title, code, values }) => ({
        title: `element: ${title}`,
        code,
        values: fc.tuple(fewer, values, fc.nat(maxItems)).map(([others, { value, pointer }, place]) => {
          const at = place % (others.length + 1);
          return { value: others.toSpliced(at, 0, value), pointer: `/${at}${pointer}` };
        }),
      })),
    ];
  }

  function ofObject({
    properties = {},
    required = [],
    additionalProperties,
    propertyNames,
    maxProperties = 20,
  }: Schema): InvalidValueKind[] {
    const object = valid(source) as Arbitrary<Record<string, unknown>>;
    if (typeof additionalProperties === 'object') return ofMap(additionalProperties, propertyNames, maxProperties);
    const unknown = fc.tuple(
      object,
      text(0, 20).filter((name) => !Object.hasOwn(properties, name)),
      fc.jsonValue({ maxDepth: 1 }),
    );
    return [
      ...required.map((name): InvalidValueKind => ({
        title: `${name}: missing`,
        code: 'required',
        values: object.map(({ [name]: _, ...rest }) => ({ value: rest, pointer: step(name) })),
      })),
      ...(additionalProperties === false
        ? [
            {
              title: 'unknown field',
              code: 'unknown-field',
              values: unknown.map(([value, name, any]) => ({ value: { ...value, [name]: any }, pointer: step(name) })),
            } satisfies InvalidValueKind,
          ]
        : []),
      ...Object.entries(properties).flatMap(([name, member]) =>
        invalidValueKinds(generator, member).map(({ title, code, values }) => ({
          title: `${name}: ${title}`,
          code,
          values: fc.tuple(object, values).map(([rest, { value, pointer }]) => ({
            value: { ...rest, [name]: value },
            pointer: `${step(name)}${pointer}`,
          })),
        })),
      ),
    ];
  }

  /** An object whose names the client chooses. */
  function ofMap(values: unknown, names: unknown, maxProperties: number): InvalidValueKind[] {
    const name = valid(names) as Arbitrary<string>;
    const fewer = fc.dictionary(name, valid(values), { maxKeys: maxProperties - 1, noNullPrototype: true });
    const tooMany = fc.array(valid(values), { minLength: maxProperties + 1, maxLength: maxProperties + 3 });
    const invalidName = text(0, 20).filter((one) => !isValid(names, one));
    return [
      here(
        'too many',
        'too-many',
        tooMany.map((all) => Object.fromEntries(all.map((value, index) => [`n${index}`, value]))),
      ),
      {
        title: 'invalid name',
        code: 'unknown-field',
        values: fc
          .tuple(fewer, invalidName, valid(values))
          .map(([others, invalid, value]) => ({ value: { ...others, [invalid]: value }, pointer: step(invalid) })),
      },
      ...invalidValueKinds(generator, values).map((kind) => ({
        ...kind,
        title: `member: ${kind.title}`,
        values: fc.tuple(fewer, name, kind.values).map(([others, at, { value, pointer }]) => ({
          value: { ...others, [at]: value },
          pointer: `${step(at)}${pointer}`,
        })),
      })),
    ];
  }

  /** Without a valid discriminator there is no branch, so every error of a discriminator that is sent is `invalid-value`. */
  function ofBranch(branch: unknown): InvalidValueKind[] {
    const discriminator = schema.discriminator?.propertyName ?? '';
    const kindsOf = (one: unknown) => schemaOf(schemaOf(one).properties?.[discriminator]).enum ?? [];
    const kinds = schema.oneOf?.flatMap(kindsOf) ?? [];
    // Skips the wrong type of the whole value, which belongs to no branch.
    const [, ...inBranch] = invalidValueKinds(generator, branch);
    return inBranch.map(({ title, code, values }) => {
      const isDiscriminator = title.startsWith(`${discriminator}:`);
      // The discriminator of another branch is valid, and would violate that branch instead.
      const unknownKinds = values.filter(
        ({ value }) => !kinds.includes((value as Record<string, string>)[discriminator] ?? ''),
      );
      return {
        title: `(${kindsOf(branch).join()}) ${title}`,
        code: isDiscriminator && code !== 'required' ? 'invalid-value' : code,
        values: isDiscriminator ? unknownKinds : values,
      };
    });
  }
}

/** Whether a string is a URL that the server brings into its normal form. */
const isHttps = (value: string) => parseUrl(value)?.protocol === 'https:';

function otherTypes({ type, anyType = [], nullable = false }: Schema): Arbitrary<unknown> {
  const types = [type, ...anyType.map((one) => one['type'])];
  return fc.oneof(
    ...Object.entries(byType).flatMap(([name, values]) =>
      types.includes(name) || (name === 'null' && nullable) ? [] : [values],
    ),
  );
}

/** One step of a JSON Pointer. */
const step = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
