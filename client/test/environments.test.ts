/** Other implementations of what the platform provides: they work, or the call says what is wrong without an attempt. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEventsClient, type ClientOptions } from '../src/index.ts';
import { baseUrl, event, eventId, fake, gateway, least, ok, problem, silence, withoutJitter } from './fake.ts';

/** An AbortSignal like that of jsdom: the platform's `fetch` and listeners refuse it, and it refuses the platform's. */
class ForeignSignal {
  aborted = false;
  reason: unknown;
  readonly listeners = new Set<() => void>();
  addEventListener(_type: 'abort', listener: () => void, options?: unknown): void {
    if (options !== undefined)
      throw new TypeError("parameter 3 has member 'signal' that is not of type 'AbortSignal'.");
    this.listeners.add(listener);
  }
  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }
}

class ForeignController {
  readonly signal = new ForeignSignal();
  abort(reason: unknown = new Error('aborted')): void {
    Object.assign(this.signal, { aborted: true, reason });
    for (const listener of [...this.signal.listeners]) listener();
  }
}

/** What Node.js 24 does: it accepts its own signals only. */
class StrictRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    if (init?.signal instanceof ForeignSignal) throw new TypeError('Expected signal to be an instance of AbortSignal.');
    super(input, init);
  }
}

let restore: (() => void)[] = [];
/** Replaces what the platform provides, until the end of the test. */
function replace(name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name) as PropertyDescriptor;
  restore.push(() => Object.defineProperty(globalThis, name, before));
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
afterEach(() => {
  for (const undo of restore) undo();
  restore = [];
  jest.restoreAllMocks();
});

describe('A page that runs in jsdom, with an AbortSignal of its own,', () => {
  withoutJitter();
  beforeEach(() => {
    replace('AbortController', ForeignController);
    replace('Request', StrictRequest);
  });

  it('gets its responses', async () => {
    const { client, sent } = fake([ok(), gateway(502), ok()]);
    await expect(client.getEvent(eventId)).resolves.toEqual(event);
    await expect(client.getEvent(eventId)).resolves.toEqual(event);
    expect(sent).toHaveLength(3);
  });

  it('can abort a call, and has no listeners left', async () => {
    const controller = new ForeignController();
    const { client } = fake([silence, ok()]);
    const options = { signal: controller.signal as unknown as AbortSignal };
    await client.getHealth(undefined, { ...options, timeoutMs: 5, maxRetries: 0 }).result();
    expect(controller.signal.listeners.size).toBe(0);
    const aborted = fake([silence]).client.getEvent(eventId, undefined, options).result();
    setTimeout(() => controller.abort(new Error('left the page')), 5);
    expect(await aborted).toMatchObject({ error: { code: 'aborted', cause: new Error('left the page') } });
  });

  it('can time out', async () => {
    const { error } = await fake([silence])
      .client.getEvent(eventId, undefined, { timeoutMs: 5, maxRetries: 0 })
      .result();
    expect(error).toMatchObject({ code: 'timeout', attempts: 1 });
  });
});

test('A foreign signal ends a call of the platform', async () => {
  const controller = new ForeignController();
  const signal = controller.signal as unknown as AbortSignal;
  const call = fake([silence]).client.getEvent(eventId, undefined, { signal }).result();
  setTimeout(() => controller.abort(), 5);
  expect(await call).toMatchObject({ error: { code: 'aborted', attempts: 1 } });
  expect(controller.signal.listeners.size).toBe(0);
});

test('A platform without Request sends without a signal', async () => {
  replace('Request', undefined);
  const seen: unknown[] = [];
  const respond: ClientOptions['fetch'] = async (_url, init) => {
    seen.push(init);
    return ok();
  };
  await createEventsClient({ baseUrl, fetch: respond }).getHealth();
  expect(seen).toEqual([expect.not.objectContaining({ signal: expect.anything() as unknown })]);
});

