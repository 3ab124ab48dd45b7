/** Validates values with the schemas of the contract, using Ajv. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Node, Place, Tree } from './tree.ts';

/** Why a value is invalid, and the keyword of the contract that it violates. */
export interface Mismatch {
  readonly text: string;
  readonly place: Place;
}

/** Returns undefined if the value is valid. */
export type SchemaValidator = (schema: unknown, value: unknown) => Mismatch | undefined;

export function createSchemaValidator({ resolve, placeOf }: Tree): SchemaValidator {
  const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: true, verbose: true });
  (formats as unknown as typeof formats.default)(ajv, { mode: 'full' });
  const compiled = new Map<unknown, ValidateFunction>();
  const origins = new WeakMap<object, Node>();

  /**
   * A schema for Ajv: references are inlined (none is recursive), and undeclared fields are not allowed, even if
   * the contract omits `additionalProperties: false`. Subschemas of `allOf` are closed together, those of `oneOf` and `anyOf` one by one.
   */
  function prepare(source: unknown, isPart = false): Node {
    const schema = resolve(source);
    const { discriminator, ...copy } = Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => [keyword, prepareKeyword(keyword, value)]),
    );
    if (discriminator) copy['discriminator'] = { propertyName: (discriminator as Node)['propertyName'] };
    const isOpen = ['additionalProperties', 'oneOf', 'anyOf'].every((keyword) => copy[keyword] === undefined);
    if (isOpen && !isPart) copy['unevaluatedProperties'] = false;
    origins.set(copy, schema);
    return copy;
  }
  function prepareKeyword(keyword: string, value: unknown): unknown {
    if (keyword === 'properties')
      return Object.fromEntries(Object.entries(value as Node).map(([name, member]) => [name, prepare(member)]));
    if (keyword === 'allOf' || keyword === 'oneOf' || keyword === 'anyOf')
      return (value as unknown[]).map((part) => prepare(part, keyword === 'allOf'));
    const holdsSchema = ['items', 'additionalProperties', 'propertyNames'].includes(keyword);
    return holdsSchema && typeof value === 'object' ? prepare(value) : value;
  }

  return function validate(schema, value) {
    let isValid = compiled.get(schema);
    if (!isValid) compiled.set(schema, (isValid = ajv.compile(prepare(schema))));
    if (isValid(value)) return undefined;
    const errors = isValid.errors as ErrorObject[];
    const { parentSchema, keyword } = errors.find((error) => origins.has(error.parentSchema as object)) as ErrorObject;
    return {
      text: ajv.errorsText(errors, { dataVar: '' }),
      place: placeOf(origins.get(parentSchema as object), keyword),
    };
  };
}
