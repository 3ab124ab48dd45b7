import { IssuerUnavailable } from '../../src/auth/errors.ts';
import { DatabaseUnavailable } from '../../src/storage/errors.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { nobodysEventId } from '../support/requests.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { expectProblem } from '../support/problems.ts';

/** What must not leave the house. */
const inside = 'table events-prod-7 at 10.0.0.7';

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

// What other people's code may do: the rule forbids exactly what is tried here.
const rejectWith = (reason: unknown) =>
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  new Promise<never>((_resolve, reject: (reason: unknown) => void) => reject(reason));

const cases: [string, () => Promise<unknown>][] = [
  ['throws an error', () => Promise.reject(new Error(inside))],
  [
    'throws an error of another library, with a status of its own',
    () =>
      Promise.reject(
        Object.assign(new Error(inside), {
          status: 404,
          statusCode: 404,
          expose: true,
          headers: { 'X-Inside': inside },
        }),
      ),
  ],
  [
    'throws an error that is named like one of ours',
    () => Promise.reject(Object.assign(new Error(inside), { name: 'ProblemError', code: 'forbidden' })),
  ],
  ['throws nothing', () => rejectWith(undefined)],
  ['throws text', () => rejectWith(inside)],
  [
    'throws at once',
    () => {
      throw new TypeError(inside);
    },
  ],
  ['answers nothing', () => Promise.resolve(undefined)],
  ['answers a code that nobody knows', () => Promise.resolve({ problem: 'no-such-code', detail: inside })],
  [
    'answers what is no JSON',
    () => Promise.resolve({ status: 200, headers: { ETag: '"1-000000000000"' }, body: cyclic }),
  ],
  ['answers a header that cannot be sent', () => Promise.resolve({ status: 200, headers: { ETag: 'a\nb' }, body: {} })],
];

describe('a fault of ours', () => {
  let fault: () => Promise<unknown>;
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ handlers: { listEvents: () => fault() } });
  });
  afterAll(() => app.stop());

  it.each(cases)('is 500 without a word about the inside when a handler %s', async (_what, thrown) => {
    fault = thrown;
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

  it('is found in the log by the id of the request, with its stack', async () => {
    fault = () => Promise.reject(new Error(inside, { cause: new Error('the reason') }));
    const { body } = await app.send('/events');
    const line = app.log.find(({ requestId }) => requestId === (body as { requestId: string }).requestId);
    expect(line?.['error']).toMatchObject({
      name: 'Error',
      message: inside,
      stack: expect.stringContaining('own-faults.test.ts'),
      cause: { message: 'the reason' },
    });
  });

  it('can happen in what needs no token too', async () => {
    const broken = await startTestApp({ handlers: { getHealth: () => Promise.reject(new Error(inside)) } });
    expectProblem(await broken.send('/health'), 'internal-error');
    await broken.stop();
  });

  it('does not keep the next request from being answered', async () => {
    fault = () => Promise.reject(new Error(inside));
    expect((await app.send('/events')).status).toBe(500);
    expect((await app.send('/health')).status).toBe(200);
  });
});

describe('a dependency that fails', () => {
  let fault: Error;
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ handlers: { publishEvent: () => Promise.reject(fault) } });
  });
  afterAll(() => app.stop());

  it.each<[string, Error, string | undefined]>([
    ['with Retry-After where nothing was written', new DatabaseUnavailable(inside, { safeToRetry: true }), '1'],
    [
      'without Retry-After where something may have been written',
      new DatabaseUnavailable(inside, { safeToRetry: false }),
      undefined,
    ],
    ['with the seconds of the issuer', new IssuerUnavailable(7), '7'],
  ])('is 503 %s', async (_what, error, retryAfter) => {
    fault = error;
    const response = await app.send(pathTo('publishEvent', { eventId: nobodysEventId }), { method: 'POST' });
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