describe('The fetch of the client', () => {
  it('gets the parts of a request, which every implementation understands', async () => {
    const respond = jest.fn(async () => ok());
    const client = createEventsClient({ baseUrl, token: 'token', fetch: respond });
    await client.updateEvent(event, { name: 'Another' });
    expect(respond.mock.calls).toEqual([
      [
        `${baseUrl}/events/${eventId}`,
        {
          method: 'PATCH',
          headers: {
            authorization: 'Bearer token',
            'client-version': expect.any(String) as string,
            'content-type': 'application/json',
            'if-match': event.etag,
          },
          body: '{"name":"Another"}',
          redirect: 'manual',
          signal: expect.any(AbortSignal) as AbortSignal,
        },
      ],
    ]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['something else', { ok: true }],
    ['a response that cannot be read', { ok: true, headers: new Headers() }],
    [
      'a response that was read before',
      (() => {
        const response = ok();
        void response.text();
        return response;
      })(),
    ],
  ])('that returns %s makes the response unexpected, without a retry', async (_what, response) => {
    const respond = jest.fn(async () => response as Response);
    const { error } = await fake([], { fetch: respond }).client.getEvent(eventId).result();
    expect(error).toMatchObject({
      code: 'unexpected-response',
      attempts: 1,
      message: 'getEvent - unexpected-response - fetch returned no readable Response',
    });
  });

  it('that returns an incomplete response makes it unexpected, without a retry', async () => {
    const respond = jest.fn(async () => ({ ok: true, headers: {}, text: async () => '{}' }) as unknown as Response);
    const { error } = await fake([], { fetch: respond }).client.getEvent(eventId).result();
    expect(error).toMatchObject({
      code: 'unexpected-response',
      attempts: 1,
      cause: expect.any(TypeError) as TypeError,
    });
  });

  it.each<[string, unknown]>([
    ['not a function', 'fetch'],
    ['an object', {}],
  ])('is refused if it is %s', async (_what, other) => {
    const { error } = await fake([], { fetch: other as typeof fetch })
      .client.getEvent(eventId)
      .result();
    expect(error).toMatchObject({
      code: 'invalid-request',
      attempts: 0,
      cause: new TypeError('fetch is not a function'),
    });
  });

  it('may be null, which is the platform’s', async () => {
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(ok());
    await expect(fake([], { fetch: null as never }).client.getEvent(eventId)).resolves.toEqual(event);
  });

  it('is missing on some platforms, which the call says without an attempt', async () => {
    replace('fetch', undefined);
    const { error } = await createEventsClient({ baseUrl }).getHealth().result();
    expect(error).toMatchObject({
      code: 'invalid-request',
      attempts: 0,
      cause: new TypeError('fetch is not a function'),
    });
  });

  it('says why it failed, and not only that it did', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = createEventsClient({ baseUrl: `http://127.0.0.1:${port}`, maxRetries: 0 });
    const { error } = await client.getHealth().result();
    expect(error).toMatchObject({
      code: 'network-error',
      message: `getHealth - network-error - fetch failed: connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });
});

test.each<[string, unknown]>([
  ['without crypto', undefined],
  ['with a crypto that has no random values', {}],
])('A platform %s has idempotency keys', async (_what, crypto) => {
  replace('crypto', crypto);
  const { client, sent } = fake(Array.from({ length: 20 }, () => ok()));
  for (let index = 0; index < 20; index += 1) await client.createEvent(least);
  const keys = sent.map(({ headers }) => headers['idempotency-key'] ?? '');
  expect(new Set(keys).size).toBe(20);
  for (const key of keys) expect(key).toMatch(/^\d{1,10}(-\d{1,10}){3}$/);
  for (const part of [0, 1, 2, 3])
    expect(new Set(keys.map((key) => Number(key.split('-')[part]) >>> 16)).size).toBeGreaterThan(10);
});

describe('baseUrl', () => {
  const create = (given: unknown) => createEventsClient({ baseUrl: given as string });

  it.each<[string, unknown, string]>([
    ['is missing', undefined, 'baseUrl is undefined'],
    ['is null', null, 'baseUrl is not a URL'],
    ['is a number', 3000, 'baseUrl is not a URL'],
    ['is an object', {}, 'baseUrl is not a URL'],
    ['is empty', '', 'baseUrl is not a URL with http:// or https://; only a web page may omit them'],
    ['is relative', '/api/v1', 'baseUrl is not a URL with http:// or https://; only a web page may omit them'],
    ['has no scheme', 'localhost:3000', 'baseUrl is not a URL with http:// or https://; only a web page may omit them'],
    [
      'has another scheme',
      'ftp://host',
      'baseUrl is not a URL with http:// or https://; only a web page may omit them',
    ],
    [
      'has a user and a password',
      'https://user:pw@host/api',
      'baseUrl contains a user name or a password, which fetch rejects',
    ],
    ['has a user', new URL('https://user@host'), 'baseUrl contains a user name or a password, which fetch rejects'],
    [
      'has a query',
      `${baseUrl}?stage=1`,
      'baseUrl contains a query or a fragment, which would end the path of each operation',
    ],
    [
      'has a query as URL',
      new URL(`${baseUrl}?a=b`),
      'baseUrl contains a query or a fragment, which would end the path of each operation',
    ],
    [
      'has a fragment',
      `${baseUrl}#/`,
      'baseUrl contains a query or a fragment, which would end the path of each operation',
    ],
    [
      'has an empty query',
      `${baseUrl}?`,
      'baseUrl contains a query or a fragment, which would end the path of each operation',
    ],
  ])('that %s is refused when the client is created', (_what, given, message) => {
    expect(() => create(given)).toThrow(new TypeError(message));
  });

  it('is missing where there are no options', () => {
    expect(() => createEventsClient(undefined as unknown as ClientOptions)).toThrow(
      new TypeError('baseUrl is undefined'),
    );
  });

  it.each<[string, unknown]>([
    ['a URL', new URL(baseUrl)],
    ['a URL that ends with a slash', new URL(`${baseUrl}/`)],
    ['a text with several slashes at its end', `${baseUrl}///`],
    ['a text with blanks and a line feed around it', ` ${baseUrl}\n`],
    ['a text in upper case', baseUrl.replace('https://api.example.com', 'HTTPS://API.EXAMPLE.COM')],
  ])('may be %s', async (_what, given) => {
    const { client, sent } = fake([ok()], { baseUrl: given as string });
    await client.getEvent(eventId);
    expect(sent[0]?.url).toBe(`${baseUrl}/events/${eventId}`);
  });

  it('may contain an @ in its path', async () => {
    const { client, sent } = fake([ok()], { baseUrl: 'https://host/@me' });
    await client.getHealth();
    expect(sent[0]?.url).toBe('https://host/@me/health');
  });

  it.each([
    ['/api/v1', 'https://app.example.com/api/v1/health'],
    ['', 'https://app.example.com/health'],
    ['api', 'https://app.example.com/organize/api/health'],
  ])('that is relative (%p) belongs to the page', async (given, url) => {
    for (const page of [
      { location: { href: 'https://app.example.com/organize/?x=1#/y' } },
      {
        location: { href: 'https://elsewhere.example.com/' },
        document: { baseURI: 'https://app.example.com/organize/' },
      },
    ]) {
      Object.assign(globalThis, page);
      const { client, sent } = fake([ok()], { baseUrl: given });
      for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
      await client.getHealth();
      expect(sent[0]?.url).toBe(url);
    }
  });
});

test('The ETag of a result and of an error can be passed on, although a proxy changed the header', async () => {
  for (const etag of [
    'W/"1-9c41d07be3f2"',
    '"1-9c41d07be3f2-gzip"',
    '"1-9c41d07be3f2--br"',
    'W/"1-9c41d07be3f2;gzip"',
  ]) {
    const { client } = fake([
      ok(event, { etag }),
      problem(412, 'precondition-failed', { etag }),
      ok({ items: [] }, { etag }),
    ]);
    expect((await client.getEvent(eventId).result()).etag).toBe(event.etag);
    const { error } = await client.updateEvent(event, {}).result();
    expect(error?.etag).toBe(event.etag);
    // A list has none of its own.
    expect((await client.listEvents().result()).etag).toBe(event.etag);
  }
  const hidden = ok();
  hidden.headers.delete('etag');
  expect((await fake([hidden]).client.getEvent(eventId).result()).etag).toBe(event.etag);
});
