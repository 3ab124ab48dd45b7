/** What a program sees of the attempts of its calls, and what it adds to them. */
import type { Attempt, AttemptedRequest, ClientOptions } from '../src/index.ts';
import { event, eventId, fake, gateway, least, ok, problem, withoutJitter } from './fake.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('onAttempt', () => {
  withoutJitter();
  afterEach(() => jest.useRealTimers());

  it('is called after each attempt with its duration and its response or error', async () => {
    jest.useFakeTimers();
    const attempts: Attempt[] = [];
    const slow = () => new Promise<Response>((resolve) => setTimeout(() => resolve(gateway(502)), 30));
    const { client } = fake([slow, new TypeError('fetch failed'), ok()], {
      onAttempt: (attempt) => void attempts.push(attempt),
    });
    const call = client.getEvent(eventId);
    await jest.runAllTimersAsync();
    await call;
    const callId = attempts[0]?.callId;
    expect(callId).toMatch(/^[\d-]+$/);
    expect(attempts).toEqual([
      {
        operation: 'getEvent',
        callId,
        attempt: 1,
        durationMs: 30,
        response: expect.objectContaining({ status: 502 }),
        error: expect.objectContaining({ code: 'unexpected-response' }),
      },
      {
        operation: 'getEvent',
        callId,
        attempt: 2,
        durationMs: 0,
        response: undefined,
        error: expect.objectContaining({ code: 'network-error' }),
      },
      {
        operation: 'getEvent',
        callId,
        attempt: 3,
        durationMs: 0,
        response: expect.objectContaining({ status: 200 }),
        error: undefined,
      },
    ]);
  });

  it.each([
    ['throw', () => raise()],
    ['reject', async () => raise(await Promise.resolve())],
  ])('may %s without affecting the call; its error is logged to the console', async (_how, onAttempt) => {
    const shown = jest.spyOn(console, 'error').mockImplementation();
    await expect(fake([ok()], { onAttempt }).client.getEvent(eventId)).resolves.toEqual(event);
    await turn();
    expect(shown).toHaveBeenCalledWith(failure);
  });
});

const failure = new Error('no disk');
function raise(_after?: void): never {
  throw failure;
}

