import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from '../problems.ts';

/**
 * Takes the base path, such as `/api/v1`, off the path of the request; what lies outside it is not found.
 *
 * A request target may be in absolute form (RFC 9112, section 3.2.2). A raw `#` is no part of any target, but Express would
 * cut there and serve what stands before it.
 */
export function stripBasePath(basePath: string) {
  return function stripRequestBasePath(request: Request, _response: Response, next: NextFunction): void {
    const target = request.url.replace(/^https?:\/\/[^/?#]*/i, '');
    if (target.includes('#') || !target.startsWith(`${basePath}/`)) throw new ProblemError('route-not-found');
    request.url = target.slice(basePath.length);
    next();
  };
}
