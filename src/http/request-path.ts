/**
 * The path of a request on both transports. API Gateway decodes the whole path before it invokes the function, so the Node.js
 * server does the same: `/%65vents` is `/events`, and `%2F` is a slash (RFC 3986, section 6.2.2.2).
 */

/** Encodes the segments of a decoded path: the router would fail on a bare `%`, and the path would end at a `?`. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** The same path in one spelling, as if the gateway had decoded it. A path that cannot be decoded matches no route as it is. */
export function normalizePath(path: string): string {
  // A path without escapes has one spelling only.
  if (!path.includes('%')) return path;
  try {
    return encodePath(decodeURIComponent(path));
  } catch {
    return path;
  }
}

function encodeSegment(segment: string): string {
  // A lone surrogate cannot be encoded, and no path of the contract contains one.
  return encodeURIComponent(segment.toWellFormed());
}
