import { inspect } from 'node:util';
import { createCaller } from '../src/call.ts';
import { EventsApiError, isEventsApiError } from '../src/index.ts';
import { codesByGatewayStatus, operations } from '../src/generated/operations.ts';
import { baseUrl, event, eventId, fake, gateway, ok, problem, withoutJitter } from './fake.ts';

const html = (status: number) => new Response('<h1>Welcome</h1>', { status, headers: { 'content-type': 'text/html' } });
const once = { maxRetries: 0 };

describe('A successful call', () => {
  it('resolves to the data', async () => {
    await expect(fake([ok()]).client.getEvent(eventId)).resolves.toEqual(event);
  });

  it('has data, response, ETag and request id in its result()', async () => {
    const outcome = await fake([ok()]).client.getEvent(eventId).result();
    expect(outcome).toMatchObject({ data: event, etag: event.etag, requestId: 'request-1', response: { status: 200 } });
    expect(outcome.error).toBeUndefined();
  });

  it('resolves to undefined if the contract defines no body', async () => {
    const { client } = fake([new Response(null, { status: 204, headers: { 'x-request-id': 'request-1' } })]);
    await expect(client.deleteEvent(eventId).result()).resolves.toMatchObject({
      data: undefined,
      requestId: 'request-1',
    });
  });
});

