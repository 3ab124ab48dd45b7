/** The examples of the contract are true: every example request is sent, and every example of a resource and of field errors is returned by the API. */
import type { Problem, ProblemCode } from '../../src/contract/generated/types.ts';
import { exampleBodies, type Operation, operations, type Parameter } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, type TestResponse, transports } from '../support/api.ts';
import { domains, type FieldErrorCause } from '../support/domains.ts';
import {
  exampleRequests,
  isOptional,
  prepare,
  requestFor,
  resources,
  shown,
  successOf,
} from '../support/example-requests.ts';
import { sampled } from '../support/sample.ts';

const requestsWithOne = exampleRequests.flatMap((one) =>
  one.operation.parameters
    .filter(isOptional)
    .map((parameter) => ({ ...one, title: `${one.title}, ${parameter.name}`, parameter })),
);

const withErrors = shown
  .filter(({ value }) => 'errors' in value)
  .map((one) => ({ ...one, problem: one.value as unknown as Problem }));

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
  /** Sends a request for what the examples name. */
  async function send(operation: Operation, request: TestRequest, before?: object): Promise<TestResponse> {
    return sendAs(await prepare(api, operation, before), request);
  }

  it.each(sampled(exampleRequests))('succeed as requests: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, [], body))).toMatchObject({ status: successOf(operation) });
  });

  it.each(sampled(exampleRequests))('succeed as requests with all parameters: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, operation.parameters, body))).toMatchObject({
      status: successOf(operation),
    });
  });

  it.each(sampled(requestsWithOne))(
    'succeed with each optional parameter alone, or fail as its description says: $title',
    async ({ operation, body, parameter }) => {
      const code = codeAlone(operation, parameter);
      const expected = code ? { status: 422, body: { code } } : { status: successOf(operation) };
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
    const withExample = exampleRequests.filter(({ body }) => body).map(({ operation }) => operation.operationId);
    expect([...new Set(withExample)]).toEqual(withBody);
  });
});
