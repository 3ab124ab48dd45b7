import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../../lib/log.ts';
import { metricOf } from './metrics.ts';
import { attachContext, contextOf } from './request-context.ts';

export interface RequestLogOptions {
  /** Returns the id of a request: the gateway's on Lambda, else a new one. */
  readonly requestId: (request: IncomingMessage) => string;
  /** The deadline of a request, in milliseconds. */
  readonly deadlineMs: number;
  readonly log: Logger;
  /** What serves requests: during a canary, two versions do. */
  readonly version?: string | undefined;
  /** Whether the log line is a CloudWatch metric as well. */
  readonly metrics?: boolean;
}

/** Gives each request its id and its deadline, and writes one log line when the request is over. */
export function requestLog({ requestId, deadlineMs, log, version, metrics = false }: RequestLogOptions) {
  return function logRequest(request: Request, response: Response, next: NextFunction): void {
    const context = {
      requestId: requestId(request),
      startedAt: performance.now(),
      signal: AbortSignal.timeout(deadlineMs),
    };
    attachContext(response, context);
    response.setHeader('X-Request-Id', context.requestId);
    let logged = false;
    const finish = (aborted: boolean) => {
      if (logged) return;
      logged = true;
      const { operation, principal, dryRun = false, error } = contextOf(response);
      // A client that disconnected before the response got no status.
      const status = aborted && !response.headersSent ? undefined : response.statusCode;
      const durationMs = Math.round((performance.now() - context.startedAt) * 10) / 10;
      log[error === undefined ? 'info' : 'error']({
        message: 'request',
        requestId: context.requestId,
        operationId: operation?.operationId,
        method: request.method,
        route: operation?.path,
        status,
        durationMs,
        sub: principal?.sub,
        client: request.get('client-version')?.slice(0, 100),
        version,
        // Also with a problem, which has no header that says so.
        ...(dryRun ? { dryRun } : {}),
        // To find the callers of deprecated parts of the API: see deprecation.ts.
        ...(response.getHeader('Deprecation') === undefined ? {} : { deprecated: true }),
        ...(aborted ? { aborted } : {}),
        ...(metrics && status !== undefined
          ? metricOf({ operationId: operation?.operationId, status, durationMs, now: new Date() })
          : {}),
        ...(error === undefined ? {} : { error }),
      });
    };
    // Not `writableFinished`: the response of the Lambda adapter never sets it.
    response.once('finish', () => finish(false)).once('close', () => finish(true));
    next();
  };
}
