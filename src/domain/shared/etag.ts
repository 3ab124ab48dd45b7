/** Strong entity tags (RFC 9110, section 8.8.3) of resources that count their changes. */
import { createHash } from 'node:crypto';

/**
 * One state of a resource. `revision` counts its changes from 1; `nonce` is chosen when the resource is created, so that the ETag
 * of a deleted resource never matches a later one with the same id.
 */
export interface Revision {
  readonly revision: number;
  readonly nonce: string;
}

/** The ETag of a revision. */
export function etagOf({ revision, nonce }: Revision): string {
  return `"${revision}-${nonce}"`;
}

/**
 * The ETag of a representation that shows more than one revision of a resource. It has the form of a revision, which matches no
 * If-Match: the nonce of a revision is random.
 *
 * @param body the representation without its ETag; the same members in the same order have the same ETag
 */
export function etagOfBody({ revision }: Revision, body: object): string {
  return etagOf({ revision, nonce: createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12) });
}

/** The revision that an ETag names; undefined if `etagOf` cannot have returned it: a weak ETag, another form, any other text. */
export function parseEtag(etag: string): Revision | undefined {
  if (!/^"[1-9]\d{0,14}-[0-9a-f]{12}"$/.test(etag)) return undefined;
  return { revision: Number.parseInt(etag.slice(1), 10), nonce: etag.slice(-13, -1) };
}
