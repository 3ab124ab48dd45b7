/** Standard Schemas of inputs. */
import type { FieldError, FieldErrorCode } from '../generated/schemas.ts';
import { check, type Members, type Node, type Report } from './checks.ts';
import type { StandardIssue, StandardSchema } from './standard.ts';

/**
 * What is wrong with a field: the error that the API would return, with the path and the message that Standard Schema asks for. The
 * message is the `detail`.
 */
export type FieldIssue = FieldError & StandardIssue;

/** What the rules of an input know besides its valid members. */
export interface RuleContext {
  /** Whether the input changes something, so that absent members keep their values. */
  readonly partial: boolean;
  /** Whether a member has an error already. */
  readonly failed: (name: string) => boolean;
}

/** A rule that no schema can express. It gets the members without errors, in their normal form. */
export type Rule = (members: Members, context: RuleContext) => readonly FieldError[];

/** A schema of an input: a Standard Schema, for the libraries that take one, and for `errorsIn`. */
export interface InputSchema<Input> extends StandardSchema<Input, FieldIssue> {
  /** The same schema with another rule. */
  readonly '~with': (rule: Rule) => InputSchema<Input>;
}

interface Options {
  /** Whether there must be a body. */
  readonly required?: boolean;
  readonly partial?: boolean;
  readonly rule?: Rule;
}

/** The codes in the order in which they explain an error. Others, such as those of a query, come first. */
const codes: readonly FieldErrorCode[] = [
  'invalid-type',
  'required',
  'unknown-field',
  'invalid-value',
  'invalid-format',
  'too-long',
  'too-short',
  'too-large',
  'too-small',
  'too-many',
  'duplicate-item',
];

/**
 * @param body the check of the body; undefined if the input is a query only
 * @param query the checks of the parameters, by name
 */
export function input<Input>(
  body: Node | undefined,
  query: Readonly<Record<string, Node>>,
  { required = false, partial = false, rule }: Options = {},
): InputSchema<Input> {
  return withRules(rule ? [rule] : []);

  function withRules(rules: readonly Rule[]): InputSchema<Input> {
    return {
      '~standard': {
        version: 1,
        vendor: 'event-management',
        validate(value) {
          const errors = new Map<string, { rank: number; error: FieldError }>();
          const report: Report = (place, code, detail, rank = codes.indexOf(code)) => {
            const key = shorten(place);
            const known = errors.get(key);
            if (known && known.rank <= rank) return;
            const at = key.startsWith('?') ? { parameter: key.slice(1) } : { pointer: key };
            errors.set(key, { rank, error: { ...at, code, detail } });
          };
          const members = checkInput(value, report);
          const failed = (name: string) => [...errors.keys()].some((key) => /^[?/]([^/]*)/.exec(key)?.[1] === name);
          if (members && !errors.has('')) {
            const valid = Object.fromEntries(Object.entries(members).filter(([name]) => !failed(name)));
            const context = { partial, failed: (name: string) => name in members && !(name in valid) };
            for (const one of rules.flatMap((apply) => apply(valid, context)))
              report(one.pointer ?? `?${one.parameter}`, one.code, one.detail, codes.length * 2);
          }
          const issues = [...errors.values()].map(({ error }) => ({
            ...error,
            message: error.detail,
            path: pathOf(error, value),
          }));
          return issues.length > 0 ? { issues } : { value: (value === undefined ? value : members) as Input };
        },
      },
      '~with': (added) => withRules([...rules, added]),
    };
  }

  /** Returns the members in their normal form; undefined if there are none. */
  function checkInput(value: unknown, report: Report): Members | undefined {
    if (value === undefined) {
      if (required) report('', 'required', 'a body is required');
      return undefined;
    }
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) return void report('', 'invalid-type', 'must be an object');
    const members = Object.entries(value as Members).filter(([, member]) => member !== undefined);
    const inQuery = members.filter(([name]) => !body || Object.hasOwn(query, name));
    const parameters = Object.fromEntries(
      inQuery.map(([name, member]) => [name, checkParameter(name, member, report)] as const),
    );
    if (!body) return parameters;
    const others = Object.fromEntries(members.filter(([name]) => !Object.hasOwn(query, name)));
    return { ...(check(body, others, '', report) as Members), ...parameters };
  }

  /** A parameter is sent as text: what the text means is checked. */
  function checkParameter(name: string, value: unknown, report: Report): unknown {
    const place = `?${name}`;
    const node = Object.hasOwn(query, name) ? query[name] : undefined;
    if (!node)
      return report(`?${[...name].slice(0, 256).join('') || '(empty)'}`, 'unknown-parameter', 'is not known here');
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (node.array) return check(node, values.map(textOf), place, report);
    if (values.length > 1) return report(place, 'duplicate-parameter', 'must be given only once');
    return check(node, meaningOf(node, value), place, report);
  }
}

/** What is sent for a value in a query. An object cannot be sent. */
const textOf = (value: unknown) => (typeof value === 'object' ? value : `${value as string | number | boolean}`);

/** What the text that is sent means for the API. */
function meaningOf(node: Node, value: unknown): unknown {
  const text = textOf(value);
  if (node.boolean && (text === 'true' || text === 'false')) return text === 'true';
  return node.integer && /^-?\d+$/.test(text as string) ? Number(text) : text;
}

/** A pointer of the length that the API returns at most, after a complete step. */
function shorten(place: string): string {
  return place.startsWith('?') || place.length <= 1024 ? place : place.slice(0, place.lastIndexOf('/', 1024));
}

function pathOf({ pointer = '', parameter }: FieldError, value: unknown): readonly (string | number)[] {
  if (parameter !== undefined) return [parameter];
  let part = value;
  return stepsOf(pointer).map((step) => {
    const key = Array.isArray(part) ? Number(step) : step;
    part = (Object(part) as Members)[key];
    return key;
  });
}

const stepsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));

/** What is wrong with an input; empty if it is valid. */
export function errorsIn<Input>(schema: InputSchema<Input>, value: unknown): readonly FieldIssue[] {
  return schema['~standard'].validate(value).issues ?? [];
}

/**
 * The first error of each field, by the name of the field: `name`, `location.url`, `tags.0`. It takes the errors of `errorsIn`, and those
 * that the API returns: `error.problem?.errors`. An error of the whole body has the name ''.
 */
export function errorsByField<Errors extends readonly FieldError[]>(
  errors?: Errors,
): { readonly [field: string]: Errors[number] } {
  const all: readonly Errors[number][] = errors ?? [];
  return Object.fromEntries(
    [...all].reverse().map((error) => [error.parameter ?? stepsOf(error.pointer ?? '').join('.'), error]),
  );
}
