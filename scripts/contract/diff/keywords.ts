/** What a change of one keyword means to those who use the contract. */
import { deprecationOf } from '../../../src/openapi/deprecation.ts';
import type { JsonObject } from '../../../src/openapi/document.ts';
import { daysOf } from '../deprecation-text.ts';
import { pairs, same } from './dereference.ts';

/**
 * Whom a change can break. What becomes narrower breaks senders, whose values may be refused now; what becomes wider breaks
 * readers, who may get values that they do not know. `docs` are prose and examples.
 */
export type Breaks = 'senders' | 'readers' | 'both' | 'none' | 'docs';

/** A change, where it is (a JSON Pointer below the schema, `*` for any item; empty for the thing itself), and whom it can break. */
export interface Difference {
  readonly at: string;
  readonly what: string;
  readonly breaks: Breaks;
}

/**
 * Classifies a keyword that differs; an absent value is undefined. Returns undefined if both values mean the same.
 *
 * @param node what has the keyword now
 */
export type Classifier = (before: unknown, after: unknown, node?: JsonObject) => Breaks | undefined;

const narrowerIf = (narrower: boolean): Breaks => (narrower ? 'senders' : 'readers');

/** A larger value allows more. */
export const upperLimit: Classifier = (before = Infinity, after = Infinity) =>
  narrowerIf(Number(after) < Number(before));
/** A smaller value allows more. */
export const lowerLimit: Classifier = (before = -Infinity, after = -Infinity) =>
  narrowerIf(Number(after) > Number(before));
/** A number of things: none are fewer than none. */
export const lowerCount: Classifier = (before = 0, after = 0) =>
  before === after ? undefined : lowerLimit(before, after);
/** `true` allows less; absent is `false`. */
export const strictFlag: Classifier = (before = false, after = false) =>
  before === after ? undefined : narrowerIf(after === true);
/** `true` allows more; absent is `false`. */
export const looseFlag: Classifier = (before = false, after = false) =>
  before === after ? undefined : narrowerIf(after === false);
/** Adding one narrows and removing it widens; how two of them relate is unknown. */
export const opaque: Classifier = (before, after) =>
  before === undefined ? 'senders' : after === undefined ? 'readers' : 'both';
/** Every multiple of 6 is one of 3. */
export const multiple: Classifier = (before, after) => {
  if (before === undefined || after === undefined) return opaque(before, after);
  if (Number(after) % Number(before) === 0) return 'senders';
  return Number(before) % Number(after) === 0 ? 'readers' : 'both';
};
/** One type or a list of them. Every integer is a number. */
export const type: Classifier = (before, after) => {
  if (before === undefined || after === undefined) return opaque(before, after);
  const [old, young] = [[before].flat(), [after].flat()];
  const allIn = (types: readonly unknown[], others: readonly unknown[]) =>
    types.every((one) => others.includes(one) || (one === 'integer' && others.includes('number')));
  if (allIn(young, old)) return allIn(old, young) ? undefined : 'senders';
  return allIn(old, young) ? 'readers' : 'both';
};
/** Who leaves something out means the default: another default is another request. */
export const defaultValue: Classifier = () => 'senders';
/** The day from which something may be gone: an earlier day breaks a promise, and so does a deprecation that loses its day. */
const sunset: Classifier = (before, after, node = {}) => {
  if (typeof before !== 'string') return 'none';
  const kept = typeof after === 'string' ? after >= before : node['deprecated'] !== true;
  return kept ? 'none' : 'both';
};

export const breaksBoth: Classifier = () => 'both';
export const breaksNone: Classifier = () => 'none';
export const docs: Classifier = () => 'docs';
/** Compared elsewhere. */
export const handledElsewhere: Classifier = () => undefined;

/** Keywords of any part of a contract. */
const common: Readonly<Record<string, Classifier>> = {
  title: docs,
  summary: docs,
  description: docs,
  example: docs,
  examples: docs,
  externalDocs: docs,
  tags: docs,
  'x-enumDescriptions': docs,
  'x-expected': docs,
  'x-problems': docs,
  deprecated: breaksNone,
  'x-deprecated-since': breaksNone,
  'x-sunset': sunset,
  // Throttles do not change requests or responses.
  'x-throttle': breaksNone,
  'x-throttles': breaksNone,
};

/** Compares two nodes keyword by keyword. An unknown keyword breaks both sides, to be safe. */
export function compareKeywords(
  classifiers: Readonly<Record<string, Classifier>>,
  before: JsonObject,
  after: JsonObject,
): Difference[] {
  const isDeprecated = before['deprecated'] !== true && after['deprecated'] === true;
  const deprecated: Difference[] = isDeprecated
    ? [
        {
          at: '',
          what: ['is deprecated', daysOf(deprecationOf(after) ?? {})].join(' ').trim(),
          breaks: 'none',
        },
      ]
    : [];
  const others = pairs<unknown>(before, after).flatMap(([keyword, old, young]): Difference[] => {
    if (isDeprecated && ofDeprecation.includes(keyword)) return [];
    const classify = classifiers[keyword] ?? common[keyword] ?? breaksBoth;
    if (classify === handledElsewhere || same(old, young)) return [];
    const breaks = classify(old, young, after);
    return breaks === undefined ? [] : [{ at: '', what: describe(keyword, old, young), breaks }];
  });
  return [...deprecated, ...others];
}

/** One decision, so one line of a changelog. */
const ofDeprecation: readonly string[] = ['deprecated', 'x-deprecated-since', 'x-sunset'];

/** Differences of a part, seen from the whole. */
export function below(step: string, differences: readonly Difference[]): Difference[] {
  return differences.map((one) => ({ ...one, at: `/${step}${one.at}` }));
}

/** Flags whose spelling depends on the version of OpenAPI, as text: set, and not set. */
const flags: Readonly<Record<string, readonly [set: string, unset: string]>> = {
  nullable: ['`null` is allowed', '`null` is no longer allowed'],
  exclusiveMinimum: ['the `minimum` itself is no longer allowed', 'the `minimum` itself is allowed'],
  exclusiveMaximum: ['the `maximum` itself is no longer allowed', 'the `maximum` itself is allowed'],
};

function describe(keyword: string, before: unknown, after: unknown): string {
  const flag = flags[keyword];
  if (flag !== undefined) return after === true ? flag[0] : flag[1];
  if (after === undefined) return `\`${keyword}\` is gone (was ${show(before)})`;
  if (before === undefined) return `\`${keyword}\` is new: ${show(after)}`;
  return `\`${keyword}\` is ${show(after)} (was ${show(before)})`;
}

/** A value as one reads it in a list. What is long is shortened. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`${text.length > 80 ? `${text.slice(0, 77)}...` : text}\``;
}
