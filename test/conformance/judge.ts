/** Holds values against the schemas of the contract, with Ajv alone. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Node, Place, Tree } from './tree.ts';

/** Why a value does not fit, and which keyword of the contract says so. */
export interface Misfit {
  readonly text: string;
  readonly place: Place;
}

/** Undefined where the value fits. */
export type Judge = (schema: unknown, value: unknown) => Misfit | undefined;

export function createJudge({ resolve, placeOf }: Tree): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: true, verbose: true });
  (formats as unknown as typeof formats.default)(ajv, { mode: 'full' });
  const compiled = new Map<unknown, ValidateFunction>();
  const origins = new WeakMap<object, Node>();

  /**
   * A schema as Ajv reads it: every reference in place (none is recursive), `nullable` spelled out, and closed. What a schema does not name
   * may not be there, also where it forgets to say so. Parts (`allOf`) are closed as a whole, branches (`oneOf`, `anyOf`) each for itself.
   */
  function prepare(source: unknown, isPart = false): Node {
    const schema = resolve(source);
    const { nullable, discriminator, ...copy } = Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => [keyword, inside(keyword, value)]),
    );
    if (discriminator) copy['discriminator'] = { propertyName: (discriminator as Node)['propertyName'] };
    const isOpen = ['additionalProperties', 'oneOf', 'anyOf'].every((keyword) => copy[keyword] === undefined);
    if (isOpen && !isPart) copy['unevaluatedProperties'] = false;
    origins.set(copy, schema);
    return nullable === true ? { anyOf: [{ type: 'null' }, copy] } : copy;
  }
  function inside(keyword: string, value: unknown): unknown {
    if (keyword === 'properties')
      return Object.fromEntries(Object.entries(value as Node).map(([name, member]) => [name, prepare(member)]));
    if (keyword === 'allOf' || keyword === 'oneOf' || keyword === 'anyOf')
      return (value as unknown[]).map((part) => prepare(part, keyword === 'allOf'));
    return keyword === 'items' || (keyword === 'additionalProperties' && typeof value === 'object')
      ? prepare(value)
      : value;
  }

  return function judge(schema, value) {
    let validate = compiled.get(schema);
    if (!validate) compiled.set(schema, (validate = ajv.compile(prepare(schema))));
    if (validate(value)) return undefined;
    const errors = validate.errors as ErrorObject[];
    const { parentSchema, keyword } = errors.find((error) => origins.has(error.parentSchema as object)) as ErrorObject;
    return {
      text: ajv.errorsText(errors, { dataVar: '' }),
      place: placeOf(origins.get(parentSchema as object), keyword),
    };
  };
}
