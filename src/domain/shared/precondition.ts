/** Preconditions of requests (RFC 9110, section 13). */
import { parseEtag, type Revision } from './etag.ts';

/** The revision that a request requires; `never` if its ETag matches no revision at all. */
export type Precondition = Revision | 'never';

/** Whether a resource is at the revision that a request requires. */
export function isAt({ revision, nonce }: Revision, required: Precondition): boolean {
  return required !== 'never' && required.revision === revision && required.nonce === nonce;
}

/**
 * Whether an If-None-Match header names an ETag, so that the response is 304. Weak ETags match too (RFC 9110, section 13.1.2): proxies
 * that compress make them weak.
 */
export function isNamedBy(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const named: readonly string[] = ifNoneMatch.match(/"[^"]*"/g) ?? [];
  return ifNoneMatch.trim() === '*' || named.includes(etag);
}

/** The precondition of an If-Match header; undefined if the header is absent or `*`. */
export function preconditionOf(ifMatch: string | undefined): Precondition | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  return parseEtag(ifMatch) ?? 'never';
}
