/** What the contract says about the end of things, in words for those who read documentation and types. */
import type { JsonObject } from '../../src/contract/operations.ts';
import { type Retirement, retirementOf } from '../../src/openapi/deprecation.ts';
import type { Tree } from './read.ts';

/** Such as `since 2030-05-01, may be gone from 2030-11-01 on`; empty where no day is known. */
export function daysOf({ since, sunset }: Retirement): string {
  return [...(since ? [`since ${since}`] : []), ...(sunset ? [`may be gone from ${sunset} on`] : [])].join(', ');
}

/** A copy of a contract in which the description of whatever is retired ends with its days. Few know that `x-sunset` is worth a look. */
export function withRetirementsDescribed<T>(tree: T): T {
  if (Array.isArray(tree)) return tree.map((item: unknown) => withRetirementsDescribed(item)) as T;
  if (tree === null || typeof tree !== 'object') return tree;
  const copy: Tree = Object.fromEntries(
    Object.entries(tree).map(([name, value]: [string, unknown]) => [name, withRetirementsDescribed(value)]),
  );
  const retirement = retirementOf(copy as JsonObject);
  if (!retirement) return copy as T;
  const words = `**${['Deprecated', daysOf(retirement)].join(' ').trim()}.**`;
  const { description } = copy;
  return {
    ...copy,
    description:
      typeof description === 'string'
        ? `${description.trimEnd()}${description.includes('\n') ? '\n\n' : ' '}${words}`
        : words,
  } as T;
}
