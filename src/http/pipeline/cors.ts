import cors from 'cors';
import type { NextFunction, Request, Response } from 'express';

/** The settings of cross-origin requests. */
export interface CorsOptions {
  /** The allowed origins, exactly as browsers send them; none if empty. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  /** How long a browser caches the response to a preflight request, in seconds; two hours are the maximum of Chromium. */
  readonly maxAge?: number;
}

/**
 * Adds the headers of the CORS protocol (https://fetch.spec.whatwg.org/#http-cors-protocol). A preflight request continues to
 * the application, which responds to it as to every OPTIONS: 204 with `Allow`.
 */
export function createCors({ origins, methods, allowedHeaders, exposedHeaders, maxAge = 7200 }: CorsOptions) {
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
