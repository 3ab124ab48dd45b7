/** The contract as the documentation reads it: with its prose and examples, operation by operation. */
import { type Document, type JsonObject, type Operation, operationsOf } from '../../src/contract/operations.ts';
import type { ProblemText } from '../../src/http/problems.ts';
import { lookUp, readContract, type Tree, treeOf } from '../contract/read.ts';
import { withRetirementsDescribed } from '../contract/deprecation-text.ts';

export const contractFile = 'openapi/openapi.yaml';

/** An operation with what the server does not need of it. */
export interface DocumentedOperation extends Operation {
  readonly summary: string;
  readonly description: string;
  readonly tag: string;
  /** The schema of the answer that is a success, by its name; absent where that answer has no body. */
  readonly result?: string;
  /** The schema of what a list lists, by its name. */
  readonly item?: string;
  /** The first example of the body, where there is a body. */
  readonly exampleBody?: JsonObject;
}

export interface DocumentedContract {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Where the samples go: the first server. */
  readonly server: string;
  readonly operations: readonly DocumentedOperation[];
  readonly schemas: Readonly<Record<string, JsonObject>>;
  readonly problems: Readonly<Record<string, ProblemText & { readonly remedy: string }>>;
  readonly unroutedCodes: Readonly<Record<string, number>>;
  /** The whole document, every `$ref` as it stands. */
  readonly tree: Tree;
}

/** Reads the contract, or takes one that was read. @throws ContractError where it cannot be read */
export function readDocumentedContract(source: string | Tree = contractFile): DocumentedContract {
  const tree = withRetirementsDescribed(typeof source === 'string' ? readContract(source, contractFile) : source);
  const { info, servers, components } = tree as {
    info: Record<string, string>;
    servers: { url: string }[];
    components: Tree;
  };
  return {
    title: info['title'] ?? '',
    version: info['version'] ?? '',
    description: info['description'] ?? '',
    server: servers[0]?.url ?? '',
    operations: operationsOf(tree as unknown as Document).map((operation) => documented(operation, tree)),
    schemas: components['schemas'] as DocumentedContract['schemas'],
    problems: tree['x-problems'] as DocumentedContract['problems'],
    unroutedCodes: tree['x-unrouted-codes'] as DocumentedContract['unroutedCodes'],
    tree,
  };
}

function documented(operation: Operation, tree: Tree): DocumentedOperation {
  const source = treeOf(treeOf(treeOf(tree['paths'])[operation.path])[operation.method]);
  const result = resultOf(treeOf(source['responses']), tree);
  const item = result === undefined ? undefined : itemOf(treeOf(treeOf(treeOf(tree['components'])['schemas'])[result]));
  const examples = Object.values(treeOf(treeOf(operation.requestBody?.content['application/json'])['examples']));
  return {
    ...operation,
    summary: textOf(source['summary']),
    description: textOf(source['description']),
    tag: textOf((source['tags'] as string[])[0]),
    ...(result === undefined ? {} : { result }),
    ...(item === undefined ? {} : { item }),
    ...(examples.length === 0 ? {} : { exampleBody: treeOf(examples[0])['value'] as JsonObject }),
  };
}

/** The name behind the `$ref` of the successful answer's schema. */
function resultOf(responses: Tree, tree: Tree): string | undefined {
  const [success] = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  let response = treeOf(success?.[1]);
  if (typeof response['$ref'] === 'string') response = treeOf(lookUp(tree, response['$ref']));
  const schema = treeOf(treeOf(treeOf(response['content'])['application/json'])['schema']);
  return typeof schema['$ref'] === 'string' ? nameOf(schema['$ref']) : undefined;
}

/** The name behind the `$ref` of a page's items. */
function itemOf(schema: Tree): string | undefined {
  const ref = treeOf(treeOf(treeOf(schema['properties'])['items'])['items'])['$ref'];
  return typeof ref === 'string' ? nameOf(ref) : undefined;
}

/** The last step of a `$ref`: the name of a component. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** A scalar as text; anything else as JSON, nothing as an empty text. */
export function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
