/** The contract as the documentation reads it: with its prose and examples, operation by operation. */
import type { ContractDocument } from '../../src/contract/document.ts';
import type { ProblemText } from '../../src/http/problems.ts';
import { asObject, type JsonObject, type OpenApiDocument, type Throttle } from '../../src/openapi/document.ts';
import { type Operation, operationsOf } from '../../src/openapi/operations.ts';
import { nameOf, shallowResolver } from '../../src/openapi/refs.ts';
import { readContract } from '../contract/read.ts';
import { withDeprecationsDescribed } from '../contract/deprecation-text.ts';

export const contractFile = 'openapi/openapi.yaml';

/** A named example of a body. */
export interface BodyExample {
  readonly name: string;
  readonly summary: string;
  readonly value: JsonObject;
}

/** An operation with what the server does not need of it. */
export interface DocumentedOperation extends Operation {
  readonly summary: string;
  readonly description: string;
  readonly tag: string;
  /** The name of the schema of the successful response; absent if that has no body. */
  readonly result?: string;
  /** The media type of the successful response. */
  readonly resultType?: string;
  /** The schema of what a list lists, by its name. */
  readonly item?: string;
  /** The schema of the body, with its references. */
  readonly bodySchema?: JsonObject;
  /** The limit of the gateway: its own, or else that of its kind; absent from documents without limits. */
  readonly limit?: Throttle;
  /** The examples of the body; empty where there is none. */
  readonly examples: readonly BodyExample[];
  /** The value of the first of them. */
  readonly exampleBody?: JsonObject;
}

export interface DocumentedContract {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** The address of the repository, which the contract names as its contact. */
  readonly repository: string;
  /** Where the documentation is published, with a slash at the end. */
  readonly url: string;
  /** Where the samples go: the first server. */
  readonly server: string;
  readonly operations: readonly DocumentedOperation[];
  readonly schemas: Readonly<Record<string, JsonObject>>;
  readonly problems: Readonly<Record<string, ProblemText & { readonly remedy: string }>>;
  readonly unroutedCodes: Readonly<Record<string, number>>;
  /** The whole document, with its `$ref`s. */
  readonly tree: OpenApiDocument;
}

/** Reads the contract, or takes one that was read. @throws ContractError if it cannot be read */
export function readDocumentedContract(source: string | OpenApiDocument = contractFile): DocumentedContract {
  const tree = withDeprecationsDescribed(typeof source === 'string' ? readContract(source, contractFile) : source);
  const [server] = (tree['servers'] ?? []) as readonly JsonObject[];
  const schemas = asObject(tree.components?.['schemas']) as DocumentedContract['schemas'];
  const written = operationsOf(tree, shallowResolver(tree));
  return {
    title: textOf(tree.info['title']),
    version: textOf(tree.info.version),
    description: textOf(tree.info['description']),
    repository: textOf(asObject(tree.info['contact'])['url']),
    url: textOf(asObject(tree['externalDocs'])['url']),
    server: textOf(server?.['url']),
    operations: operationsOf(tree).map((operation, index) => documented(operation, written[index] as Operation, tree)),
    schemas,
    problems: tree['x-problems'] as unknown as DocumentedContract['problems'],
    unroutedCodes: tree['x-unrouted-codes'] as DocumentedContract['unroutedCodes'],
    tree,
  };
}

/** @param written the operation with its references to schemas */
function documented(operation: Operation, written: Operation, tree: OpenApiDocument): DocumentedOperation {
  const schemas = asObject(tree.components?.['schemas']) as DocumentedContract['schemas'];
  const limits = (tree as ContractDocument)['x-throttles'];
  const limit = operation.throttle ?? limits?.[operation.secured ? 'secured' : 'open'];
  const { source, requestBody } = operation;
  const { name: result, type: resultType } = resultOf(written);
  const item = result === undefined ? undefined : itemOf(schemas[result]);
  const bodySchema = written.requestBody?.content['application/json']?.['schema'];
  const examples = Object.entries(asObject(requestBody?.content['application/json']?.['examples'])).map(
    ([name, example]): BodyExample => {
      const { summary, value } = asObject(example);
      return { name, summary: textOf(summary), value: asObject(value) };
    },
  );
  return {
    ...operation,
    summary: textOf(source['summary']),
    description: textOf(source['description']),
    tag: textOf((source['tags'] as string[])[0]),
    ...(result === undefined ? {} : { result }),
    ...(resultType === undefined ? {} : { resultType }),
    ...(item === undefined ? {} : { item }),
    ...(bodySchema === undefined ? {} : { bodySchema: asObject(bodySchema) }),
    ...(limit === undefined ? {} : { limit }),
    examples,
    ...(examples[0] === undefined ? {} : { exampleBody: examples[0].value }),
  };
}

/** The name of the schema of the successful response, and its media type: JSON where several are offered. */
function resultOf({ responses }: Operation): { readonly name?: string | undefined; readonly type?: string } {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const [first, ...others] = Object.entries(asObject(success?.['content']));
  if (first === undefined) return {};
  const [type, media] = others.find(([one]) => one === 'application/json') ?? first;
  return { name: nameOf(asObject(media)['schema'], 'schemas'), type };
}

/** The name of the schema of a page's items. */
function itemOf(schema: JsonObject | undefined): string | undefined {
  return nameOf(asObject(asObject(schema?.['properties'])['items'])['items'], 'schemas');
}

/** A scalar as text; anything else as JSON, nothing as an empty text. */
export function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The rate limit of an operation as a sentence, with a link to the guide; empty where there is none. */
export function limitOf({ limit }: DocumentedOperation, guide: string): string {
  if (limit === undefined) return '';
  const { rate, burst } = limit;
  return `[Rate limit](${guide}#rate-limits): ${rate} requests per second, with bursts of ${burst}, for all callers together.`;
}
