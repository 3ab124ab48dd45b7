import cors from 'cors';
import type { NextFunction, Request, Response } from 'express';

/** What pages of other origins may do. */
export interface CorsOptions {
  /** The origins that may call, exactly as browsers send them; none where empty. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  /** How long a browser keeps the answer to a preflight, in seconds. */
  readonly maxAge?: number;
}

/**
 * Adds the headers of the CORS protocol (https://fetch.spec.whatwg.org/#http-cors-protocol). A preflight goes on to the
 * application, which answers it as it answers every OPTIONS: 204 with `Allow`.
 */
export function createCors({ origins, methods, allowedHeaders, exposedHeaders, maxAge = 600 }: CorsOptions) {
  const addHeaders = cors({
    origin: [...origins],
    methods: [...methods],
    allowedHeaders: [...allowedHeaders],
    exposedHeaders: [...exposedHeaders],
    maxAge,
    preflightContinue: true,
  });
  return function addCorsHeaders(request: Request, response: Response, next: NextFunction): void {
    addHeaders(request, response, next);
  };
}
