/**
 * Checks of JSON values, from which `../generated/inputs.ts` builds those of the inputs. They report what the API would: codes, places and
 * texts are those of its own validation. Each function returns a check, so that a page has the code only of those it uses.
 */
import type { FieldErrorCode } from '../generated/schemas.ts';
import { normalizeLines, normalizeUrl, type NormalText } from '../generated/rules/text.ts';

/** The members of an object. */
export type Members = Readonly<Record<string, unknown>>;

/** Where a value is: a JSON Pointer (RFC 6901) into the body, or `?` and the name of a parameter. */
export type Place = string;

/** Takes an error. Of several in one place, the one with the least rank counts; the rank follows from the code if it is omitted. */
export type Report = (place: Place, code: FieldErrorCode, detail: string, rank?: number) => void;

/** Checks a value of one type, and returns it in its normal form. */
type Check<T> = (value: T, place: Place, report: Report) => unknown;

/** The types of JSON, with those of numbers that the contract has. */
interface Types {
  string: string;
  integer: number;
  boolean: boolean;
  array: readonly unknown[];
  object: Members;
  null: null;
}

/** What a value may be: a check for each type that it may have. */
export type Node = { readonly [Type in keyof Types]?: Check<Types[Type]> };

/** The types as people say them. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
};

/** Checks a value of any type. What `JSON.stringify` would replace is replaced first: a date is its ISO text. */
export function check(node: Node, given: unknown, place: Place, report: Report): unknown {
  const { toJSON } = Object(given) as { toJSON?: unknown };
  const value: unknown = typeof toJSON === 'function' ? toJSON.call(given) : given;
  const type =
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const checkType = node[type as keyof Types] as Check<unknown> | undefined;
  if (checkType) return checkType(value, place, report);
  const types = Object.keys(node).flatMap((name) => typeNames[name] ?? []);
  report(place, 'invalid-type', `must be ${types.join(' or ')}`);
  return value;
}

