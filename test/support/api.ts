/** The API under test, over a socket and through the Lambda handler: the same tests run on both. */
import { Agent, request as httpRequest } from 'node:http';
import type { Context } from 'aws-lambda';
import { type ApplicationOptions, createApplication } from '../../src/application.ts';
import type { Config } from '../../src/config.ts';
import type { LambdaHandler } from '../../src/http/lambda.ts';
import { createLogger } from '../../src/lib/log.ts';
import { type StartOptions, startServer } from '../../src/http/node/start.ts';
import { throwViolation } from '../conformance/violations.ts';
import { assertConforms } from '../conformance/assert-conforms.ts';
import { captureExchanges } from '../conformance/wire.ts';
import { testConfig } from './config.ts';
import { openSharedDeployment } from './deployed.ts';
import { buildFunction, settingsOf, startFunction } from './function.ts';
import { type GatewayRequest, withConformanceCheck, lengthOf, startTestHandler, toGatewayEvent } from './gateway.ts';
import { startTestIssuer, type TestIssuer, type TestUser } from './issuer.ts';
import { createTestTables, type TestTables } from './tables.ts';

/** A request as a test writes it. `path` is sent unchanged, neither encoded nor normalized. */
export interface TestRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, with its Content-Type; text and bytes are sent unchanged. */
  readonly body?: object | string | Buffer | undefined;
  /** The user whose token is sent; without it, no token is sent. */
  readonly as?: TestUser;
}

export interface TestResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined if it is not JSON. */
  // `any`: tests read bodies of many shapes, and each assertion states what it expects.
  readonly body: any;
}

/**
 * How requests reach the application: over a socket, through the Lambda handler, through the packed function, which is a process of
 * its own, or through the gateway of an emulated deployment (`make test-deployed`), whose options are those of Terraform.
 * `TEST_TRANSPORT` selects the one that all tests of the API run on, or `all`: the first two, one after the other.
 */
export type TransportName = 'socket' | 'lambda' | 'bundle' | 'deployed';
const chosen = (process.env['TEST_TRANSPORT'] || 'socket') as TransportName | 'all';
export const transports: readonly TransportName[] = chosen === 'all' ? ['socket', 'lambda'] : [chosen];

export type Transport = {
  send(request: GatewayRequest): Promise<TestResponse>;
  stop(): Promise<void>;
  readonly url?: string;
  advance?(milliseconds: number): void;
};

export interface TestApi {
  send(request: TestRequest): Promise<TestResponse>;
  readonly issuer: TestIssuer;
  readonly tables: TestTables;
  /** The log lines so far, parsed. */
  readonly log: Record<string, unknown>[];
  /** The address of the server; only over a socket. */
  readonly url: string;
  readonly config: Config;
  /** Advances the clock of the application by milliseconds, not that of the token issuer. */
  advance(milliseconds: number): void;
  stop(): Promise<void>;
}

export interface TestApiOptions
  extends Pick<StartOptions, 'before' | 'limits'>, Pick<ApplicationOptions, 'deadlineMs'> {
  readonly config?: Partial<Config>;
}

/** Starts the API with its own tables and token issuer. Call `stop` in `afterAll`. */
export async function startTestApi(
  transport: TransportName,
  { config: changes = {}, before, limits, ...options }: TestApiOptions = {},
): Promise<TestApi> {
  const deployed = transport === 'deployed' ? await openSharedDeployment() : undefined;
  const issuer = deployed?.issuer ?? (await startTestIssuer());
  const tables = deployed?.tables ?? (await createTestTables());
  const { issuer: url, jwksUri, clientId } = issuer;
  const own: Partial<Config> = deployed ? { groups: { organizer: deployed.organizersGroup } } : {};
  const config: Config = { ...testConfig(tables, { issuer: url, jwksUri, clientId }), ...own, ...changes };
  const log: Record<string, unknown>[] = [];
  const write = (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>);
  let offset = 0;
  const applicationOptions = { ...options, log: createLogger({ write }), now: () => new Date(Date.now() + offset) };
  const start = {
    socket: () => overSocket(config, applicationOptions, { before, limits }),
    lambda: () => throughLambda(config, applicationOptions),
    bundle: () => throughBundle(config, options, write),
    deployed: () => Promise.resolve(deployed!.transport),
  };
  const started = await start[transport]().catch(async (error: unknown) => {
    await Promise.all([issuer.stop(), tables.drop()]);
    throw error;
  });
  return {
    issuer,
    tables,
    log,
    config,
    url: started.url ?? '',
    advance(milliseconds) {
      offset += milliseconds;
      started.advance?.(milliseconds);
    },
    async send({ as, body, method = 'GET', headers = {}, ...rest }) {
      const authorization: Record<string, string> = as ? { authorization: `Bearer ${await issuer.tokenFor(as)}` } : {};
      const json: Record<string, string> = isJson(body) ? { 'content-type': 'application/json' } : {};
      const bytes =
        body === undefined
          ? undefined
          : Buffer.isBuffer(body)
            ? body
            : Buffer.from(isJson(body) ? JSON.stringify(body) : body);
      const response = await started.send({
        ...rest,
        method,
        bytes,
        headers: { ...authorization, ...json, ...headers },
      });
      throwViolation();
      return response;
    },
    async stop() {
      await started.stop();
      await Promise.all([issuer.stop(), tables.drop()]);
    },
  };
}

