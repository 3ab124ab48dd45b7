/** Requests as the contract's examples show them, and what must be stored before. */
import { randomUUID } from 'node:crypto';
import {
  exampleBodies,
  type Operation,
  operations,
  type Parameter,
  resolve,
  responses,
  type Schema,
  takesKey,
} from '../contract/contract.ts';
import type { TestApi, TestRequest } from './api.ts';
import { requestOf, type Values } from './contract-requests.ts';
import { resourceOf, shownResources } from './domains.ts';

/** Whether requests may omit a parameter. */
export const isOptional = ({ required }: Parameter) => required !== true;

/** Every example of a request body; if the body is optional, also the request without it. */
export const exampleRequests = operations.flatMap((operation) => {
  const bodies = exampleBodies(operation.operationId);
  const all = operation.requestBody?.required ? bodies : [...bodies, ['no body', undefined] as const];
  return all.map(([name, body]) => ({ title: `${operation.operationId}, ${name}`, operation, body }));
});
/** The examples of JSON responses. */
export const shown = responses.flatMap(({ operation, status, response }) =>
  Object.entries(response.content ?? {})
    .filter(([mediaType]) => mediaType.endsWith('json'))
    .flatMap(([, { schema, examples = {} }]) =>
      Object.entries(examples).map(([name, example]) => ({
        title: `${operation.operationId} ${status} ${name}`,
        name,
        operation,
        schema,
        value: resolve(example).value as Members,
      })),
    ),
);
type Members = Readonly<Record<string, unknown>>;

/** The examples of resources, alone and in lists, each with what its domain says about it. */
export const resources = shown.flatMap(({ title, schema, value }) => {
  const itemSchema = resolve(schema).properties?.['items']?.['items'] as Schema | undefined;
  const all = [
    { schema: schema.$ref, value },
    ...(itemSchema === undefined
      ? []
      : (value['items'] as Members[]).map((one) => ({ schema: itemSchema.$ref, value: one }))),
  ];
  return all.flatMap((one) => {
    const resource = shownResources.get(one.schema?.split('/').at(-1) ?? '');
    return resource ? [{ title, resource, value: one.value }] : [];
  });
});
/** The caller of all examples: cursors are valid for one caller only. */
export const exampleCaller = resources.find(({ value }) => 'organizerId' in value)?.value['organizerId'] as string;

/** A request with the example values of all required parameters and of these optional ones. */
export function requestFor(
  operation: Operation,
  optional: readonly Parameter[],
  body?: object,
  changed: Values = {},
): TestRequest {
  const sent = operation.parameters.filter((one) => !isOptional(one) || optional.includes(one));
  const values = Object.fromEntries(sent.map(({ name, example }) => [name, example]));
  return requestOf(operation, { ...values, ...changed }, body);
}

/** The first documented status of an operation. */
export const successOf = ({ responses: documented }: Operation): number => Number(Object.keys(documented)[0]);

/**
 * Stores what the example request of an operation names. An operation with idempotency keys has a new caller each time, so that no key is
 * used.
 *
 * @param before what differs from the examples
 * @returns the `sub` of the caller whose request succeeds
 */
export async function prepare(
  api: Pick<TestApi, 'tables'>,
  operation: Operation,
  before?: object,
  caller: string = takesKey(operation) ? randomUUID() : exampleCaller,
): Promise<string> {
  await resourceOf(operation)?.store(api, operation, caller, before);
  return caller;
}
