/** The application as a plain server. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { problem } from '../problems.ts';
import { type ApplicationOptions, createApplication } from '../../application.ts';
import type { Config } from '../../config.ts';
import { problemMediaType } from '../../openapi/problem-codes.ts';
import { type RunningServer, type ServerLimits, startHttpServer } from './server.ts';
import { createLogger } from '../../lib/log.ts';

export interface StartOptions extends Partial<Pick<ApplicationOptions, 'log' | 'now' | 'deadlineMs'>> {
  /** Looks at each request first; true where it has answered it. For what only a development server has. */
  readonly before?: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly limits?: ServerLimits;
}

/** Starts the server; resolves when it accepts requests. */
export async function startServer(
  config: Config,
  { before, limits, log = createLogger(), ...options }: StartOptions = {},
): Promise<RunningServer> {
  const { app, close } = createApplication(config, { log, requestId: () => randomUUID(), ...options });
  const server = await startHttpServer(
    (request, response) => {
      if (!before?.(request, response)) app(request, response);
    },
    {
      ...config.http,
      ...limits,
      onClientError(kind, requestId) {
        const { status, body } = problem(kind, requestId);
        log.info({ message: 'request', requestId, status, code: kind });
        return { status, headers: { 'Content-Type': problemMediaType }, body: JSON.stringify(body) };
      },
    },
  );
  return { ...server, stop: () => server.stop().finally(close) };
}