const isJson = (body: TestRequest['body']): body is object => typeof body === 'object' && !Buffer.isBuffer(body);

async function overSocket(
  config: Config,
  options: ApplicationOptions,
  { before, limits }: Pick<StartOptions, 'before' | 'limits'>,
): Promise<Transport> {
  // On a busy machine, an idle connection could otherwise close just when the next request uses it.
  const serverLimits = { keepAliveTimeout: 120_000, ...limits };
  const application = createApplication(config, options);
  const server = await startServer(application, { ...config.http, log: options.log, before, limits: serverLimits });
  const stopCapture = captureExchanges(server.port, (exchange) => assertConforms(exchange, config.basePath));
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  return {
    url: server.url,
    send: ({ method, path, headers, bytes }) =>
      new Promise((resolve, reject) => {
        // The path is set afterwards: Node.js rejects characters that a client can send.
        const outgoing = httpRequest(
          {
            host: '127.0.0.1',
            port: server.port,
            method,
            path: '/',
            agent,
            headers: { ...headers, ...lengthOf(bytes, method) },
          },
          (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
            incoming.on('end', () =>
              resolve(
                toResponse(
                  incoming.statusCode ?? 0,
                  incoming.headers as Record<string, string>,
                  Buffer.concat(chunks).toString(),
                ),
              ),
            );
            incoming.on('error', reject);
          },
        );
        outgoing.path = path;
        outgoing.on('error', reject);
        outgoing.end(bytes);
      }),
    async stop() {
      agent.destroy();
      await server.stop();
      stopCapture();
    },
  };
}

async function throughLambda(config: Config, options: ApplicationOptions): Promise<Transport> {
  const { handler, ready } = startTestHandler(config, options);
  await ready;
  return { send: sendTo(handler), async stop() {} };
}

async function throughBundle(
  config: Config,
  { deadlineMs }: Pick<ApplicationOptions, 'deadlineMs'>,
  onLine: (line: string) => void,
): Promise<Transport> {
  const built = buildFunction();
  const deadline: Record<string, string> = deadlineMs === undefined ? {} : { TEST_DEADLINE_MS: String(deadlineMs) };
  const running = await startFunction(built.folder, { ...settingsOf(config), ...deadline }, onLine);
  return {
    send: sendTo(withConformanceCheck((event) => running.send(event), config.basePath)),
    advance: (milliseconds) => running.advance(milliseconds),
    async stop() {
      await running.stop();
      built.remove();
    },
  };
}

/** Sends requests to the handler as API Gateway would. */
function sendTo(handler: LambdaHandler): Transport['send'] {
  return async (request) => {
    const result = await handler(toGatewayEvent(request), {} as Context);
    const text = result.isBase64Encoded ? Buffer.from(result.body ?? '', 'base64').toString() : (result.body ?? '');
    const headers = Object.entries(result.headers ?? {}).map(
      ([name, value]) => [name.toLowerCase(), String(value)] as const,
    );
    return toResponse(result.statusCode ?? 0, Object.fromEntries(headers), text);
  };
}

/** A response with its body parsed. */
export function toResponse(status: number, headers: Readonly<Record<string, string>>, text: string): TestResponse {
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status, headers, text, body };
}