describe('onRequest', () => {
  withoutJitter();

  it('sees each request before it is sent, and sets headers for that attempt', async () => {
    const seen: Omit<AttemptedRequest, 'headers'>[] = [];
    const { client, sent } = fake([gateway(502), ok()], {
      onRequest({ headers, ...request }) {
        expect(headers.get('authorization')).toBe('Bearer token');
        expect(headers.get('traceparent')).toBeNull();
        headers.set('traceparent', `00-${request.attempt}`);
        seen.push(request);
      },
    });
    await client.getEvent(eventId);
    expect(sent.map(({ headers }) => headers['traceparent'])).toEqual(['00-1', '00-2']);
    const callId = seen[0]?.callId;
    const url = sent[0]?.url;
    expect(seen).toEqual([
      { operation: 'getEvent', callId, attempt: 1, url },
      { operation: 'getEvent', callId, attempt: 2, url },
    ]);
  });

  it('has the same call id as onAttempt, and another one in the next call', async () => {
    const ids: string[] = [];
    const note = ({ callId }: { callId: string }) => void ids.push(callId);
    const { client } = fake([ok(), ok()], { onRequest: note, onAttempt: note });
    await client.getEvent(eventId);
    await turn();
    await client.getEvent(eventId);
    await turn();
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('is awaited', async () => {
    const { client, sent } = fake([ok()], {
      async onRequest({ headers }) {
        await turn();
        headers.set('x-late', 'yes');
      },
    });
    await client.getEvent(eventId);
    expect(sent[0]?.headers['x-late']).toBe('yes');
  });

  it.each([
    ['throws', () => raise()],
    ['sets a header that cannot be sent', ({ headers }: AttemptedRequest) => headers.set('x-line', 'a\nb')],
  ])('prevents the request if it %s', async (_what, onRequest) => {
    const { client, sent } = fake([], { onRequest });
    const { error } = await client.createEvent(least).result();
    expect(error).toMatchObject({ code: 'invalid-request', attempts: 0, cause: { message: expect.any(String) } });
    expect(sent).toEqual([]);
  });

  it('prevents the request if the call is aborted meanwhile', async () => {
    const controller = new AbortController();
    const { client, sent } = fake([], {
      async onRequest() {
        controller.abort();
        await turn();
      },
    });
    const { error } = await client.createEvent(least, { signal: controller.signal }).result();
    await turn();
    expect(error).toMatchObject({ code: 'aborted', attempts: 0 });
    expect(sent).toEqual([]);
  });
});

describe('A logger', () => {
  withoutJitter();
  const logger = () => ({ debug: jest.fn(), warn: jest.fn(), error: jest.fn() });

  it('gets a line for each attempt if it has the method debug, without anything that could be secret', async () => {
    const own = logger();
    const { client } = fake([new TypeError('fetch failed'), problem(404, 'event-not-found')], { logger: own });
    await client.getEvent(eventId).result();
    await turn();
    expect(own.debug.mock.calls.flat()).toEqual([
      expect.stringMatching(/^[\d-]+ getEvent 1: network-error in \d+ ms$/),
      expect.stringMatching(/^[\d-]+ getEvent 2: event-not-found in \d+ ms$/),
    ]);
  });

  it('gets the status of a success', async () => {
    const own = logger();
    await fake([ok()], { logger: own }).client.getEvent(eventId);
    await turn();
    expect(own.debug).toHaveBeenCalledWith(expect.stringMatching(/ getEvent 1: 200 in \d+ ms$/));
  });

  it('gets the errors of onAttempt instead of the console', async () => {
    const shown = jest.spyOn(console, 'error').mockImplementation();
    const own = logger();
    await fake([ok()], { logger: own, onAttempt: () => raise() }).client.getEvent(eventId);
    await turn();
    expect(own.error).toHaveBeenCalledWith(failure);
    expect(shown).not.toHaveBeenCalled();
  });

  it('needs no method debug, and the console is not written to for each attempt', async () => {
    const shown = jest.spyOn(console, 'debug').mockImplementation();
    const { debug: _, ...quiet } = logger();
    await fake([ok()], { logger: quiet }).client.getEvent(eventId);
    await fake([ok()]).client.getEvent(eventId);
    await turn();
    expect(shown).not.toHaveBeenCalled();
    expect(quiet.error).not.toHaveBeenCalled();
  });
});

describe('fetchOptions', () => {
  /** What `fetch` gets beside the URL. */
  async function initOf(options: Partial<ClientOptions>, fetchOptions?: object): Promise<Record<string, unknown>> {
    let init: RequestInit | undefined;
    const { client } = fake([], {
      ...options,
      fetch: (_url, given) => ((init = given), Promise.resolve(ok())),
    });
    await client.updateEvent(eventId, { capacity: 1 }, { fetchOptions: fetchOptions as never });
    return init as Record<string, unknown>;
  }

  it('reach fetch, those of the call before those of the client', async () => {
    const dispatcher = {};
    const init = await initOf(
      { fetchOptions: { dispatcher, cache: 'default' } },
      { cache: 'no-store', next: { tags: ['event'] } },
    );
    expect(init).toMatchObject({ cache: 'no-store', next: { tags: ['event'] } });
    expect(init['dispatcher']).toBe(dispatcher);
  });

  it('replace nothing that the client sends', async () => {
    const init = await initOf(
      {},
      {
        method: 'DELETE',
        body: 'x',
        headers: { a: 'b' },
        redirect: 'follow',
        signal: 'none',
        url: 'https://example.org',
      },
    );
    expect(init).toMatchObject({ method: 'PATCH', body: '{"capacity":1}', redirect: 'manual' });
    expect(init['headers']).toMatchObject({ authorization: 'Bearer token' });
    expect(init['headers']).not.toHaveProperty('a');
    expect(init['signal']).toBeInstanceOf(AbortSignal);
  });

  it('are refused if their members are invisible', async () => {
    const { client } = fake([]);
    const { error } = await client.getEvent(eventId, undefined, { fetchOptions: new Map() as never }).result();
    expect(error).toMatchObject({
      code: 'invalid-request',
      attempts: 0,
      message: expect.stringContaining('fetchOptions'),
    });
  });
});
