/** Strong entity tags (RFC 9110, section 8.8.3) of resources that count their changes. */

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

/** The revision that an ETag names; undefined if `etagOf` cannot have returned it: a weak ETag, another form, any other text. */
export function parseEtag(etag: string): Revision | undefined {
  const [, revision, nonce] = /^"([1-9]\d{0,14})-([0-9a-f]{12})"$/.exec(etag) ?? [];
  return revision && nonce ? { revision: Number(revision), nonce } : undefined;
}
