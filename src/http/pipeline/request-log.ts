import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../../lib/log.ts';
import { metricOf } from './metrics.ts';
import { begin, stateOf } from './request-context.ts';

export interface IdentifyOptions {
  /** Where the id comes from: the gateway's on Lambda, else a new one. */
  readonly requestId: (request: IncomingMessage) => string;
  /** How long the work for one request may take, in milliseconds. */
  readonly deadlineMs: number;
  readonly log: Logger;
  /** Whether the line is a metric of CloudWatch too. */
  readonly metrics?: boolean;
}

/** Gives each request its id and its deadline, and writes its one log line when it is over. */
export function identify({ requestId, deadlineMs, log, metrics = false }: IdentifyOptions) {
  return function identifyRequest(request: Request, response: Response, next: NextFunction): void {
    const state = {
      requestId: requestId(request),
      startedAt: performance.now(),
      signal: AbortSignal.timeout(deadlineMs),
    };
    begin(response, state);
    response.setHeader('X-Request-Id', state.requestId);
    let logged = false;
    const finish = (aborted: boolean) => {
      if (logged) return;
      logged = true;
      const { operation, principal, error } = stateOf(response);
      // To a client that went away before it was answered, nothing was said.
      const status = aborted && !response.headersSent ? undefined : response.statusCode;
      const durationMs = Math.round((performance.now() - state.startedAt) * 10) / 10;
      log[error === undefined ? 'info' : 'error']({
        message: 'request',
        requestId: state.requestId,
        operationId: operation?.operationId,
        method: request.method,
        route: operation?.path,
        status,
        durationMs,
        sub: principal?.sub,
        client: request.get('client-version')?.slice(0, 100),
        // Who still uses what is on its way out: see retirement.ts.
        ...(response.getHeader('Deprecation') === undefined ? {} : { deprecated: true }),
        ...(aborted ? { aborted } : {}),
        ...(metrics && status !== undefined
          ? metricOf({ operationId: operation?.operationId, status, durationMs, now: new Date() })
          : {}),
        ...(error === undefined ? {} : { error }),
      });
    };
    // Not `writableFinished`, which the adapter's response on Lambda never is.
    response.once('finish', () => finish(false)).once('close', () => finish(true));
    next();
  };
}
