/** All ways to violate a schema of the contract in one place only. */
import fc, { type Arbitrary } from 'fast-check';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import type { Generator, Schema } from './valid-requests.ts';

/** A value with one error. */
export interface Broken {
  readonly value: unknown;
  /** Where the error is, as a JSON Pointer into the value (RFC 6901). */
  readonly pointer: string;
}

export interface Violation {
  /** What is done, with the path to it: `location: (online) url: too long`. */
  readonly title: string;
  /** What the contract calls such an error. */
  readonly code: FieldErrorCode;
  readonly broken: Arbitrary<Broken>;
}

/** Values of all types of JSON; an integer is a number too. */
const byType: Readonly<Record<string, Arbitrary<unknown>>> = {
  string: fc.string(),
  integer: fc.integer(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
  boolean: fc.boolean(),
  array: fc.array(fc.integer(), { maxLength: 3 }),
  object: fc.dictionary(fc.string(), fc.integer(), { maxKeys: 3, noNullPrototype: true }),
  null: fc.constant(null),
};

/** Every violation of a schema, also those of its members, elements and branches. */
export function violationsOf(generator: Generator, source: unknown): Violation[] {
  const { schemaOf, valid, text, fits } = generator;
  const schema = schemaOf(source);
  const here = (title: string, code: FieldErrorCode, values: Arbitrary<unknown>): Violation => ({
    title,
    code,
    broken: values.map((value) => ({ value, pointer: '' })),
  });
  return [here('wrong type', 'invalid-type', otherTypes(schema)), ...ofKind()];

  function ofKind(): Violation[] {
    if (schema.oneOf) return schema.oneOf.flatMap(ofBranch);
    if (schema.type === 'object') return ofObject(schema);
    if (schema.type === 'array') return ofArray(schema);
    return schema.type === 'integer' ? ofInteger(schema) : ofString(schema);
  }

  function ofString({ enum: values, pattern, format, minLength = 0, maxLength }: Schema): Violation[] {
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
            .filter((value) => !fits(source, value)),
        ),
      ];
    // The next value beyond a bound is the one that matters most.
    const shorter = () =>
      fc
        .tuple(valid(source), fc.oneof(fc.constant(minLength - 1), fc.nat(minLength - 1)))
        .map(([value, length]) => [...String(value)].slice(0, length).join(''));
    const longer = (limit: number) => fc.oneof(text(limit + 1, limit + 1), text(limit + 1, limit + 20));
    return [
      ...(minLength > 0 ? [here('too short', 'too-short', shorter())] : []),
      ...(maxLength === undefined ? [] : [here('too long', 'too-long', longer(maxLength))]),
      ...(pattern || format ? [here('bad format', 'invalid-format', nearMisses(minLength, maxLength))] : []),
    ];
  }

  /** Texts of an allowed length that are wrong by one character, or altogether. */
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
        return length >= minLength && length <= maxLength && !fits(source, value);
      });
  }

  function ofInteger({ minimum, maximum }: Schema): Violation[] {
    return [
      ...(minimum === undefined
        ? []
        : [here('too small', 'too-small', fc.oneof(fc.constant(minimum - 1), fc.integer({ max: minimum - 1 })))]),
      ...(maximum === undefined
        ? []
        : [here('too large', 'too-large', fc.oneof(fc.constant(maximum + 1), fc.integer({ min: maximum + 1 })))]),
    ];
  }

  /** Only a query has a list with a least length, and to have too few elements there is not to have the parameter. */
  function ofArray({ items, maxItems = 20, uniqueItems = false }: Schema): Violation[] {
    const several = (minLength: number, maxLength: number) => fc.array(valid(items), { minLength, maxLength });
    const twice = fc.tuple(valid(items), several(0, maxItems - 2)).map(([one, others]) => [one, ...others, one]);
    const fewer = fc.uniqueArray(valid(items), { maxLength: maxItems - 1 });
    return [
      here('too many', 'too-many', fc.oneof(several(maxItems + 1, maxItems + 1), several(maxItems + 1, maxItems + 3))),
      ...(uniqueItems ? [here('duplicate', 'duplicate-item', twice)] : []),
      ...violationsOf(generator, items).map(({ title, code, broken }) => ({
        title: `element: ${title}`,
        code,
        broken: fc.tuple(fewer, broken, fc.nat(maxItems)).map(([others, { value, pointer }, place]) => {
          const at = place % (others.length + 1);
          return { value: others.toSpliced(at, 0, value), pointer: `/${at}${pointer}` };
        }),
      })),
    ];
  }

  function ofObject({ properties = {}, required = [], additionalProperties }: Schema): Violation[] {
    const object = valid(source) as Arbitrary<Record<string, unknown>>;
    const unknown = fc.tuple(
      object,
      text(0, 20).filter((name) => !Object.hasOwn(properties, name)),
      fc.jsonValue({ maxDepth: 1 }),
    );
    return [
      ...required.map((name): Violation => ({
        title: `${name}: missing`,
        code: 'required',
        broken: object.map(({ [name]: _, ...rest }) => ({ value: rest, pointer: step(name) })),
      })),
      ...(additionalProperties === false
        ? [
            {
              title: 'unknown member',
              code: 'unknown-field',
              broken: unknown.map(([value, name, any]) => ({ value: { ...value, [name]: any }, pointer: step(name) })),
            } satisfies Violation,
          ]
        : []),
      ...Object.entries(properties).flatMap(([name, member]) =>
        violationsOf(generator, member).map(({ title, code, broken }) => ({
          title: `${name}: ${title}`,
          code,
          broken: fc.tuple(object, broken).map(([rest, { value, pointer }]) => ({
            value: { ...rest, [name]: value },
            pointer: `${step(name)}${pointer}`,
          })),
        })),
      ),
    ];
  }

  /** Without its tag no branch is chosen: whatever is wrong with the tag, it is a tag that is not allowed. */
  function ofBranch(branch: unknown): Violation[] {
    const tag = schema.discriminator?.propertyName ?? '';
    const kindsOf = (one: unknown) => schemaOf(schemaOf(one).properties?.[tag]).enum ?? [];
    const kinds = schema.oneOf?.flatMap(kindsOf) ?? [];
    // What is no object at all has no branch.
    const [, ...inBranch] = violationsOf(generator, branch);
    return inBranch.map(({ title, code, broken }) => {
      const isTag = title.startsWith(`${tag}:`);
      // The tag of another branch is allowed: then it is that branch which is violated.
      const strange = broken.filter(({ value }) => !kinds.includes((value as Record<string, string>)[tag] ?? ''));
      return {
        title: `(${kindsOf(branch).join()}) ${title}`,
        code: isTag ? 'invalid-value' : code,
        broken: isTag ? strange : broken,
      };
    });
  }
}

function otherTypes({ type, nullable = false }: Schema): Arbitrary<unknown> {
  return fc.oneof(
    ...Object.entries(byType).flatMap(([name, values]) =>
      name === type || (name === 'null' && nullable) ? [] : [values],
    ),
  );
}

/** One step of a JSON Pointer. */
const step = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
