/** Serves an application over HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import { toProblemResponse } from '../problems.ts';
import { problemMediaType } from '../../openapi/problem-codes.ts';
import { type RunningServer, type ServerLimits, startHttpServer } from './server.ts';
import type { Logger } from '../../lib/log.ts';

/** The application to serve. `close` is called once the server has stopped. */
export interface ServedApplication {
  readonly app: Express;
  close(): void;
}

export interface StartOptions {
  /** Where the server listens. Port 0 selects a free one. */
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  /** Sees each request first and returns true if it has responded. For the pages that only a development server has. */
  readonly before?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  readonly limits?: ServerLimits | undefined;
}

/** Starts the server; resolves when it accepts requests. */
export async function startServer(
  { app, close }: ServedApplication,
  { host, port, log, before, limits }: StartOptions,
): Promise<RunningServer> {
  const server = await startHttpServer(
    (request, response) => {
      if (!before?.(request, response)) app(request, response);
    },
    {
      host,
      port,
      ...limits,
      onClientError(kind, requestId) {
        const { status, body } = toProblemResponse({ problem: kind }, requestId);
        log.info({ message: 'request', requestId, status, code: kind });
        return { status, headers: { 'Content-Type': problemMediaType }, body: JSON.stringify(body) };
      },
    },
  );
  return { ...server, stop: () => server.stop().finally(close) };
}
