/** The contract as a tree that knows where each of its nodes stands. */

/** Any object of the contract. */
export type Node = Readonly<Record<string, unknown>>;
/** Where something stands: keys from the root of the contract. */
export type Place = readonly string[];

export interface Tree {
  /** Every object of the contract. */
  readonly nodes: readonly Node[];
  /** A node, or what its `$ref` names; an empty one where there is nothing. */
  resolve(node: unknown): Node;
  /** Where a node of the contract stands, or its member. */
  placeOf(node: unknown, ...keys: string[]): Place;
  /** The parameters of an operation, those of its path first, each resolved. */
  parametersOf(item: Node, operation: Node): Node[];
}

/** @param root the parsed contract, in which nothing is there twice: a `$ref` is still one */
export function createTree(root: Node): Tree {
  const places = new Map<unknown, Place>();
  const walk = (node: unknown, place: Place): void => {
    if (node === null || typeof node !== 'object') return;
    places.set(node, place);
    for (const [key, child] of Object.entries(node)) walk(child, [...place, key]);
  };
  walk(root, []);

  function resolve(node: unknown): Node {
    const ref = (node as Node | undefined)?.['$ref'];
    if (typeof ref !== 'string') return (node ?? {}) as Node;
    return resolve(
      ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, step) => (at as Node)[step], root),
    );
  }
  return {
    nodes: [...places.keys()] as Node[],
    resolve,
    placeOf: (node, ...keys) => [...(places.get(node) ?? []), ...keys],
    parametersOf: (item, operation) =>
      [item, operation].flatMap(({ parameters }) => (parameters ?? []) as unknown[]).map(resolve),
  };
}
