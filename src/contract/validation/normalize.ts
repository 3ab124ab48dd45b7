/** Brings the strings of a request into their normal form, wherever the contract marks them with `x-text`. */
import type { FieldError } from '../generated/types.ts';
import { asObject, isObject, type JsonObject, type Parameter } from '../../openapi/document.ts';
import { escapeStep } from '../../openapi/refs.ts';
import { explainSameItem } from './field-errors.ts';
import { branchOf, shorten } from './schema-at.ts';
import { normalizeText, type TextKind } from './text.ts';

/** A value with its strings in normal form; `errors` gets an error for each string that has none. The value itself is not changed. */
export type Normalize = (value: unknown, errors: FieldError[]) => unknown;

/** Where a string is: the errors of a body have a pointer, those of parameters a name. */
type Place = Pick<FieldError, 'pointer'> | Pick<FieldError, 'parameter'>;

type Step = (value: unknown, place: Place, errors: FieldError[]) => unknown;

/** For the body of a request; undefined if its schema marks no string. */
export function bodyNormalizer(schema: JsonObject): Normalize | undefined {
  const step = stepFor(schema);
  return step && ((value, errors) => step(value, { pointer: '' }, errors));
}

/** For the values of a query by the name of the parameter; undefined if the schemas mark no string. */
export function queryNormalizer(parameters: readonly Parameter[]): Normalize | undefined {
  const steps = parameters
    .filter((one) => one.in === 'query')
    .flatMap(({ name, schema }) => {
      const step = stepFor(schema);
      return step ? [[name, step] as const] : [];
    });
  if (steps.length === 0) return undefined;
  return (values, errors) => replaceMembers(values, steps, (parameter) => ({ parameter }), errors);
}

/** Built once for each schema; undefined if there is nothing to do in it. */
function stepFor(schema: JsonObject): Step | undefined {
  const { 'x-text': kind, properties, items, oneOf, additionalProperties } = schema;
  const text = kind === undefined ? undefined : textStep(schema, kind as TextKind);
  const array = isObject(items) ? itemsStep(items, schema) : undefined;
  // A schema can allow both. Each step leaves values of other types as they are.
  if (text && array) return (value, place, errors) => (Array.isArray(value) ? array : text)(value, place, errors);
  if (text ?? array) return text ?? array;
  if (Array.isArray(oneOf)) return unionStep(schema, oneOf as JsonObject[]);
  if (isObject(properties)) return membersStep(properties);
  return isObject(additionalProperties) ? mapStep(additionalProperties) : undefined;
}

function textStep(schema: JsonObject, kind: TextKind): Step | undefined {
  if (kind === 'opaque') return undefined;
  const { maxLength, 'x-expected': expected } = schema;
  return (value, place, errors) => {
    if (typeof value !== 'string') return value;
    const result = normalizeText(kind, value, Number(maxLength), expected as string | undefined);
    if ('text' in result) return result.text;
    const at = 'pointer' in place ? { pointer: shorten(place.pointer ?? '') } : place;
    errors.push({ ...at, ...result.error });
    return value;
  };
}

function itemsStep(items: JsonObject, { uniqueItems, maxItems }: JsonObject): Step | undefined {
  const step = stepFor(items);
  if (!step) return undefined;
  return (value, place, errors) => {
    if (!Array.isArray(value)) return value;
    const normal = value.map((one, index) => step(one, below(place, String(index)), errors));
    // What is too long is reported as such.
    if (uniqueItems === true && normal.length <= Number(maxItems)) reportSameProto(normal, place, errors);
    return normal;
  };
}

/**
 * Ajv looks for equal texts among the members of an object, in which this name is special: it never finds two of them. They are reported
 * here, unless there are two other equal items after them, which Ajv reports.
 */
function reportSameProto(items: readonly unknown[], place: Place, errors: FieldError[]): void {
  if (!items.includes('__proto__')) return;
  const seen = new Map<unknown, number>();
  for (const [index, item] of [...items.entries()].reverse()) {
    const later = seen.get(item);
    if (later !== undefined) {
      if (item === '__proto__')
        errors.push({ ...place, code: 'duplicate-item', detail: explainSameItem(index, later) });
      return;
    }
    seen.set(item, index);
  }
}

/** The branch that the discriminator selects; validation reports a value that selects none. */
function unionStep(schema: JsonObject, branches: readonly JsonObject[]): Step | undefined {
  const steps = new Map(branches.map((branch) => [branch, stepFor(branch)]));
  if ([...steps.values()].every((step) => step === undefined)) return undefined;
  return (value, place, errors) => {
    const branch = branchOf(schema, value);
    const step = branch && steps.get(branch);
    return step ? step(value, place, errors) : value;
  };
}

function membersStep(properties: JsonObject): Step | undefined {
  const steps = Object.entries(properties).flatMap(([name, member]) => {
    const step = stepFor(asObject(member));
    return step ? [[name, step] as const] : [];
  });
  if (steps.length === 0) return undefined;
  return (value, place, errors) => replaceMembers(value, steps, (name) => below(place, name), errors);
}

/** Members whose names the client chooses. */
function mapStep(schema: JsonObject): Step | undefined {
  const step = stepFor(schema);
  if (!step) return undefined;
  return (value, place, errors) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, member]) => [name, step(member, below(place, escapeStep(name)), errors)]),
        )
      : value;
}

/** The object with these members replaced: the same object if none differs. */
function replaceMembers(
  value: unknown,
  steps: readonly (readonly [name: string, step: Step])[],
  placeOf: (name: string) => Place,
  errors: FieldError[],
): unknown {
  if (!isObject(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [name, step] of steps) {
    if (!Object.hasOwn(value, name)) continue;
    const member = step(value[name], placeOf(name), errors);
    if (member !== value[name]) (copy ??= { ...value })[name] = member;
  }
  return copy ?? value;
}

/** @param name without `/` and `~`: names in the contract need no escapes in a JSON Pointer, as the linter allows letters and digits only */
function below(place: Place, name: string): Place {
  return 'pointer' in place ? { pointer: `${place.pointer}/${name}` } : place;
}
