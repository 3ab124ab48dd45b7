/** Condition expressions of DynamoDB, rendered from comparisons. */
import type { Comparison, Comparisons } from '../lib/comparison.ts';
import type { Item } from './database.ts';

/** An expression with the names and values that it uses. */
export interface Condition {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** The condition that every comparison is satisfied. Several may look at the same attribute. */
export function allOf(comparisons: readonly Comparisons[]): Condition {
  return join(comparisons, ' AND ');
}

/** The condition that at least one comparison is satisfied. */
export function anyOf(comparisons: readonly Comparisons[]): Condition {
  return join(comparisons, ' OR ');
}

/** The members of a command's input that carry its condition. */
export function toConditionInput({ expression, names, values }: Condition) {
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: { ...names },
    // DynamoDB rejects an empty map.
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}

function join(comparisons: readonly Comparisons[], operator: ' AND ' | ' OR '): Condition {
  const clauses = comparisons
    .flatMap((one) => Object.entries(one))
    .filter((entry): entry is [string, Comparison] => entry[1] !== undefined);
  return {
    expression: clauses.map(([attribute, comparison], index) => render(comparison, attribute, index)).join(operator),
    names: Object.fromEntries(clauses.map(([attribute]) => [nameOf(attribute), attribute])),
    values: Object.fromEntries(
      clauses.flatMap(([, comparison], index) => ('value' in comparison ? [[valueOf(index), comparison.value]] : [])),
    ),
  };
}

function render(comparison: Comparison, attribute: string, index: number): string {
  if (comparison.operator === 'exists') return `attribute_exists(${nameOf(attribute)})`;
  if (comparison.operator === 'missing') return `attribute_not_exists(${nameOf(attribute)})`;
  return `${nameOf(attribute)} ${comparison.operator} ${valueOf(index)}`;
}

const nameOf = (attribute: string) => `#if_${attribute}`;
const valueOf = (index: number) => `:if_${index}`;