describe('A response in another media type than JSON', () => {
  const csv = 'number,name\r\n1,é\r\n';
  const requests: Request[] = [];
  const listAs = (mediaType: string, response: Response) =>
    createCaller({
      baseUrl,
      token: 'token',
      fetch: async (url, init) => {
        requests.push(new Request(url, init));
        return response;
      },
    })('listEvents', undefined, {}, { mediaType, maxRetries: 0 });
  const text = (body: string, type: string) => new Response(body, { headers: { 'content-type': type } });

  it('is asked for by Accept and returned as text', async () => {
    await expect(listAs('text/csv', text(csv, 'text/csv; charset=utf-8'))).resolves.toMatchObject({ data: csv });
    expect(requests.at(-1)?.headers.get('accept')).toBe('text/csv');
  });

  it.each([
    ['JSON', () => ok()],
    ['a page of a proxy', () => html(200)],
    ['nothing', () => new Response('')],
  ])('is an unexpected response if the server sends %s instead', async (_what, response) => {
    await expect(listAs('text/csv', response())).rejects.toMatchObject({ code: 'unexpected-response' });
  });

  it('may be empty, as the page of a list that has no rows', async () => {
    await expect(listAs('text/csv', text('', 'text/csv; header=absent'))).resolves.toMatchObject({ data: '' });
  });

  it('keeps the byte order mark, which belongs to a file', async () => {
    await expect(listAs('text/csv', text(`\ufeff${csv}`, 'text/csv'))).resolves.toMatchObject({ data: `\ufeff${csv}` });
  });

  it('is a problem with its code if the API refuses', async () => {
    await expect(listAs('text/csv', problem(403, 'forbidden'))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('A problem of the API', () => {
  it('rejects with an error that contains everything in the response', async () => {
    const { client } = fake([problem(412, 'precondition-failed', { etag: '"7-9c41d07be3f2"' })]);
    const error = (await client.updateEvent(event, {}).catch((caught: unknown) => caught)) as EventsApiError;
    expect(error).toBeInstanceOf(EventsApiError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'EventsApiError',
      message: 'updateEvent - 412 - precondition-failed - About precondition-failed. - request-1',
      code: 'precondition-failed',
      operation: 'updateEvent',
      status: 412,
      attempts: 1,
      requestId: 'request-1',
      etag: '"7-9c41d07be3f2"',
      problem: { code: 'precondition-failed', detail: 'About precondition-failed.' },
      response: { status: 412 },
    });
    expect(error.stack).toContain('responses.test.ts');
  });

  it('is the error of result(), which does not reject', async () => {
    const outcome = await fake([problem(404, 'event-not-found')])
      .client.getEvent(eventId)
      .result();
    expect(outcome).toMatchObject({
      error: { code: 'event-not-found', status: 404 },
      requestId: 'request-1',
      response: { status: 404 },
    });
    expect(outcome.data).toBeUndefined();
  });

  it('may have a code that is newer than this package', async () => {
    const { error } = await fake([problem(409, 'event-on-fire')])
      .client.publishEvent(eventId)
      .result();
    expect(error).toMatchObject({ code: 'event-on-fire', status: 409 });
  });
});

describe('A response that does not come from the API', () => {
  withoutJitter();

  it.each(Object.entries(codesByGatewayStatus))(
    'has a code of the contract for the gateway’s status %s: %s',
    async (status, code) => {
      const { error } = await fake([gateway(Number(status))], once)
        .client.publishEvent(eventId)
        .result();
      expect(error).toMatchObject({
        code,
        status: Number(status),
        problem: undefined,
        body: '{"message":"Gateway"}',
        requestId: 'gateway-1=',
      });
    },
  );

  it.each([400, 402, 409, 412, 418, 422, 501, 502])(
    'is unexpected for a status that the gateway never sends: %d',
    async (status) => {
      const { error } = await fake([gateway(status)], once)
        .client.publishEvent(eventId)
        .result();
      expect(error).toMatchObject({ code: 'unexpected-response', status });
    },
  );

  it.each([
    ['a page with 200', html(200), { code: 'unexpected-response', status: 200, body: '<h1>Welcome</h1>' }],
    ['a page with 502', html(502), { code: 'unexpected-response', status: 502, body: '<h1>Welcome</h1>' }],
    ['a page with 403', html(403), { code: 'forbidden', status: 403, body: '<h1>Welcome</h1>' }],
    ['an empty 200', new Response('', { status: 200 }), { code: 'unexpected-response', status: 200 }],
    [
      'an empty 500',
      new Response(null, { status: 500, headers: { 'content-length': '0' } }),
      { code: 'internal-error', status: 500 },
    ],
    [
      'JSON that is not an object',
      new Response('"welcome"', { status: 200 }),
      { code: 'unexpected-response', body: '"welcome"' },
    ],
    [
      'a problem document that is not JSON',
      new Response('{', { status: 409, headers: { 'content-type': 'application/problem+json' } }),
      { code: 'unexpected-response', body: '{' },
    ],
    [
      'JSON with a code of its own',
      new Response('{"code":"forbidden"}', { status: 409, headers: { 'content-type': 'application/json' } }),
      { code: 'unexpected-response' },
    ],
  ])('is an error for %s', async (_what, response, expected) => {
    const { error } = await fake([response], once).client.getEvent(eventId).result();
    expect(error).toMatchObject({ ...expected, problem: undefined });
  });
});

describe('The message of an error', () => {
  const invalid = (errors: unknown) => {
    const body = { code: 'invalid-request', detail: 'The request does not match the API schema. See errors.', errors };
    return Response.json(body, {
      status: 400,
      headers: { 'content-type': 'application/problem+json', 'x-request-id': 'request-1' },
    });
  };
  const messageFor = async (response: Response) => (await fake([response]).client.listEvents().result()).error?.message;

  it('names the fields and what is wrong with each', async () => {
    const errors = [
      { pointer: '/endsAt', code: 'required', detail: 'is required' },
      { pointer: '/location/url', code: 'invalid-format', detail: 'must be a URL' },
      { parameter: 'limit', code: 'too-large', detail: 'must be at most 100' },
      { pointer: '', code: 'invalid-type', detail: 'must be an object' },
    ];
    expect(await messageFor(invalid(errors))).toBe(
      'listEvents - 400 - invalid-request - endsAt: is required; location/url: must be a URL; limit: must be at most 100; body: must be an object - request-1',
    );
  });

  it.each<[string, unknown]>([
    ['none', undefined],
    ['an empty list', []],
    ['those of another API', { name: ['is required'] }],
    ['a text', 'name'],
  ])('is the detail of the problem if its errors are %s', async (_what, errors) => {
    expect(await messageFor(invalid(errors))).toBe(
      'listEvents - 400 - invalid-request - The request does not match the API schema. See errors. - request-1',
    );
  });

  it('survives errors that are not objects', async () => {
    expect(await messageFor(invalid([null, 'name', {}]))).toContain('body: undefined');
  });
});

describe('What a console prints of an error', () => {
  it('has neither the response nor its body, nor what is unknown', async () => {
    const { error } = await fake([html(403)])
      .client.listEvents()
      .result();
    expect(error).toMatchObject({ body: '<h1>Welcome</h1>', response: { status: 403 } });
    expect(inspect(error)).not.toMatch(/Welcome|Response|undefined|Symbol/);
    expect(Object.keys(error ?? {})).toEqual(['operation', 'code', 'status', 'attempts']);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'EventsApiError',
      message: 'listEvents - 403 - forbidden',
      operation: 'listEvents',
      code: 'forbidden',
      status: 403,
      attempts: 1,
    });
  });

  it('has the problem, the request id and the cause', async () => {
    const { error } = await fake([problem(404, 'event-not-found')])
      .client.getEvent(eventId)
      .result();
    expect(inspect(error)).toMatch(/requestId: 'request-1'/);
    expect(inspect(error)).toMatch(/detail: 'About event-not-found\.'/);
    const { error: failed } = await fake([new TypeError('fetch failed')], once)
      .client.getEvent(eventId)
      .result();
    expect(inspect(failed)).toMatch(/\[cause\]: TypeError: fetch failed/);
  });
});

describe('isEventsApiError', () => {
  it('recognizes the errors of this package, and those of one operation', async () => {
    const { error } = await fake([problem(404, 'event-not-found')])
      .client.getEvent(eventId)
      .result();
    expect(isEventsApiError(error)).toBe(true);
    expect(isEventsApiError(error, 'getEvent')).toBe(true);
    expect(isEventsApiError(error, 'updateEvent')).toBe(false);
    for (const other of [
      undefined,
      null,
      'text',
      5,
      {},
      new Error('network-error'),
      { name: 'EventsApiError', code: 'timeout' },
    ])
      expect(isEventsApiError(other)).toBe(false);
  });

  it('recognizes errors of another copy of this package', async () => {
    type Package = typeof import('../src/index.ts');
    let copy: Package | undefined;
    jest.isolateModules(() => (copy = jest.requireActual<Package>('../src/index.ts')));
    const { error } = await fake([problem(404, 'event-not-found')])
      .client.getEvent(eventId)
      .result();
    expect(error).not.toBeInstanceOf(copy?.EventsApiError);
    expect(copy?.isEventsApiError(error, 'getEvent')).toBe(true);
  });
});

test('An error that is read from result() is not reported as unhandled', async () => {
  // Jest fails a test that leaves a rejection unhandled.
  const { error } = await fake([problem(404, 'event-not-found')])
    .client.getEvent(eventId)
    .result();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(error?.code).toBe('event-not-found');
});

test('The client has a method for each operation and can be listed, spread and spied on', () => {
  const { client } = fake([]);
  expect(Object.keys(client)).toEqual(Object.keys(operations));
  expect('then' in client).toBe(false);
  expect(Object.values({ ...client }).every((method) => typeof method === 'function')).toBe(true);
});

describe('A plain result', () => {
  it('has the data, the ETag and the request id, and can be cloned', async () => {
    const plain = await fake([ok()]).client.getEvent(eventId).plain();
    expect(plain).toStrictEqual({ data: event, etag: event.etag, requestId: 'request-1' });
    expect(structuredClone(plain)).toEqual(plain);
  });

  it('has the error as a plain object', async () => {
    const plain = await fake([problem(404, 'event-not-found')])
      .client.getEvent(eventId)
      .plain();
    expect(Object.getPrototypeOf(plain.error)).toBe(Object.prototype);
    expect(structuredClone(plain)).toEqual(plain);
    expect(plain).toMatchObject({
      requestId: 'request-1',
      error: {
        name: 'EventsApiError',
        message: 'getEvent - 404 - event-not-found - About event-not-found. - request-1',
        code: 'event-not-found',
        operation: 'getEvent',
        status: 404,
        attempts: 1,
        problem: { detail: 'About event-not-found.' },
        requestId: 'request-1',
      },
    });
  });

  it('has neither the response nor its body nor the cause of a failure', async () => {
    const plain = await fake([new TypeError('fetch failed')], once)
      .client.getEvent(eventId)
      .plain();
    expect(plain.error).toStrictEqual({
      name: 'EventsApiError',
      message: 'getEvent - network-error - fetch failed',
      operation: 'getEvent',
      code: 'network-error',
      attempts: 1,
    });
  });

  it('rejects only with an error of the function that was passed', async () => {
    const call = fake([ok()]).client.updateEvent(eventId, () => {
      throw new RangeError('mine');
    });
    await expect(call.plain()).rejects.toThrow(new RangeError('mine'));
  });
});
