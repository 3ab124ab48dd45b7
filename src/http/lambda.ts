/** The application behind API Gateway (HTTP API, payload format 2.0). */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { configure } from '@codegenie/serverless-express';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Express } from 'express';

export type LambdaHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** How the id of the gateway reaches the application: the handler sets it on every event, whatever the client sent. */
const requestIdHeader = 'x-gateway-request-id';

/** How an application behind the gateway differs: the gateway gives each request its id and answers cross-origin requests itself. */
export const gatewayOptions = {
  requestId: ({ headers }: IncomingMessage) => String(headers[requestIdHeader] ?? randomUUID()),
  metrics: true,
  cors: false,
} as const;

/** Serves an application that was created with {@link gatewayOptions}. */
export function createLambdaHandler(app: Express): LambdaHandler {
  // Its types describe Lambda's old three-argument handler.
  const serve = configure({ app }) as unknown as LambdaHandler;
  return (event, context) => serve(prepare(event), context);
}

/** The event as the adapter reads it: with headers, with the gateway's id, and with a path that is encoded again. */
function prepare(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { requestId, stage } = event.requestContext;
  return {
    ...event,
    // Without a path Express finds no route, not even the one for unknown paths.
    rawPath: encodePath(withoutStage(event.rawPath || '/', stage)),
    headers: { ...withoutOurs(event.headers), [requestIdHeader]: requestId ?? randomUUID() },
  };
}

/**
 * The client's headers without those that are not for the application: our own one, in any spelling, and `Expect`, as an interim
 * answer would come out of the adapter as a part of the body.
 */
function withoutOurs(headers: APIGatewayProxyEventV2['headers'] | undefined): APIGatewayProxyEventV2['headers'] {
  return Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => ![requestIdHeader, 'expect'].includes(name.toLowerCase())),
  );
}

/** A named stage stands in front of the path; the stage `$default` does not. */
function withoutStage(path: string, stage: string): string {
  return stage !== '$default' && path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}

/** The gateway delivers the path decoded; the adapter would choke on a bare `%`, and cut at a `?`. */
function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  // A lone surrogate cannot be encoded, and names no path that we have.
  return encodeURIComponent(segment.toWellFormed());
}
