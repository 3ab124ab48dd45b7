/** The examples of the contract are true: every example request is sent, and every example of a resource and of field errors is returned by the API. */
import { randomUUID } from 'node:crypto';
import type { Problem, ProblemCode } from '../../src/contract/generated/types.ts';
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
import { startTestApi, type TestApi, type TestRequest, type TestResponse, transports } from '../support/api.ts';
import { requestOf, type Values } from '../support/contract-requests.ts';
import { domains, type FieldErrorCause, resourceOf, shownResources } from '../support/domains.ts';
import { sampled } from '../support/sample.ts';

const isOptional = ({ required }: Parameter) => required !== true;

/** Every example of a request body; if the body is optional, also the request without it. */
const requests = operations.flatMap((operation) => {
  const bodies = exampleBodies(operation.operationId);
  const all = operation.requestBody?.required ? bodies : [...bodies, ['no body', undefined] as const];
  return all.map(([name, body]) => ({ title: `${operation.operationId}, ${name}`, operation, body }));
});
const requestsWithOne = requests.flatMap((one) =>
  one.operation.parameters
    .filter(isOptional)
    .map((parameter) => ({ ...one, title: `${one.title}, ${parameter.name}`, parameter })),
);

/** The examples of JSON responses. */
const shown = responses.flatMap(({ operation, status, response }) =>
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
const resources = shown.flatMap(({ title, schema, value }) => {
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
const withErrors = shown
  .filter(({ value }) => 'errors' in value)
  .map((one) => ({ ...one, problem: one.value as unknown as Problem }));

/** The caller of all examples: cursors are valid for one caller only. */
const exampleCaller = resources.find(({ value }) => 'organizerId' in value)?.value['organizerId'] as string;

/** How to cause the field errors of an example. */
const causes: Readonly<Record<string, FieldErrorCause>> = Object.assign(
  {
    unknownParameter: { query: 'color=red' },
    invalidRequest: { query: 'color=red', body: { organizer: 'somebody' } },
  },
  ...domains.map(({ fieldErrors }) => fieldErrors),
);

/** The problem code of a request with this parameter but not those that it requires; undefined if it requires none. */
function codeAlone({ operationId }: Operation, { name }: Parameter): ProblemCode | undefined {
  return domains.map(({ invalidAlone }) => invalidAlone[operationId]?.[name]).find((code) => code !== undefined);
}

/** A request with the example values of all required parameters and of these optional ones. */
function requestFor(
  operation: Operation,
  optional: readonly Parameter[],
  body?: object,
  changed: Values = {},
): TestRequest {
  const sent = operation.parameters.filter((one) => !isOptional(one) || optional.includes(one));
  const values = Object.fromEntries(sent.map(({ name, example }) => [name, example]));
  return requestOf(operation, { ...values, ...changed }, body);
}

describe.each(transports)('the examples of the contract (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  /** Sends a request as this caller. */
  async function sendAs(sub: string, request: TestRequest): Promise<TestResponse> {
    const token = await api.issuer.token({ sub });
    return api.send({ ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } });
  }
  /** Sends a request for what the examples name. An operation with idempotency keys gets a new caller each time, so that no key is used. */
  async function send(operation: Operation, request: TestRequest, before?: object): Promise<TestResponse> {
    const caller = takesKey(operation) ? randomUUID() : exampleCaller;
    await resourceOf(operation)?.store(api, operation, caller, before);
    return sendAs(caller, request);
  }
  /** The first documented status of an operation. */
  const success = ({ responses }: Operation) => Number(Object.keys(responses)[0]);

  it.each(sampled(requests))('succeed as requests: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, [], body))).toMatchObject({ status: success(operation) });
  });

  it.each(sampled(requests))('succeed as requests with all parameters: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, operation.parameters, body))).toMatchObject({
      status: success(operation),
    });
  });

  it.each(sampled(requestsWithOne))(
    'succeed with each optional parameter alone, or fail as its description says: $title',
    async ({ operation, body, parameter }) => {
      const code = codeAlone(operation, parameter);
      const expected = code ? { status: 422, body: { code } } : { status: success(operation) };
      expect(await send(operation, requestFor(operation, [parameter], body))).toMatchObject(expected);
    },
  );

  it.each(resources)('show a resource as the API returns it: $title', async ({ resource, value }) => {
    const path = resource.shown.path?.(value) ?? resource.path;
    const read = operations.find((one) => one.method === 'GET' && one.path === path) as Operation;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const caller = await resource.shown.store(api, value);
    const request = requestFor(read, [], undefined, Object.fromEntries(names.map((name) => [name, value[name]])));
    const response = await sendAs(caller, request);
    expect(response).toMatchObject({ status: 200, headers: 'etag' in value ? { etag: value['etag'] } : {} });
    expect(response.body).toEqual(value);
  });

  it.each(sampled(withErrors))(
    'show the field errors that the API returns: $title',
    async ({ name, operation, problem }) => {
      const { body, query = '', before } = causes[name] as FieldErrorCause;
      const valid = requestFor(
        operation,
        [],
        body && { ...(operation.requestBody ? exampleBodies(operation.operationId)[0]?.[1] : {}), ...body },
      );
      const response = await send(operation, { ...valid, path: query ? `${valid.path}?${query}` : valid.path }, before);
      const { instance: _, requestId: __, ...constant } = problem;
      expect(response.body).toMatchObject(constant);
      expect(response.body.errors).toEqual(problem.errors);
    },
  );
});

describe('the contract', () => {
  it('has an example of every parameter and of every body', () => {
    expect(operations.flatMap(({ parameters }) => parameters).filter(({ example }) => example === undefined)).toEqual(
      [],
    );
    const withBody = operations.filter(({ requestBody }) => requestBody).map(({ operationId }) => operationId);
    const withExample = requests.filter(({ body }) => body).map(({ operation }) => operation.operationId);
    expect([...new Set(withExample)]).toEqual(withBody);
  });
});
