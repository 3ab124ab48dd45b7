/**
 * Comparisons as data. Code that needs the same rule twice, as a predicate and as a condition of the database, writes it once:
 * `satisfies` evaluates it here, src/storage/condition.ts renders it for DynamoDB.
 */
type Scalar = string | number | boolean;

export type Comparison =
  | { readonly operator: '=' | '<' | '<=' | '>' | '>='; readonly value: Scalar }
  | { readonly operator: 'exists' | 'missing' };

/** Comparisons by the name of the attribute that they compare. All of them must be satisfied. */
export type Comparisons<Name extends string = string> = { readonly [Attribute in Name]?: Comparison };

export const equalTo = (value: Scalar): Comparison => ({ operator: '=', value });
export const lessThan = (value: Scalar): Comparison => ({ operator: '<', value });
export const atMost = (value: Scalar): Comparison => ({ operator: '<=', value });
export const greaterThan = (value: Scalar): Comparison => ({ operator: '>', value });
export const atLeast = (value: Scalar): Comparison => ({ operator: '>=', value });
export const exists: Comparison = { operator: 'exists' };
export const missing: Comparison = { operator: 'missing' };

/**
 * Whether a value satisfies a comparison, with the rules of DynamoDB: a missing value satisfies only `missing`, and a value of another
 * type satisfies only `exists`. Strings are compared by code unit, which is DynamoDB's order for ASCII.
 */
export function satisfies(value: unknown, comparison: Comparison): boolean {
  if (!('value' in comparison)) return (comparison.operator === 'exists') === (value !== undefined);
  const { operator, value: other } = comparison;
  if (typeof value !== typeof other) return false;
  const actual = value as Scalar;
  if (operator === '=') return actual === other;
  if (operator === '<') return actual < other;
  if (operator === '<=') return actual <= other;
  if (operator === '>') return actual > other;
  return actual >= other;
}

/** Whether an object satisfies all comparisons. */
export function satisfiesAll<Name extends string>(
  object: { readonly [Attribute in Name]?: unknown },
  comparisons: Comparisons<Name>,
): boolean {
  return (Object.keys(comparisons) as Name[]).every((name) => {
    const comparison = comparisons[name];
    return comparison === undefined || satisfies(object[name], comparison);
  });
}
