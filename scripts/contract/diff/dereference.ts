import { isDeepStrictEqual } from 'node:util';
import { lookUp, type Tree, treeOf } from '../read.ts';

/**
 * A contract with every `$ref` replaced by what it names, so that a comparison sees what holds and not how it is written. Each
 * target becomes one object, wherever it is named: a schema that contains itself becomes a circle. What stands beside the `$ref` of a schema
 * holds too (OpenAPI 3.1), and what stands beside another `$ref` replaces words of its target.
 */
export function dereference(contract: Tree): Tree {
  const copies = new Map<object, unknown>();
  // Before OpenAPI 3.1 whatever stands beside a `$ref` is ignored.
  const isOlder = String(contract['openapi']).startsWith('3.0');

  function copy(node: unknown): unknown {
    if (node === null || typeof node !== 'object') return node;
    const ref = (node as Tree)['$ref'];
    if (typeof ref === 'string') return copyTarget(ref, node as Tree);
    const known = copies.get(node);
    if (known !== undefined) return known;
    const fresh: Tree | unknown[] = Array.isArray(node) ? [] : {};
    copies.set(node, fresh);
    const isDiscriminator = typeof (node as Tree)['propertyName'] === 'string';
    for (const [key, value] of Object.entries(node)) {
      (fresh as Tree)[key] = isDiscriminator && key === 'mapping' ? copyMapping(value) : copy(value);
    }
    return fresh;
  }
  function copyTarget(ref: string, { $ref: _, ...beside }: Tree): unknown {
    const target = lookUp(contract, ref);
    if (Object.keys(beside).length === 0 || isOlder) return copy(target);
    if (ref.startsWith('#/components/schemas/')) return { allOf: [copy(target)], ...(copy(beside) as Tree) };
    return { ...(copy(target) as Tree), ...(copy(beside) as Tree) };
  }
  /** The values of a discriminator's mapping are references without a `$ref`. */
  function copyMapping(mapping: unknown): unknown {
    const follow = (target: unknown) =>
      typeof target === 'string' && target.startsWith('#/') ? copy({ $ref: target }) : target;
    return Object.fromEntries(Object.entries(treeOf(mapping)).map(([value, target]) => [value, follow(target)]));
  }
  return copy(contract) as Tree;
}

/** Every key of either object, with its value in both. */
export function pairs<T = Tree>(
  before: unknown,
  after: unknown,
): [key: string, before: T | undefined, after: T | undefined][] {
  const [old, young] = [treeOf(before), treeOf(after)] as [Record<string, T>, Record<string, T>];
  return [...new Set([...Object.keys(old), ...Object.keys(young)])].map((key) => [key, old[key], young[key]]);
}

/** Whether two nodes say the same; the order of members makes no difference, and circles do no harm. */
export function same(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(before, after);
}
