/** A `fetch` with responses from the test, for cases that a real server cannot produce. */
import { type ClientOptions, createEventsClient, type EventsClient } from '../src/index.ts';

/** A response, a network failure, or a function of the request. */
export type Step = Response | Error | ((request: Request) => Response | Promise<Response>);

export interface Fake {
  readonly client: EventsClient;
  /** What was sent, in order; bodies as text. */
  readonly sent: { method: string; url: string; headers: Record<string, string>; body: string }[];
}

export const baseUrl = 'https://api.example.com/api/v1';
export const eventId = '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31';
/** A minimal event, which is also a valid duplicate. */
export const least = {
  name: 'Jazz',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'UTC',
};
export const event = { eventId, etag: '"1-9c41d07be3f2"', name: 'Riverside Jazz Night', capacity: 10 };

/** A client whose attempts get these steps in order; a further attempt fails the test. */
export function fake(steps: readonly Step[], options: Partial<ClientOptions> = {}): Fake {
  const left = [...steps];
  const sent: Fake['sent'] = [];
  async function respond(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(url, init);
    sent.push({
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body: await request.clone().text(),
    });
    const step = left.shift();
    if (step === undefined) throw new Error(`Unexpected attempt ${sent.length}.`);
    if (step instanceof Error) throw step;
    return typeof step === 'function' ? step(request) : step;
  }
  return { sent, client: createEventsClient({ baseUrl, token: 'token', fetch: respond, ...options }) };
}

export function ok(body: object = event, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status: 200,
    headers: { 'content-type': 'application/json', 'x-request-id': 'request-1', etag: event.etag, ...headers },
  });
}

/** A problem as the API writes it. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = {
    type: `https://event-management-api.github.io/event-management-api/errors.html#${code}`,
    title: code,
    status,
    detail: `About ${code}.`,
    instance: 'urn:request:request-1',
    code,
    requestId: 'request-1',
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'x-request-id': 'request-1', ...headers },
  });
}

/** A response of the gateway. */
export function gateway(status: number, headers: Record<string, string> = {}): Response {
  return new Response('{"message":"Gateway"}', {
    status,
    headers: { 'content-type': 'application/json', 'apigw-requestid': 'gateway-1=', ...headers },
  });
}

/** Never responds; rejects when the request is aborted. */
export function silence(request: Request): Promise<Response> {
  return new Promise((_resolve, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
  });
}

/** A response that breaks or stalls in its body. */
export function partialResponse(how: 'breaks' | 'stalls'): Response {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"eventId":"'));
      if (how === 'breaks') stream.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json' } });
}

/** Makes delays take no time: without jitter they are zero. */
export function withoutJitter(): void {
  beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
  afterEach(() => void jest.restoreAllMocks());
}
