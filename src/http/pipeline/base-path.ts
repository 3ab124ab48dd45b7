import type { NextFunction, Request, Response } from 'express';
import { normalizePath } from '../request-path.ts';
import { sendProblem } from '../response.ts';
import { contextOf } from './request-context.ts';

/**
 * Removes the base path, such as `/api/v1`, from the path of the request, in the spelling that the gateway would give it; paths
 * outside of it are not found.
 *
 * A request target may be in absolute form (RFC 9112, section 3.2.2). A raw `#` is invalid in a target, but Express would
 * cut the target there and serve the part before it.
 */
export function stripBasePath(basePath: string) {
  return function stripRequestBasePath(request: Request, response: Response, next: NextFunction): void {
    const target = normalizeTarget(request.url.replace(/^https?:\/\/[^/?#]*/i, ''));
    if (target.includes('#') || !target.startsWith(`${basePath}/`)) {
      sendProblem(response, { problem: 'route-not-found' }, contextOf(response).requestId);
      return;
    }
    request.url = target.slice(basePath.length);
    next();
  };
}

function normalizeTarget(target: string): string {
  const end = target.indexOf('?');
  return end < 0 ? normalizePath(target) : normalizePath(target.slice(0, end)) + target.slice(end);
}
