/** The examples of the contract are true: every example request is sent, and every example event and field error is returned by the API. */
import { randomUUID } from 'node:crypto';
import type { Event, Problem } from '../../src/contract/generated/types.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { parseEtag } from '../../src/domain/shared/etag.ts';
import { exampleBodies, type Operation, operations, type Parameter, resolve, responses } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, type TestResponse, transports } from '../support/api.ts';
import { requestOf } from '../support/contract-requests.ts';
import { recordOf, seed } from '../support/seed.ts';

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
    .flatMap(([, { examples = {} }]) => Object.entries(examples))
    .map(([name, example]) => ({
      title: `${operation.operationId} ${status} ${name}`,
      name,
      operation,
      value: resolve(example).value as object,
    })),
);
const events = shown.flatMap(({ title, value }) =>
  [value, ...('items' in value ? (value.items as object[]) : [])]
    .filter((one): one is Event => 'eventId' in one)
    .map((event) => ({ title, event })),
);
const withErrors = shown
  .filter(({ value }) => 'errors' in value)
  .map((one) => ({ ...one, problem: one.value as Problem }));

/** The organizer of all examples. */
const organizerId = events[0]?.event.organizerId as string;
const exampleOf = (name: string) =>
  operations.flatMap(({ parameters }) => parameters).find((one) => one.name === name)?.example as string;

/** The status of the example event before an operation, such that the operation succeeds. Default: draft. */
const statusBefore: Partial<Record<OperationId, Event['status']>> = {
  unpublishEvent: 'published',
  cancelEvent: 'published',
};

/** Parameters that are semantically invalid alone, as their descriptions say, with the problem code. */
const invalidAlone: Record<string, Problem['code']> = { status: 'invalid-filter', cursor: 'invalid-cursor' };

/** How to cause the field errors of an example: with this body, this query, or this event in the table. */
const causes: Record<string, { body?: object; query?: string; before?: Partial<EventRecord> }> = {
  unknownParameter: { query: 'color=red' },
  invalidRequest: { query: 'color=red', body: { organizer: 'somebody' } },
  invalidFilter: { query: 'status=draft' },
  invalidEvent: {
    body: { startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T18:00:00Z', timeZone: 'Europe/Babylon' },
  },
  notPublishable: { before: { location: undefined as never, startsAt: '2020-06-21T18:00:00Z' } },
};

/** A request with the example values of all required parameters and of these optional ones. */
function requestFor(
  operation: Operation,
  optional: readonly Parameter[],
  body?: object,
  eventId = exampleOf('eventId'),
): TestRequest {
  const sent = operation.parameters.filter((one) => !isOptional(one) || optional.includes(one));
  return requestOf(
    operation,
    {
      ...Object.fromEntries(sent.map(({ name, example }) => [name, example])),
      ...(operation.path.includes('{eventId}') ? { eventId } : {}),
    },
    body,
  );
}

describe.each(transports)('the examples of the contract (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  /** Sends a request for the example event as its organizer. An operation with idempotency keys gets a new organizer each time, so that no key is used. */
  async function send(
    { operationId, parameters }: Operation,
    request: TestRequest,
    before: Partial<EventRecord> = {},
  ): Promise<TestResponse> {
    const takesKey = parameters.some(({ name }) => name === 'Idempotency-Key');
    const sub = takesKey ? randomUUID() : organizerId;
    const record = {
      organizerId: sub,
      eventId: exampleOf('eventId'),
      status: statusBefore[operationId] ?? 'draft',
      ...parseEtag(exampleOf('If-Match')),
      ...before,
    };
    await seed(api.tables, [recordOf(record)]);
    const token = await api.issuer.token({ sub });
    return api.send({ ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } });
  }
  /** The first documented status of an operation. */
  const success = ({ responses }: Operation) => Number(Object.keys(responses)[0]);

  it.each(requests)('succeed as requests: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, [], body))).toMatchObject({ status: success(operation) });
  });

  it.each(requests)('succeed as requests with all parameters: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, operation.parameters, body))).toMatchObject({
      status: success(operation),
    });
  });

  it.each(requestsWithOne)(
    'succeed with each optional parameter alone, or fail as its description says: $title',
    async ({ operation, body, parameter }) => {
      const code = invalidAlone[parameter.name];
      const expected = code ? { status: 422, body: { code } } : { status: success(operation) };
      expect(await send(operation, requestFor(operation, [parameter], body))).toMatchObject(expected);
    },
  );

  it.each(events)('show an event as the API returns it: $title', async ({ event: { phase, etag, ...stored } }) => {
    const read = operations.find(({ operationId }) => operationId === 'getEvent') as Operation;
    const response = await send(read, requestFor(read, [], undefined, stored.eventId), {
      ...stored,
      ...parseEtag(etag),
    });
    expect(response).toMatchObject({ status: 200, headers: { etag } });
    expect(response.body).toEqual({ ...stored, phase, etag });
  });

  it.each(withErrors)('show the field errors that the API returns: $title', async ({ name, operation, problem }) => {
    const { body, query = '', before } = causes[name] as (typeof causes)[string];
    const valid = requestFor(
      operation,
      [],
      body && { ...(operation.requestBody ? exampleBodies(operation.operationId)[0]?.[1] : {}), ...body },
    );
    const response = await send(operation, { ...valid, path: query ? `${valid.path}?${query}` : valid.path }, before);
    const { instance: _, requestId: __, ...constant } = problem;
    expect(response.body).toMatchObject(constant);
    expect(response.body.errors).toEqual(problem.errors);
  });
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
