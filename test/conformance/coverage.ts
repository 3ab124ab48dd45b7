/** Which entries of the contract the exchanges of a run have seen, and which not. */
import {
  answerEntry,
  anything,
  codesIn,
  createShow,
  headEntry,
  headerEntry,
  optionsEntry,
  otherMethodEntry,
  parameterEntry,
  unroutedEntry,
} from './entries.ts';
import { createJudge } from './judge.ts';
import type { Count } from './seen.ts';
import { createTree, type Node } from './tree.ts';

/** An entry of the contract that must be seen, and how often it was. */
export interface Row extends Count {
  readonly entry: string;
}

/** Everything that must be seen, under headings, in the order of the contract. */
export function coverageOf(contract: Node, seen: ReadonlyMap<string, Count>): ReadonlyMap<string, readonly Row[]> {
  const rows = (entries: readonly string[]) =>
    [...new Set(entries)].map((entry) => ({ entry, socket: 0, lambda: 0, ...seen.get(entry) }));
  return new Map(Object.entries(documentedEntries(contract)).map(([heading, entries]) => [heading, rows(entries)]));
}

/**
 * Operation × documented answer (status, media type, code), its optional headers with and without; every parameter; every optional
 * member, value of an enum and null of a schema; what belongs to no operation. What only the gateway answers is left
 * out: the contract marks it with `x-made-by: gateway`.
 */
function documentedEntries(contract: Node) {
  const tree = createTree(contract);
  const { resolve, parametersOf } = tree;
  const show = createShow(tree, createJudge(tree));
  const paths = Object.entries(contract['paths'] as Record<string, Node>);
  const operations = paths.flatMap(([, item]) =>
    Object.entries(item).flatMap(([method, node]) => {
      const operation = node as Node;
      return operation['operationId'] === undefined
        ? []
        : [{ method, operation, parameters: parametersOf(item, operation) }];
    }),
  );
  const answers = operations.flatMap(({ operation }) =>
    Object.entries(operation['responses'] as Node).map(([status, reference]) => ({
      operation,
      status,
      response: resolve(reference),
    })),
  );
  const ours = answers
    .filter(({ response }) => response['x-made-by'] !== 'gateway')
    .map((one) => ({ ...one, media: mediaOf(one.response) }));

  function mediaOf({ content }: Node): { mediaType: string; schema: Node }[] {
    const all = Object.entries((content ?? {}) as Record<string, Node>).map(([mediaType, { schema }]) => ({
      mediaType,
      schema: resolve(schema),
    }));
    return all.filter(({ schema }) => schema['x-made-by'] !== 'gateway');
  }
  function answerEntries({ operation, status, response, media }: (typeof ours)[number]): string[] {
    const optional = Object.entries((response['headers'] ?? {}) as Node).filter(
      ([, header]) => resolve(header)['required'] !== true,
    );
    return [
      ...(media.length === 0 ? [answerEntry(operation, status)] : []),
      ...media.flatMap(({ mediaType, schema }) =>
        codesOf(schema).map((code) => answerEntry(operation, status, mediaType, code)),
      ),
      ...optional.flatMap(([name]) => [true, false].map((sent) => headerEntry(operation, status, name, sent))),
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
    'Answers, by operation, status, media type and code': ours.flatMap(answerEntries),
    Parameters: operations.flatMap(({ operation, parameters }) =>
      parameters.map(({ name }) => parameterEntry(operation, name)),
    ),
    'Optional members, values of enums and nulls, of accepted requests and of answers': [
      ...operations.flatMap(({ parameters }) => parameters.flatMap(({ schema }) => show(schema, anything))),
      ...[...requestSchemas, ...ours.flatMap(({ media }) => media)].flatMap(({ schema }) => show(schema, anything)),
    ],
    'What belongs to no operation': [
      ...operations.filter(({ method }) => method === 'get').map(({ operation }) => headEntry(operation)),
      ...paths.flatMap(([path]) => [optionsEntry(path), otherMethodEntry(path)]),
      ...Object.keys(contract['x-unrouted-codes'] as Node).map(unroutedEntry),
    ],
  };
}
