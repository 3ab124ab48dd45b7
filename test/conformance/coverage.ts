/** How often the exchanges of a test run use each coverage item of the contract. */
import {
  responseItem,
  anything,
  callerItem,
  codesIn,
  createSchemaItems,
  headItem,
  headerItem,
  mediaTypeParameterItem,
  optionsItem,
  otherMethodItem,
  parameterItem,
  unroutedItem,
} from './coverage-items.ts';
import { isTokenOptional } from './requests.ts';
import { createSchemaValidator } from './schema-validator.ts';
import type { Count } from './recorded.ts';
import { createTree, type Node } from './tree.ts';

/** A coverage item, and how many exchanges used it. */
export interface Row extends Count {
  readonly item: string;
}

/** All coverage items with their counts, by heading, in the order of the contract. */
export function coverageOf(contract: Node, recorded: ReadonlyMap<string, Count>): ReadonlyMap<string, readonly Row[]> {
  const rows = (items: readonly string[]) =>
    [...new Set(items)].map((item) => ({ item, socket: 0, lambda: 0, ...recorded.get(item) }));
  return new Map(Object.entries(documentedItems(contract)).map(([heading, items]) => [heading, rows(items)]));
}

/**
 * The coverage items of a contract: every documented response of every operation (status, media type, code), present and absent for
 * each of its optional headers; callers with and without a token where it is optional; every parameter; every optional field, enum value
 * and null of a schema; requests without an operation.
 * Responses that only the gateway returns are left out; they have `x-made-by: gateway`.
 */
function documentedItems(contract: Node) {
  const tree = createTree(contract);
  const { resolve, parametersOf } = tree;
  const schemaItems = createSchemaItems(tree, createSchemaValidator(tree));
  const paths = Object.entries(contract['paths'] as Record<string, Node>);
  const operations = paths.flatMap(([, item]) =>
    Object.entries(item).flatMap(([method, node]) => {
      const operation = node as Node;
      return operation['operationId'] === undefined
        ? []
        : [{ method, operation, parameters: parametersOf(item, operation) }];
    }),
  );
  const responses = operations.flatMap(({ operation }) =>
    Object.entries(operation['responses'] as Node).map(([status, reference]) => ({
      operation,
      status,
      response: resolve(reference),
    })),
  );
  const ours = responses
    .filter(({ response }) => response['x-made-by'] !== 'gateway')
    .map((one) => ({ ...one, media: mediaOf(one.response) }));

  function mediaOf({ content }: Node): { mediaType: string; schema: Node; parameters: Record<string, string[]> }[] {
    const all = Object.entries((content ?? {}) as Record<string, Node>).map(([mediaType, media]) => ({
      mediaType,
      schema: resolve(media['schema']),
      parameters: (media['x-parameters'] ?? {}) as Record<string, string[]>,
    }));
    return all.filter(({ schema }) => schema['x-made-by'] !== 'gateway');
  }
  function responseItems({ operation, status, response, media }: (typeof ours)[number]): string[] {
    const optional = Object.entries((response['headers'] ?? {}) as Node).filter(
      ([, header]) => resolve(header)['required'] !== true,
    );
    return [
      ...(media.length === 0 ? [responseItem(operation, status)] : []),
      ...media.flatMap(({ mediaType, schema }) =>
        codesOf(schema).map((code) => responseItem(operation, status, mediaType, code)),
      ),
      ...media.flatMap(({ mediaType, parameters }) =>
        Object.entries(parameters).flatMap(([name, values]) =>
          values.map((value) => mediaTypeParameterItem(operation, status, mediaType, name, value)),
        ),
      ),
      ...optional.flatMap(([name]) => [true, false].map((sent) => headerItem(operation, status, name, sent))),
    ];
  }
  function codesOf({ allOf = [] }: Node): string[] {
    const codes = (allOf as Node[]).flatMap(codesIn);
    return codes.length === 0 ? [''] : codes;
  }
  const requestSchemas = operations.flatMap(({ operation }) =>
    operation['requestBody'] ? mediaOf(resolve(operation['requestBody'])) : [],
  );

  return {
    'Responses, by operation, status, media type and code': ours.flatMap(responseItems),
    'Optional tokens': operations
      .filter(({ operation }) => isTokenOptional(contract, operation))
      .flatMap(({ operation }) => [true, false].map((hasToken) => callerItem(operation, hasToken))),
    Parameters: operations.flatMap(({ operation, parameters }) =>
      parameters.map(({ name }) => parameterItem(operation, name)),
    ),
    'Optional fields, enum values and nulls, in accepted requests and in responses': [
      ...operations.flatMap(({ parameters }) => parameters.flatMap(({ schema }) => schemaItems(schema, anything))),
      ...[...requestSchemas, ...ours.flatMap(({ media }) => media)].flatMap(({ schema }) =>
        schemaItems(schema, anything),
      ),
    ],
    'Requests without an operation of their own': [
      ...operations.filter(({ method }) => method === 'get').map(({ operation }) => headItem(operation)),
      ...paths.flatMap(([path]) => [optionsItem(path), otherMethodItem(path)]),
      ...Object.keys(contract['x-unrouted-codes'] as Node).map(unroutedItem),
    ],
  };
}
