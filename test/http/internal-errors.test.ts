import { IssuerUnavailable } from '../../src/auth/errors.ts';
import { DatabaseUnavailable } from '../../src/storage/errors.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectProblem } from '../support/problems.ts';

/** Internal information that no response may contain. */
const internal = 'table events-prod-7 at 10.0.0.7';

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

// Libraries may reject with anything, which the rule forbids in our own code.
const rejectWith = (reason: unknown) =>
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  new Promise<never>((_resolve, reject: (reason: unknown) => void) => reject(reason));

const cases: [string, () => Promise<unknown>][] = [
  ['throws an error', () => Promise.reject(new Error(internal))],
  [
    'throws an error of another library, with a status of its own',
    () =>
      Promise.reject(
        Object.assign(new Error(internal), {
          status: 404,
          statusCode: 404,
          expose: true,
          headers: { 'X-Internal': internal },
        }),
      ),
  ],
  [
    'throws an error with the name of one of our classes',
    () => Promise.reject(Object.assign(new Error(internal), { name: 'ProblemError', code: 'forbidden' })),
  ],
  ['throws nothing', () => rejectWith(undefined)],
  ['throws a string', () => rejectWith(internal)],
  [
    'throws synchronously',
    () => {
      throw new TypeError(internal);
    },
  ],
  ['returns nothing', () => Promise.resolve(undefined)],
  ['returns an unknown problem code', () => Promise.resolve({ problem: 'no-such-code', detail: internal })],
  [
    'returns a body that cannot be serialized',
    () => Promise.resolve({ status: 200, headers: { ETag: '"1-000000000000"' }, body: cyclic }),
  ],
  ['returns an invalid header', () => Promise.resolve({ status: 200, headers: { ETag: 'a\nb' }, body: {} })],
];

describe('an internal error', () => {
  let failure: () => Promise<unknown>;
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ handlers: { listEvents: () => failure() } });
  });
  afterAll(() => app.stop());

  it.each(cases)('returns 500 without internal information if a handler %s', async (_what, thrown) => {
    failure = thrown;
    const before = app.log.length;
    const response = await app.send('/events');
    expectProblem(response, 'internal-error');
    expect(JSON.stringify([response.text, response.headers])).not.toContain('10.0.0.7');
    expect(Object.keys(response.headers).sort()).toEqual([
      'cache-control',
      'connection',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
      'x-request-id',
    ]);
    const lines = app.log.slice(before);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'error',
        message: 'request',
        requestId: response.headers['x-request-id'],
        operationId: 'listEvents',
        status: 500,
        sub: 'somebody',
      }),
    ]);
    expect(lines[0]).toHaveProperty('error');
  });

  it('is logged with the request id, its stack and its cause', async () => {
    failure = () => Promise.reject(new Error(internal, { cause: new Error('the reason') }));
    const { body } = await app.send('/events');
    const line = app.log.find(({ requestId }) => requestId === (body as { requestId: string }).requestId);
    expect(line?.['error']).toMatchObject({
      name: 'Error',
      message: internal,
      stack: expect.stringContaining('internal-errors.test.ts'),
      cause: { message: 'the reason' },
    });
  });

  it('also returns 500 in an operation without a token', async () => {
    const broken = await startTestApp({ handlers: { getHealth: () => Promise.reject(new Error(internal)) } });
    expectProblem(await broken.send('/health'), 'internal-error');
    await broken.stop();
  });

  it('does not affect the next request', async () => {
    failure = () => Promise.reject(new Error(internal));
    expect((await app.send('/events')).status).toBe(500);
    expect((await app.send('/health')).status).toBe(200);
  });
});

describe('a failing dependency', () => {
  let failure: Error;
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ handlers: { publishEvent: () => Promise.reject(failure) } });
  });
  afterAll(() => app.stop());

  it.each<[string, Error, string | undefined]>([
    ['with Retry-After if nothing was written', new DatabaseUnavailable(internal, { safeToRetry: true }), '1'],
    [
      'without Retry-After if something may have been written',
      new DatabaseUnavailable(internal, { safeToRetry: false }),
      undefined,
    ],
    ['with the Retry-After of the token issuer', new IssuerUnavailable(7), '7'],
  ])('returns 503 %s', async (_what, error, retryAfter) => {
    failure = error;
    const response = await app.send(pathTo('publishEvent', { eventId: nonexistentEventId }), { method: 'POST' });
    expectProblem(response, 'service-unavailable');
    expect(response.headers['retry-after']).toBe(retryAfter);
    expect(response.text).not.toContain('10.0.0.7');
    expect(app.log.at(-1)).toMatchObject({
      level: 'error',
      status: 503,
      error: { name: error.name, stack: expect.any(String) },
    });
  });
});
