import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import { pairs, same } from './dereference.ts';
import { effective, membersOf } from './effective.ts';
import * as keywords from './keywords.ts';
import { below, compareKeywords, type Difference, type Classifier } from './keywords.ts';

const { handledElsewhere, lowerCount, lowerLimit, opaque, strictFlag, upperLimit } = keywords;

const classifiers: Readonly<Record<string, Classifier>> = {
  type: keywords.type,
  nullable: keywords.looseFlag,
  format: opaque,
  pattern: opaque,
  maximum: upperLimit,
  minimum: lowerLimit,
  exclusiveMaximum: strictFlag,
  exclusiveMinimum: strictFlag,
  multipleOf: keywords.multiple,
  maxLength: upperLimit,
  minLength: lowerCount,
  maxItems: upperLimit,
  minItems: lowerCount,
  uniqueItems: strictFlag,
  maxProperties: upperLimit,
  minProperties: lowerCount,
  default: keywords.defaultValue,
  // What follows has functions of its own.
  enum: handledElsewhere,
  properties: handledElsewhere,
  required: handledElsewhere,
  additionalProperties: handledElsewhere,
  items: handledElsewhere,
  oneOf: handledElsewhere,
  anyOf: handledElsewhere,
  discriminator: handledElsewhere,
};

/** Pairs that are being compared further up: a schema that contains itself is compared once. */
type Trail = readonly (readonly [JsonObject, JsonObject])[];

/**
 * Compares two schemas without `$ref`s. Whether a difference breaks a client depends on who sends what they describe.
 *
 * @throws Error where the parts of an `allOf` cannot be put together
 */
export function compareSchemas(before: JsonObject, after: JsonObject, trail: Trail = []): Difference[] {
  if (same(before, after) || trail.some(([old, young]) => old === before && young === after)) return [];
  const [old, young] = [effective(before), effective(after)];
  const own = compareKeywords(classifiers, old, young);
  // Of a text that became an object, every further line would only repeat that.
  if (old['type'] !== young['type'] && keywords.type(old['type'], young['type']) === 'both') return own;
  const further: Trail = [...trail, [before, after]];
  return [
    ...own,
    ...compareEnums(old, young),
    ...compareMembers(old, young, further),
    ...compareRest('items', old, young, further),
    ...compareRest('additionalProperties', old, young, further),
    ...compareUnions('oneOf', old, young, further),
    ...compareUnions('anyOf', old, young, further),
    ...compareKeywords({ mapping: handledElsewhere }, asObject(old['discriminator']), asObject(young['discriminator'])),
  ];
}

function compareEnums(before: JsonObject, after: JsonObject): Difference[] {
  const [old, young] = [before['enum'], after['enum']] as (unknown[] | undefined)[];
  if (old === undefined || young === undefined) return cameOrWent('enum', old, young);
  const gone = old.filter((value) => !young.includes(value));
  const added = young.filter((value) => !old.includes(value));
  return [
    // Readers branch on values, and may wait for one that no longer exists.
    ...gone.map((value): Difference => ({ at: '', what: `the value \`${String(value)}\` is gone`, breaks: 'both' })),
    ...added.map((value): Difference => ({ at: '', what: `the value \`${String(value)}\` is new`, breaks: 'readers' })),
  ];
}

/** Readers are asked to ignore members that they do not know, so a new one breaks none of them; one that is gone is missed. */
function compareMembers(before: JsonObject, after: JsonObject, trail: Trail): Difference[] {
  return pairs(membersOf(before), membersOf(after)).flatMap(([name, old, young]) => {
    const [was, is] = [isRequired(before, name), isRequired(after, name)];
    if (old === undefined) return below(name, [addedMember(before, is)]);
    if (young === undefined) return below(name, [{ at: '', what: 'is gone', breaks: 'both' }]);
    const need: Difference[] =
      was === is
        ? []
        : [{ at: '', what: is ? 'is required now' : 'is optional now', breaks: is ? 'senders' : 'readers' }];
    return below(name, [...need, ...compareSchemas(old, young, trail)]);
  });
}

function isRequired(schema: JsonObject, name: string): boolean {
  return ((schema['required'] ?? []) as string[]).includes(name);
}

function addedMember(before: JsonObject, required: boolean): Difference {
  if (required) return { at: '', what: 'is new, and required', breaks: 'senders' };
  // An object that took any member may have been sent this one, with another meaning.
  const wasOpen = (before['additionalProperties'] ?? true) !== false;
  return { at: '', what: 'is new', breaks: wasOpen ? 'senders' : 'none' };
}

/** Items, or members without a description: a schema for all of them, `true` or absent for anything, `false` for none. */
function compareRest(
  keyword: 'items' | 'additionalProperties',
  before: JsonObject,
  after: JsonObject,
  trail: Trail,
): Difference[] {
  const [old, young] = [before[keyword] ?? true, after[keyword] ?? true] as [
    JsonObject | boolean,
    JsonObject | boolean,
  ];
  if (same(old, young)) return [];
  if (typeof old !== 'boolean' && typeof young !== 'boolean') return below('*', compareSchemas(old, young, trail));
  const narrower = young === false || old === true;
  return [
    {
      at: '',
      what: `\`${keyword}\` allows ${narrower ? 'less' : 'more'} than before`,
      breaks: narrower ? 'senders' : 'readers',
    },
  ];
}

function compareUnions(keyword: 'oneOf' | 'anyOf', before: JsonObject, after: JsonObject, trail: Trail): Difference[] {
  const [old, young] = [before[keyword], after[keyword]] as (JsonObject[] | undefined)[];
  if (old === undefined || young === undefined) return cameOrWent(keyword, old, young);
  const unchanged = (one: JsonObject, others: JsonObject[]) => others.some((other) => same(one, other));
  const named = isNamed(before) && isNamed(after);
  const left = named ? byValue(before, old) : { ...old.filter((one) => !unchanged(one, young)) };
  const right = named ? byValue(after, young) : { ...young.filter((one) => !unchanged(one, old)) };
  return pairs(left, right).flatMap(([name, was, is]): Difference[] => {
    const alternative = named ? `the alternative \`${name}\`` : 'an alternative';
    if (was === undefined) return [{ at: '', what: `${alternative} is new`, breaks: 'readers' }];
    if (is === undefined) return [{ at: '', what: `${alternative} is gone`, breaks: 'both' }];
    return compareSchemas(was, is, trail);
  });
}

function isNamed(union: JsonObject): boolean {
  return asObject(union['discriminator'])['mapping'] !== undefined;
}

/** The alternatives by the value of the discriminator that leads to them. */
function byValue(union: JsonObject, alternatives: readonly JsonObject[]): Record<string, JsonObject> {
  const mapping = asObject(asObject(union['discriminator'])['mapping']);
  const valueOf = (alternative: JsonObject) => Object.keys(mapping).find((value) => same(mapping[value], alternative));
  return Object.fromEntries(
    alternatives.map((alternative, index) => [valueOf(alternative) ?? `number ${index + 1}`, alternative]),
  );
}

/** A restriction that was not there before narrows; one that is gone widens. */
function cameOrWent(keyword: string, before: unknown, after: unknown): Difference[] {
  if (before === after) return [];
  const came = before === undefined;
  return [{ at: '', what: `\`${keyword}\` is ${came ? 'new' : 'gone'}`, breaks: came ? 'senders' : 'readers' }];
}
