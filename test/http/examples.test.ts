/** What the contract shows is what happens: every example of a request is sent; every event and every error that it shows is really answered. */
import { randomUUID } from 'node:crypto';
import type { Event, Problem } from '../../src/contract/generated/types.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { parseEtag } from '../../src/domain/shared/etag.ts';
import { answers, exampleBodies, type Operation, operations, type Parameter, resolve } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, type TestResponse, transports } from '../support/api.ts';
import { requestOf } from '../support/contract-requests.ts';
import { recordOf, seed } from '../support/seed.ts';

const isOptional = ({ required }: Parameter) => required !== true;

/** Every example of a request's body; where none is needed, also the request without one. */
const requests = operations.flatMap((operation) => {
  const shown = exampleBodies(operation.operationId);
  const all = operation.requestBody?.required ? shown : [...shown, ['no body', undefined] as const];
  return all.map(([name, body]) => ({ title: `${operation.operationId}, ${name}`, operation, body }));
});
const requestsWithOne = requests.flatMap((one) =>
  one.operation.parameters
    .filter(isOptional)
    .map((parameter) => ({ ...one, title: `${one.title}, ${parameter.name}`, parameter })),
);

const shown = answers.flatMap(({ operation, status, response }) =>
  Object.values(response.content ?? {}).flatMap(({ examples = {} }) =>
    Object.entries(examples).map(([name, example]) => ({
      title: `${operation.operationId} ${status} ${name}`,
      name,
      operation,
      value: resolve(example).value as object,
    })),
  ),
);
const events = shown.flatMap(({ title, value }) =>
  ('items' in value ? (value.items as Event[]) : [value as Event])
    .filter((one) => 'eventId' in one)
    .map((event) => ({ title, event })),
);
const withErrors = shown
  .filter(({ value }) => 'errors' in value)
  .map((one) => ({ ...one, problem: one.value as Problem }));

/** The organizer of all examples. */
const organizerId = events[0]?.event.organizerId as string;
const exampleOf = (name: string) =>
  operations.flatMap(({ parameters }) => parameters).find((one) => one.name === name)?.example as string;

/** In which status an operation finds the event of the examples: that in which it does what it is there for. */
const statusBefore: Partial<Record<OperationId, Event['status']>> = {
  unpublishEvent: 'published',
  cancelEvent: 'published',
};

/** Parameters that are impossible alone, as their descriptions say, with the code for it. */
const impossibleAlone: Record<string, Problem['code']> = { status: 'invalid-filter', cursor: 'invalid-cursor' };

/** How the field errors that examples show come about: what is wrong with the body, the query, or the event before. */
const causes: Record<string, { body?: object; query?: string; before?: Partial<EventRecord> }> = {
  unknownParameter: { query: 'color=red' },
  invalidRequest: { query: 'color=red', body: { organizer: 'somebody' } },
  invalidFilter: { query: 'status=draft' },
  invalidEvent: {
    body: { startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T18:00:00Z', timeZone: 'Europe/Babylon' },
  },
  notPublishable: { before: { location: undefined as never, startsAt: '2020-06-21T18:00:00Z' } },
};

/** A request with the examples of all required parameters and of these optional ones. */
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

describe.each(transports)('what the contract shows (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  /** Sends a request for the event of the examples as its organizer; what takes a key is sent by a new one each time, whose keys are unused. */
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
  /** The answer that the contract has first for an operation. */
  const success = ({ responses }: Operation) => Number(Object.keys(responses)[0]);

  it.each(requests)('is done: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, [], body))).toMatchObject({ status: success(operation) });
  });

  it.each(requests)('is done with all parameters at once: $title', async ({ operation, body }) => {
    expect(await send(operation, requestFor(operation, operation.parameters, body))).toMatchObject({
      status: success(operation),
    });
  });

  it.each(requestsWithOne)(
    'is done with each parameter alone, or impossible as its description says: $title',
    async ({ operation, body, parameter }) => {
      const code = impossibleAlone[parameter.name];
      const expected = code ? { status: 422, body: { code } } : { status: success(operation) };
      expect(await send(operation, requestFor(operation, [parameter], body))).toMatchObject(expected);
    },
  );

  it.each(events)('is an event as it is answered: $title', async ({ event: { phase, etag, ...stored } }) => {
    const read = operations.find(({ operationId }) => operationId === 'getEvent') as Operation;
    const answer = await send(read, requestFor(read, [], undefined, stored.eventId), { ...stored, ...parseEtag(etag) });
    expect(answer).toMatchObject({ status: 200, headers: { etag } });
    expect(answer.body).toEqual({ ...stored, phase, etag });
  });

  it.each(withErrors)('has the field errors that are answered: $title', async ({ name, operation, problem }) => {
    const { body, query = '', before } = causes[name] as (typeof causes)[string];
    const usual = requestFor(
      operation,
      [],
      body && { ...(operation.requestBody ? exampleBodies(operation.operationId)[0]?.[1] : {}), ...body },
    );
    const answer = await send(operation, { ...usual, path: query ? `${usual.path}?${query}` : usual.path }, before);
    const { instance: _, requestId: __, ...lasting } = problem;
    expect(answer.body).toMatchObject(lasting);
    expect(answer.body.errors).toEqual(problem.errors);
  });
});

describe('the contract', () => {
  it('shows an example of every parameter and of every body', () => {
    expect(operations.flatMap(({ parameters }) => parameters).filter(({ example }) => example === undefined)).toEqual(
      [],
    );
    const withBody = operations.filter(({ requestBody }) => requestBody).map(({ operationId }) => operationId);
    const withExample = requests.filter(({ body }) => body).map(({ operation }) => operation.operationId);
    expect([...new Set(withExample)]).toEqual(withBody);
  });
});
