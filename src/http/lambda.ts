/** Adapts the application to API Gateway (HTTP API, payload format 2.0). */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { configure } from '@codegenie/serverless-express';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Express } from 'express';
import { encodePath } from './request-path.ts';

export type LambdaHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Carries the gateway's request id to the application. The handler always sets it, so a client cannot. */
const requestIdHeader = 'x-gateway-request-id';

/** The options of an application behind the gateway, which assigns request ids and handles cross-origin requests itself. */
export const gatewayOptions = {
  requestId: ({ headers }: IncomingMessage) => String(headers[requestIdHeader] ?? randomUUID()),
  metrics: true,
  cors: false,
} as const;

/** Serves an application that was created with {@link gatewayOptions}. */
export function createLambdaHandler(app: Express): LambdaHandler {
  // Its types describe Lambda's old three-argument handler.
  const serve = configure({ app }) as unknown as LambdaHandler;
  return (event, context) => serve(toAdapterEvent(event), context);
}

/** The event that the adapter expects: with headers, the gateway's request id, and an encoded path. */
function toAdapterEvent(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { requestId, stage } = event.requestContext;
  return {
    ...event,
    // Without a path Express matches no route, not even the one for unknown paths.
    rawPath: encodePath(withoutStage(event.rawPath || '/', stage)),
    headers: { ...withoutReservedHeaders(event.headers), [requestIdHeader]: requestId ?? randomUUID() },
  };
}

/**
 * The client's headers without our own one, in any case, and without `Expect`: the adapter would return an interim response as
 * part of the body.
 */
function withoutReservedHeaders(
  headers: APIGatewayProxyEventV2['headers'] | undefined,
): APIGatewayProxyEventV2['headers'] {
  return Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => ![requestIdHeader, 'expect'].includes(name.toLowerCase())),
  );
}

/** A named stage is the first segment of the path; the stage `$default` is not in the path. */
function withoutStage(path: string, stage: string): string {
  return stage !== '$default' && path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}
