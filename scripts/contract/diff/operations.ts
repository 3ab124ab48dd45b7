import { type Tree, treeOf } from '../read.ts';

/** An operation with everything that holds for it, also what the contract says once for many. */
export interface Operation {
  readonly id: string;
  /** Method and path. */
  readonly route: string;
  /** The operation as it stands in the contract, with what its path says for all of its operations. */
  readonly node: Tree;
  /** By place and name. */
  readonly parameters: Readonly<Record<string, Tree>>;
  readonly responses: Readonly<Record<string, Tree>>;
  /** What lets a caller in, in words. */
  readonly security: string;
}

/** The methods of OpenAPI 3.1.1, section 4.8.9. */
const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** All operations of a contract without `$ref`s, or all webhooks, whose names stand for paths. */
export function operationsOf(contract: Tree, section: 'paths' | 'webhooks' = 'paths'): Operation[] {
  return Object.entries(treeOf(contract[section])).flatMap(([path, item]) => {
    const entries = Object.entries(treeOf(item));
    const shared = Object.fromEntries(entries.filter(([key]) => !methods.has(key)));
    return entries
      .filter(([key]) => methods.has(key))
      .map(([method, node]) =>
        toOperation(`${method.toUpperCase()} ${path}`, shared, treeOf(node), contract['security']),
      );
  });
}

function toOperation(route: string, shared: Tree, own: Tree, security: unknown): Operation {
  const parameters = [shared, own].flatMap((one) => (one['parameters'] ?? []) as Tree[]);
  return {
    id: (own['operationId'] as string | undefined) ?? route,
    route,
    node: { ...shared, ...own },
    // An operation's own parameter replaces that of its path.
    parameters: Object.fromEntries(
      parameters.map((one) => [`the ${String(one['in'])} parameter \`${String(one['name'])}\``, withDefaults(one)]),
    ),
    responses: treeOf(own['responses']) as Record<string, Tree>,
    security: describeSecurity(own['security'] ?? security),
  };
}

/** OpenAPI 3.1.1, section 4.8.12: how a parameter is written where the contract does not say so. */
function withDefaults(parameter: Tree): Tree {
  const style = parameter['style'] ?? (parameter['in'] === 'query' || parameter['in'] === 'cookie' ? 'form' : 'simple');
  return { explode: style === 'form', ...parameter, style };
}

/** Each of the alternatives lets a caller in; all schemes of one are needed together. */
function describeSecurity(security: unknown): string {
  const alternatives = ((security ?? []) as Record<string, string[]>[]).map((one) =>
    Object.entries(one)
      .map(([scheme, scopes]) => [scheme, ...[...scopes].sort()].join(' '))
      .sort()
      .join(' and '),
  );
  return (
    alternatives
      .map((one) => one || 'nothing')
      .sort()
      .join(' or ') || 'nothing'
  );
}

type Pair = readonly [before: Operation | undefined, after: Operation | undefined];

/** Each operation of both contracts with its counterpart: the same operationId, or else the same route. */
export function pairOperations(before: readonly Operation[], after: readonly Operation[]): Pair[] {
  const kept = new Set(before.map(({ id }) => id));
  const renamed = after.filter(({ id }) => !kept.has(id));
  const known = before.map((old): Pair => [
    old,
    after.find(({ id }) => id === old.id) ?? renamed.find(({ route }) => route === old.route),
  ]);
  const added = after.filter((one) => !known.some(([, young]) => young === one)).map((one): Pair => [undefined, one]);
  return [...known, ...added];
}