/** A part of a value. Items of a parameter have no place of their own. */
export function below(place: Place, name: string | number): Place {
  return place.startsWith('?') ? place : `${place}/${String(name).replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

const given = (value: unknown) => value;

/** Values to choose from, as people say them. */
const listOf = (values: readonly string[]) => (values.length > 1 ? 'one of ' : '') + values.join(', ');

/** A number with its noun: `1,000 characters`. */
const count = (number: number, noun: string) =>
  `${String(number).replace(/\B(?=(\d{3})+$)/g, ',')} ${noun}${number === 1 ? '' : 's'}`;

/** A string of a length, in characters. */
function checkLength(value: string, min: number, max: number, empty: string, place: Place, report: Report): string {
  const { length } = [...value];
  if (length > max) report(place, 'too-long', `must have at most ${count(max, 'character')}`);
  else if (length < min)
    report(place, 'too-short', min === 1 ? empty : `must have at least ${count(min, 'character')}`);
  return value;
}

/** A string that is brought into its normal form. */
function normalized(normalize: (sent: string) => NormalText, min: number, max: number, empty: string): Node {
  return {
    string(sent, place, report) {
      const result = normalize(sent);
      if ('text' in result) return checkLength(result.text, min, max, empty, place, report);
      report(place, result.error.code, result.error.detail, -1);
      return sent;
    },
  };
}

/** A text that people read. */
export const text = (min: number, max: number, kind: 'single-line' | 'multi-line') =>
  normalized((sent) => normalizeLines(kind, sent, max), min, max, 'must have a visible character');

/** An https URL. */
export const url = (min: number, max: number, expected: string) =>
  normalized((sent) => normalizeUrl(sent, expected), min, max, '');

/** A string that is taken as it is. @param expected what has the form, as in "must be …" */
export const string = (min: number, max: number, expected?: string, form?: RegExp): Node => ({
  string(value, place, report) {
    if (!form || form.test(value)) return checkLength(value, min, max, 'must not be empty', place, report);
    report(place, 'invalid-format', `must be ${expected}`);
    return value;
  },
});

/** A date and time (RFC 3339) whose day exists. The form ensures the rest. */
export const dateTime = (min: number, max: number, expected: string, form: RegExp): Node =>
  string(min, max, expected, {
    test(value: string) {
      const day = value.slice(0, 10);
      const time = Date.parse(day);
      // Some engines take February 30 for March 2.
      return form.test(value) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
    },
  } as RegExp);

/** One of these strings. */
export const oneOf = (values: readonly string[]): Node => ({
  string(value, place, report) {
    if (!values.includes(value)) report(place, 'invalid-value', `must be ${listOf(values)}`);
    return value;
  },
});

export const boolean = (): Node => ({ boolean: given });

export const integer = (min: number, max: number): Node => ({
  integer(value, place, report) {
    if (value > max) report(place, 'too-large', `must be at most ${max}`);
    else if (value < min) report(place, 'too-small', `must be at least ${min}`);
    return value;
  },
});

export const orNull = (node: Node): Node => ({ ...node, null: given });

/** A value of one of several types. */
export const anyOf = (...nodes: readonly Node[]): Node => Object.assign({}, ...nodes) as Node;

export const array = (item: Node, min: number, max: number, unique?: boolean): Node => ({
  array(value, place, report) {
    const items = value.map((one, index) => check(item, one, below(place, index), report));
    if (items.length > max) report(place, 'too-many', `must have at most ${count(max, 'item')}`);
    // The code is that of a missing member, but the rank is not: an error of the array's name would come first.
    else if (items.length < min) report(place, 'required', `must have at least ${count(min, 'item')}`, 20);
    else if (unique) checkUnique(items, place, report);
    return items;
  },
});

/** The search is the one of the API, so that it finds the same two of several. */
function checkUnique(items: readonly unknown[], place: Place, report: Report): void {
  const seen = new Map<string, number>();
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (typeof item !== 'string') continue;
    const other = seen.get(item);
    if (other !== undefined) {
      const both = `items ${other + 1} and ${index + 1} are the same`;
      return report(place, 'duplicate-item', `must not have the same item twice: ${both}`);
    }
    seen.set(item, index);
  }
}

/** An object with these members, and no others. */
export const object = (fields: Readonly<Record<string, Node>>, required: readonly string[] = []): Node => ({
  object(value, place, report) {
    const members: Record<string, unknown> = {};
    for (const [name, node] of Object.entries(fields))
      if (value[name] !== undefined) members[name] = check(node, value[name], below(place, name), report);
      else if (required.includes(name)) report(below(place, name), 'required', 'is required');
    for (const name of Object.keys(value))
      if (value[name] !== undefined && !Object.hasOwn(fields, name))
        report(below(place, name), 'unknown-field', 'is not known here');
    return members;
  },
});

/** An object whose members have names that the client chooses. @param expected what has the form of a name, as in "must have a name of …" */
export const map = (member: Node, max: number, form: RegExp, expected: string): Node => ({
  object(value, place, report) {
    const members = Object.entries(value).filter(([, one]) => one !== undefined);
    if (members.length > max) report(place, 'too-many', `must have at most ${count(max, 'field')}`);
    return Object.fromEntries(
      members.map(([name, one]) => {
        if (!form.test(name)) report(below(place, name), 'unknown-field', `must have a name of ${expected}`);
        return [name, check(member, one, below(place, name), report)];
      }),
    );
  },
});

/** An object whose kind decides which members it has. @param tag the member that is the kind */
export const union = (tag: string, branches: Readonly<Record<string, Node>>): Node => ({
  object(value, place, report) {
    const kind = value[tag];
    if (typeof kind === 'string' && Object.hasOwn(branches, kind))
      return check(branches[kind] as Node, value, place, report);
    const kinds = listOf(Object.keys(branches));
    if (kind === undefined) report(below(place, tag), 'required', `is required: ${kinds}`);
    else report(below(place, tag), 'invalid-value', `must be ${kinds}`);
    return value;
  },
});
