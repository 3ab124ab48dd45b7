/** What a change of one keyword means to those who use the contract. */
import { deprecationOf } from '../../../src/openapi/deprecation.ts';
import type { JsonObject } from '../../../src/openapi/document.ts';
import { daysOf } from '../deprecation-text.ts';
import { pairs, same } from './dereference.ts';

/**
 * Whom a change can break. What becomes narrower breaks senders, whose values may be refused now; what becomes wider breaks
 * readers, who may get values that they do not know. `words` are prose and examples.
 */
export type Breaks = 'senders' | 'readers' | 'both' | 'nobody' | 'words';

/** A change, where it is (a JSON Pointer below the schema, `*` for any item; empty for the thing itself), and whom it can break. */
export interface Difference {
  readonly at: string;
  readonly what: string;
  readonly breaks: Breaks;
}

/**
 * Judges a keyword that differs; a value that is absent is undefined. Undefined where both values mean the same.
 *
 * @param node what has the keyword now
 */
export type Judge = (before: unknown, after: unknown, node?: JsonObject) => Breaks | undefined;

const narrowerIf = (narrower: boolean): Breaks => (narrower ? 'senders' : 'readers');

/** A larger value allows more. */
export const upperLimit: Judge = (before = Infinity, after = Infinity) => narrowerIf(Number(after) < Number(before));
/** A smaller value allows more. */
export const lowerLimit: Judge = (before = -Infinity, after = -Infinity) => narrowerIf(Number(after) > Number(before));
/** A number of things: none are fewer than none. */
export const lowerCount: Judge = (before = 0, after = 0) => (before === after ? undefined : lowerLimit(before, after));
/** `true` allows less; absent is `false`. */
export const strictFlag: Judge = (before = false, after = false) =>
  before === after ? undefined : narrowerIf(after === true);
/** `true` allows more; absent is `false`. */
export const looseFlag: Judge = (before = false, after = false) =>
  before === after ? undefined : narrowerIf(after === false);
/** Adding one narrows, removing it widens, and nobody knows how two of them lie to each other. */
export const opaque: Judge = (before, after) =>
  before === undefined ? 'senders' : after === undefined ? 'readers' : 'both';
/** Every multiple of 6 is one of 3. */
export const multiple: Judge = (before, after) => {
  if (before === undefined || after === undefined) return opaque(before, after);
  if (Number(after) % Number(before) === 0) return 'senders';
  return Number(before) % Number(after) === 0 ? 'readers' : 'both';
};
/** One type or a list of them. Every integer is a number. */
export const type: Judge = (before, after) => {
  if (before === undefined || after === undefined) return opaque(before, after);
  const [old, young] = [[before].flat(), [after].flat()];
  const allIn = (types: readonly unknown[], others: readonly unknown[]) =>
    types.every((one) => others.includes(one) || (one === 'integer' && others.includes('number')));
  if (allIn(young, old)) return allIn(old, young) ? undefined : 'senders';
  return allIn(old, young) ? 'readers' : 'both';
};
/** Who leaves something out means the default: another default is another request. */
export const defaultValue: Judge = () => 'senders';
/** The day from which something may be gone: an earlier day breaks a promise, and so does a deprecation that loses its day. */
const sunset: Judge = (before, after, node = {}) => {
  if (typeof before !== 'string') return 'nobody';
  const kept = typeof after === 'string' ? after >= before : node['deprecated'] !== true;
  return kept ? 'nobody' : 'both';
};

export const breaksBoth: Judge = () => 'both';
export const breaksNobody: Judge = () => 'nobody';
export const words: Judge = () => 'words';
/** Compared elsewhere. */
export const apart: Judge = () => undefined;

/** What stands in any part of a contract. */
const everywhere: Readonly<Record<string, Judge>> = {
  title: words,
  summary: words,
  description: words,
  example: words,
  examples: words,
  externalDocs: words,
  tags: words,
  'x-enumDescriptions': words,
  'x-problems': words,
  deprecated: breaksNobody,
  'x-deprecated-since': breaksNobody,
  'x-sunset': sunset,
  // How fast one may ask says nothing about what is answered.
  'x-throttle': breaksNobody,
  'x-throttles': breaksNobody,
};

/** Compares two nodes keyword by keyword. What no judge knows breaks both: a gate that does not understand stays shut. */
export function compareKeywords(
  judges: Readonly<Record<string, Judge>>,
  before: JsonObject,
  after: JsonObject,
): Difference[] {
  const isRetired = before['deprecated'] !== true && after['deprecated'] === true;
  const retired: Difference[] = isRetired
    ? [
        {
          at: '',
          what: ['is deprecated', daysOf(deprecationOf(after) ?? {})].join(' ').trim(),
          breaks: 'nobody',
        },
      ]
    : [];
  const others = pairs<unknown>(before, after).flatMap(([keyword, old, young]): Difference[] => {
    if (isRetired && ofRetirement.includes(keyword)) return [];
    const judge = judges[keyword] ?? everywhere[keyword] ?? breaksBoth;
    if (judge === apart || same(old, young)) return [];
    const breaks = judge(old, young, after);
    return breaks === undefined ? [] : [{ at: '', what: describe(keyword, old, young), breaks }];
  });
  return [...retired, ...others];
}

/** One decision, so one line of a changelog. */
const ofRetirement: readonly string[] = ['deprecated', 'x-deprecated-since', 'x-sunset'];

/** Differences of a part, seen from the whole. */
export function below(step: string, differences: readonly Difference[]): Difference[] {
  return differences.map((one) => ({ ...one, at: `/${step}${one.at}` }));
}

/** Flags whose spelling depends on the version of OpenAPI, in words: set, and not set. */
const flags: Readonly<Record<string, readonly [set: string, unset: string]>> = {
  nullable: ['`null` is allowed', '`null` is not allowed any more'],
  exclusiveMinimum: ['the `minimum` itself is not allowed any more', 'the `minimum` itself is allowed'],
  exclusiveMaximum: ['the `maximum` itself is not allowed any more', 'the `maximum` itself is allowed'],
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
