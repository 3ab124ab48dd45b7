/**
 * Evaluates the expressions of DynamoDB that the repositories use, for writes that are not sent. It knows no other expression: those
 * throw. `dry-run.test.ts` compares it with the real engine.
 */
import type { Item } from './items.ts';

/** The members of an input that carry its expressions. */
export interface Expressions {
  readonly ConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

type Predicate = (item: Item, input: Expressions) => boolean;
const predicates = new Map<string, Predicate>();

/**
 * Whether an item satisfies a condition expression, or a key condition.
 *
 * @param item `{}` if there is none
 * @throws Error if the expression has another form
 */
export function satisfiesExpression(expression: string, input: Expressions, item: Item): boolean {
  let predicate = predicates.get(expression);
  if (predicate === undefined) predicates.set(expression, (predicate = parseCondition(expression)));
  return predicate(item, input);
}

const nameOf = (token: string, { ExpressionAttributeNames = {} }: Expressions) => {
  const name = ExpressionAttributeNames[token];
  if (name === undefined) throw new Error(`There is no name ${token}`);
  return name;
};
const valueOf = (token: string, { ExpressionAttributeValues = {} }: Expressions) => {
  const value: unknown = ExpressionAttributeValues[token];
  if (value === undefined) throw new Error(`There is no value ${token}`);
  return value;
};

/** `OR` of `AND` of comparisons, `attribute_exists(#name)`, `attribute_not_exists(#name)`, `BETWEEN`, and parentheses. */
function parseCondition(expression: string): Predicate {
  const tokens = expression.match(/[#:]\w+|\w+|<>|<=|>=|[<>=()]/g) ?? [];
  let next = 0;
  const take = (expected?: string): string => {
    const token = tokens[next];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`Unknown: ${expression}`);
    next += 1;
    return token;
  };
  const joined = (operator: 'AND' | 'OR', operand: () => Predicate): Predicate => {
    const operands = [operand()];
    while (tokens[next] === operator) {
      next += 1;
      operands.push(operand());
    }
    if (operator === 'AND') return (item, input) => operands.every((one) => one(item, input));
    return (item, input) => operands.some((one) => one(item, input));
  };
  const either = (): Predicate => joined('OR', () => joined('AND', single));
  const single = (): Predicate => {
    const token = take();
    if (token === '(') {
      const inner = either();
      take(')');
      return inner;
    }
    if (token.startsWith('attribute_')) {
      take('(');
      const name = take();
      take(')');
      const expected = token === 'attribute_exists';
      return (item, input) => (item[nameOf(name, input)] !== undefined) === expected;
    }
    const operator = take();
    const value = take();
    if (operator === 'BETWEEN') {
      take('AND');
      const to = take();
      return (item, input) => {
        const actual = item[nameOf(token, input)];
        return !isLess(actual, valueOf(value, input)) && !isLess(valueOf(to, input), actual);
      };
    }
    return (item, input) => {
      const other = value.startsWith('#') ? item[nameOf(value, input)] : valueOf(value, input);
      return compare(item[nameOf(token, input)], operator, other);
    };
  };
  const predicate = either();
  if (next < tokens.length) throw new Error(`Unknown: ${expression}`);
  return predicate;
}

function compare(actual: unknown, operator: string, value: unknown): boolean {
  if (operator === '<>') return actual !== value;
  if (operator === '=') return actual === value;
  if (typeof actual !== typeof value) return false;
  if (operator === '<') return isLess(actual, value);
  if (operator === '>') return isLess(value, actual);
  return operator === '<=' ? !isLess(value, actual) : !isLess(actual, value);
}

/** The order of sort keys: numbers, or texts by code unit, which is DynamoDB's order for ASCII. */
export function isLess(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  return typeof one === 'string' && typeof other === 'string' && one < other;
}

/**
 * The item after `SET #a = :a, #b = #b + :b`, `REMOVE #c`, `ADD #set :set` and `ADD #number :by`.
 *
 * @param item its key alone if there is none
 * @throws Error if the expression has another form
 */
export function updatedItem(input: Expressions, item: Item): Item {
  const { UpdateExpression: expression = '' } = input;
  const next: Record<string, unknown> = { ...item };
  for (const [, action, list = ''] of expression.matchAll(/(SET|REMOVE|ADD) (.+?)(?= (?:SET|REMOVE|ADD) |$)/g)) {
    for (const clause of list.split(', ')) {
      const [target = '', ...rest] = clause.split(' ');
      const name = nameOf(target, input);
      if (action === 'REMOVE') delete next[name];
      else if (action === 'ADD' && typeof valueOf(rest[0] ?? '', input) === 'number')
        next[name] = sum(item[name] ?? 0, valueOf(rest[0] ?? '', input));
      else if (action === 'ADD')
        next[name] = new Set([
          ...((item[name] as Set<unknown> | undefined) ?? []),
          ...(valueOf(rest[0] ?? '', input) as Set<unknown>),
        ]);
      else if (rest.length === 2 && rest[0] === '=') next[name] = valueOf(rest[1] ?? '', input);
      else if (rest.length === 4 && rest[1] === target && rest[2] === '+')
        next[name] = sum(item[name], valueOf(rest[3] ?? '', input));
      else throw new Error(`Unknown: ${expression}`);
    }
  }
  return next;
}

function sum(current: unknown, by: unknown): number {
  // DynamoDB rejects it as invalid.
  if (typeof current !== 'number' || typeof by !== 'number')
    throw new Error('An attribute that is missing was incremented');
  return current + by;
}
