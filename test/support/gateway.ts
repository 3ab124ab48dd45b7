/** API Gateway, as seen by the function. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type ApplicationOptions, createApplication } from '../../src/application.ts';
import type { Config } from '../../src/config.ts';
import { createLambdaHandler, gatewayOptions, type LambdaHandler } from '../../src/http/lambda.ts';
import { throwViolation } from '../conformance/violations.ts';
import { assertConforms } from '../conformance/assert-conforms.ts';

/** A request as the gateway receives it. */
export interface GatewayRequest {
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer | undefined;
}

/** The Lambda handler, with every exchange checked against the contract. */
export function startTestHandler(
  config: Config,
  options: ApplicationOptions,
): { handler: LambdaHandler; ready: Promise<void> } {
  const { app, ready } = createApplication(config, { ...gatewayOptions, ...options });
  return { ready, handler: withConformanceCheck(createLambdaHandler(app), config.basePath) };
}

/** Wraps a handler so that every exchange is checked against the contract. */
export function withConformanceCheck(handler: LambdaHandler, basePath: string): LambdaHandler {
  return async (event, context) => {
    const result = await handler(event, context);
    assertConforms(
      {
        transport: 'lambda',
        method: event.requestContext.http.method,
        path: pathOf(event),
        requestHeaders: lowerCase(event.headers),
        requestBody:
          event.body === undefined ? undefined : Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'),
        status: result.statusCode ?? 0,
        headers: lowerCase(result.headers),
        text: Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8').toString(),
      },
      basePath,
    );
    throwViolation();
    return result;
  };
}

/** The path of an event, encoded again, without its stage. */
function pathOf({ rawPath, rawQueryString, requestContext: { stage } }: APIGatewayProxyEventV2): string {
  const path = stage !== '$default' && rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;
  const encoded = path.split('/').map((segment) => encodeURIComponent(segment.toWellFormed()));
  return `${encoded.join('/')}${rawQueryString ? `?${rawQueryString}` : ''}`;
}

let gatewayRequests = 0;

/**
 * The event that API Gateway creates from a request (payload format 2.0): the path decoded, the query not, groups as a string, the body in base64,
 * cookies separate. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toGatewayEvent({ method, path, headers, bytes }: GatewayRequest): APIGatewayProxyEventV2 {
  const [rawPath = '', ...query] = path.split('?');
  const { cookie, ...others } = lowerCase(headers);
  gatewayRequests += 1;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decoded(rawPath),
    rawQueryString: query.join('?'),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: {
      host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      'x-forwarded-for': '203.0.113.7',
      ...others,
      ...lengthOf(bytes, method),
    },
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      domainName: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'a1b2c3d4e5',
      http: { method, path: decoded(rawPath), protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' },
      requestId: `gateway-${gatewayRequests}=`,
      routeKey: '$default',
      stage: '$default',
      time: '12/Mar/2030:19:03:58 +0000',
      timeEpoch: 1_899_572_638_000,
      // The claims from the gateway's authorizer, which the function does not trust.
      authorizer: {
        jwt: {
          claims: { sub: 'somebody', 'cognito:groups': '[Organizers Admins]', token_use: 'access' },
          scopes: null,
        },
      },
    } as unknown as APIGatewayProxyEventV2['requestContext'],
    ...(bytes ? { body: bytes.toString('base64'), isBase64Encoded: true } : { isBase64Encoded: false }),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function lowerCase(headers: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The Content-Length that a client sends. */
export function lengthOf(bytes: Buffer | undefined, method: string): Record<string, string> {
  if (bytes) return { 'content-length': String(bytes.length) };
  return method === 'POST' ? { 'content-length': '0' } : {};
}
