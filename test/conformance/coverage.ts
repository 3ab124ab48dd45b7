/** Which documented answers and parameters the exchanges of a run have seen, and which not. */
import { contract, lookUp, type MediaType, type Operation, type Parameter, type Response } from '../contract/contract.ts';
import type { Seen } from './checker.ts';

/** An entry of the contract that must be seen, and how often it was. */
export interface Row {
  readonly entry: string;
  readonly count: number;
}

/**
 * Operation × documented answer (status, media type, code), and every parameter. Answers that only the gateway makes are left out:
 * the contract marks them with `x-made-by`, or documents them beside the problem as `application/json`.
 */
export function coverageOf(seen: readonly Seen[]): Row[] {
  const counts = new Map<string, number>();
  const add = (entry: string) => counts.set(entry, (counts.get(entry) ?? 0) + 1);
  for (const { operationId, status, mediaType, code, parameters } of seen) {
    add(answerEntry(operationId, String(status), mediaType, code));
    for (const name of parameters) add(parameterEntry(operationId, name));
  }
  return documentedEntries().map((entry) => ({ entry, count: counts.get(entry) ?? 0 }));
}

function documentedEntries(): string[] {
  return Object.values(contract.paths).flatMap((item) => {
    const shared = item.parameters ?? [];
    return Object.values(item)
      .filter((one): one is Operation => 'operationId' in one)
      .flatMap((operation) => [
        ...Object.entries(operation.responses).flatMap(([status, response]) => answerEntries(operation.operationId, status, resolve(response))),
        ...[...shared, ...(operation.parameters ?? [])].map((one) => parameterEntry(operation.operationId, resolve<Parameter>(one).name)),
      ]);
  });
}

function answerEntries(operationId: string, status: string, response: Response): string[] {
  if (response['x-made-by'] === 'gateway') return [];
  const content = Object.entries(response.content ?? {});
  if (content.length === 0) return [answerEntry(operationId, status, '', '')];
  return content
    .filter(([mediaType]) => Number(status) < 400 || mediaType !== 'application/json')
    .flatMap(([mediaType, media]) => codesOf(media).map((code) => answerEntry(operationId, status, mediaType, code)));
}

function codesOf({ schema }: MediaType): string[] {
  return schema.allOf?.at(-1)?.properties?.['code']?.enum ?? [''];
}

function resolve<T extends { $ref?: string }>(node: T): T {
  return node.$ref === undefined ? node : (lookUp(node.$ref) as T);
}

const answerEntry = (...parts: string[]) => parts.filter((part) => part !== '').join(' ');
const parameterEntry = (operationId: string, name: string) => `${operationId} parameter ${name}`;
