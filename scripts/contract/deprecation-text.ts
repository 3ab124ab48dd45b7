/** Deprecations as text, for documentation and types. */
import { type Deprecation, deprecationOf } from '../../src/openapi/deprecation.ts';
import type { JsonObject } from '../../src/openapi/document.ts';

/** Such as `since 2030-05-01, may be gone from 2030-11-01 on`; empty where no day is known. */
export function daysOf({ since, sunset }: Deprecation): string {
  return [...(since ? [`since ${since}`] : []), ...(sunset ? [`may be gone from ${sunset} on`] : [])].join(', ');
}

/** A copy of a contract in which the descriptions of deprecated parts end with their dates, because few readers know `x-sunset`. */
export function withDeprecationsDescribed<T>(tree: T): T {
  if (Array.isArray(tree)) return tree.map((item: unknown) => withDeprecationsDescribed(item)) as T;
  if (tree === null || typeof tree !== 'object') return tree;
  const members = Object.entries(tree as JsonObject).map(([name, value]) => [name, withDeprecationsDescribed(value)]);
  const copy = Object.fromEntries(members) as JsonObject;
  const deprecation = deprecationOf(copy);
  if (!deprecation) return copy as T;
  const words = `**${['Deprecated', daysOf(deprecation)].join(' ').trim()}.**`;
  const { description } = copy;
  return {
    ...copy,
    description:
      typeof description === 'string'
        ? `${description.trimEnd()}${description.includes('\n') ? '\n\n' : ' '}${words}`
        : words,
  } as T;
}
