/**
 * For tests of programs that use the client: the contract's examples as fixtures, and a `fetch` that responds with them.
 * `import { examples, fakeFetch } from '@event-management/client/testing'`; it does not belong in a page.
 */
import { problemsOf, successes, successStatuses, unrouted } from './generated/examples.ts';
import {
  codesByGatewayStatus,
  type EventsClient,
  type OperationId,
  operations,
  type ProblemCode,
} from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';

/** The examples of each operation: its data by the name of the example, and its problems by their code. */
export type Examples = {
  readonly [Op in OperationId]: (typeof successes)[Op] & (typeof problemsOf)[Op];
};

/**
 * The examples of the contract, which the tests of the API compare with what it returns: `examples.getEvent.published`,
 * `examples.publishEvent['not-publishable']`. Do not change them: copy, as in `{ ...examples.getEvent.published, name: 'Jazz' }`.
 */
export const examples = Object.fromEntries(
  ids().map((id) => [id, { ...successes[id], ...problemsOf[id] }]),
) as unknown as Examples;

/** A request that a fake has received. */
export interface FakeCall<Op extends OperationId = OperationId> {
  readonly operation: Op;
  /** The ids in the path, by their names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body, parsed; undefined if there is none. */
  readonly body: unknown;
}

/**
 * What a fake responds with: the code of a problem, `network-error` for a request that gets no response, the operation's data, or a response.
 * Undefined is the first success among the examples.
 */
export type FakeOutcome<Op extends OperationId> =
  ProblemCode<Op> | 'network-error' | Awaited<ReturnType<EventsClient[Op]>> | Response | undefined;

/**
 * An outcome, or a function of the request that returns it. In an asynchronous function, write a code as `'event-full' as const`: the compiler
 * takes it for any text otherwise.
 */
export type FakeStep<Op extends OperationId> =
  FakeOutcome<Op> | ((call: FakeCall<Op>) => FakeOutcome<Op> | Promise<FakeOutcome<Op>>);

/** What each operation responds with: always the same, or one after the other, of which the last is repeated. */
export type FakeSteps = { readonly [Op in OperationId]?: FakeStep<Op> | readonly FakeStep<Op>[] };

/** A `fetch` for the option of the client, which also takes a `Request`, as in a handler of MSW. */
export interface FakeFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** What was received so far, in order. */
  readonly calls: readonly FakeCall[];
}

type AnyStep = FakeStep<OperationId>;

/**
 * A `fetch` that responds as the API would, without a network: `fakeFetch({ publishEvent: 'not-publishable' })`. Operations that are not named
 * succeed with an example; lists have a second page if the examples have one. Paths may follow any base path.
 *
 * @throws TypeError if an operation or a code does not exist
 */
export function fakeFetch(steps: FakeSteps = {}): FakeFetch {
  const calls: FakeCall[] = [];
  const left = new Map<string, AnyStep[]>();
  for (const [operation, given] of Object.entries(steps) as [OperationId, AnyStep | AnyStep[]][]) {
    if (!(operation in operations)) throw new TypeError(`${operation} is not an operation`);
    const all = Array.isArray(given) ? [...given] : [given];
    left.set(operation, all);
    for (const one of all) if (typeof one === 'string') checkCode(operation, one);
  }

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const call = await readCall(request);
    if (!call) return problemResponse(unrouted['route-not-found']);
    calls.push(call);
    const queue = left.get(call.operation) ?? [];
    const step = queue.length > 1 ? queue.shift() : queue[0];
    return respond(call, typeof step === 'function' ? await step(call) : step);
  }
  return Object.assign(fetch, { calls });
}

function ids(): OperationId[] {
  return Object.keys(operations) as OperationId[];
}

/** The operations, those with the longest paths first: what precedes a path is the base path. */
const routes = ids()
  .map((operation) => {
    const { method, path } = operations[operation];
    const pattern = new RegExp(`${path.replace(/\{\w+\}/g, '([^/]+)')}$`);
    // Not by named groups, which Hermes does not know.
    const names = path.match(/\w+(?=\})/g) ?? [];
    return { operation, method: method.toUpperCase(), pattern, names, length: path.split('/').length };
  })
  .sort((a, b) => b.length - a.length);

async function readCall(request: Request): Promise<FakeCall | undefined> {
  const { pathname, searchParams: query } = new URL(request.url);
  const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(pathname));
  if (!route) return undefined;
  const [, ...values] = route.pattern.exec(pathname) ?? [];
  const text = await request.text();
  return {
    operation: route.operation,
    params: Object.fromEntries(route.names.map((name, index) => [name, decodeURIComponent(values[index] as string)])),
    query,
    headers: request.headers,
    body: text ? JSON.parse(text) : undefined,
  };
}

function respond({ operation, query, headers }: FakeCall, outcome: FakeOutcome<OperationId>): Response {
  if (outcome instanceof Response) return outcome;
  if (outcome === 'network-error') throw new TypeError('fetch failed');
  const accepted = headers.get('accept') ?? '';
  const isText = accepted.startsWith('text/');
  if (typeof outcome === 'string' && (!isText || isCode(operation, outcome))) return failure(operation, outcome);
  const status = successStatuses[operation] ?? 200;
  const data = outcome ?? exampleOf(operation, isText, query.has('cursor'));
  if (status === 204) return new Response(null, { status, headers: metadata() });
  const body = isText ? (data as string) : JSON.stringify(data);
  return new Response(body, {
    status,
    headers: metadata(isText ? accepted : 'application/json', (data as { etag?: string }).etag),
  });
}

/** The first example; of a list that is continued, the last page. */
function exampleOf(operation: OperationId, isText: boolean, isContinued: boolean): unknown {
  const all: readonly unknown[] = Object.values(successes[operation]);
  const fitting = all.filter((one) => (typeof one === 'string') === isText);
  return isContinued ? fitting.at(-1) : fitting[0];
}

/** The problem of the API, or the response of the gateway if only that reports the code. */
function failure(operation: OperationId, code: string): Response {
  checkCode(operation, code);
  const problem = documented(operation, code);
  if (problem) return problemResponse(problem);
  return new Response('{"message":"Response of the gateway"}', {
    status: gatewayStatusOf(code),
    headers: metadata('application/json'),
  });
}

function problemResponse(problem: Problem): Response {
  // A revision that is newer than the one that was sent.
  const etag = problem.status === 412 ? successes.getEvent.published.etag : undefined;
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: metadata('application/problem+json', etag, problem.requestId),
  });
}

function metadata(type?: string, etag?: string, requestId = 'fake-request'): Record<string, string> {
  return { 'x-request-id': requestId, ...(type && { 'content-type': type }), ...(etag && { etag }) };
}

function documented(operation: OperationId, code: string): Problem | undefined {
  return ({ ...unrouted, ...problemsOf[operation] } as Partial<Record<string, Problem>>)[code];
}

function gatewayStatusOf(code: string): number {
  return Number(Object.keys(codesByGatewayStatus).find((status) => codesByGatewayStatus[Number(status)] === code));
}

function isCode(operation: OperationId, code: string): boolean {
  return !!documented(operation, code) || gatewayStatusOf(code) > 0;
}

function checkCode(operation: OperationId, code: string): void {
  if (code !== 'network-error' && !operations[operation].text && !isCode(operation, code))
    throw new TypeError(`${code} is not a code of ${operation}`);
}
