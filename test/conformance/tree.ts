/** The contract as a tree that knows the place of each node. */

/** Any object of the contract. */
export type Node = Readonly<Record<string, unknown>>;
/** A path from the root of the contract, as keys. */
export type Place = readonly string[];

export interface Tree {
  /** Every object of the contract. */
  readonly nodes: readonly Node[];
  /** A node, or the target of its `$ref`; an empty object if there is none. */
  resolve(node: unknown): Node;
  /** The place of a node of the contract, or of its member at these keys. */
  placeOf(node: unknown, ...keys: string[]): Place;
  /** The parameters of an operation, those of its path first, each resolved. */
  parametersOf(item: Node, operation: Node): Node[];
}

/** @param root the parsed contract, with its `$ref`s unresolved, so that each node has one place */
export function createTree(root: Node): Tree {
  const places = new Map<unknown, Place>();
  const walk = (node: unknown, place: Place): void => {
    if (node === null || typeof node !== 'object') return;
    places.set(node, place);
    for (const [key, child] of Object.entries(node)) walk(child, [...place, key]);
  };
  walk(root, []);

  const targets = new Map<string, Node>();

  function resolve(node: unknown): Node {
    const ref = (node as Node | undefined)?.['$ref'];
    if (typeof ref !== 'string') return (node ?? {}) as Node;
    const target = targets.get(ref) ?? resolve(lookUp(ref));
    targets.set(ref, target);
    return target;
  }
  function lookUp(ref: string): unknown {
    const steps = ref.slice(2).split('/');
    return steps.reduce<unknown>((at, step) => (at as Node)[step], root);
  }
  return {
    nodes: [...places.keys()] as Node[],
    resolve,
    placeOf: (node, ...keys) => [...(places.get(node) ?? []), ...keys],
    parametersOf: (item, operation) =>
      [item, operation].flatMap(({ parameters }) => (parameters ?? []) as unknown[]).map(resolve),
  };
}
