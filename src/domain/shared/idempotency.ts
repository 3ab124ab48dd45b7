/**
 * Idempotency keys. The id of a resource is derived from the key, so that the database itself lets one key create one resource;
 * the fingerprint of the request is stored with the resource and tells a retry from another request with the same key.
 */
import { createHash } from 'node:crypto';
import { v5 as nameUuid } from 'uuid';
import { canonicalJson } from '../../lib/canonical-json.ts';

/** The namespace of derived ids (RFC 9562, section 5.5). */
const namespace = '6f0a4c1e-5d0b-4a0e-9a63-3a0d6c1b7e52';

/** The id of what a caller creates with a key. Keys belong to their caller: the same key of another caller gives another id. */
export function deriveId(key: string, caller: string): string {
  return nameUuid(`${caller}\n${key}`, namespace);
}

/** The fingerprint of a request's payload, which does not depend on the order of members. */
export function fingerprintOf(payload: object): string {
  return createHash('sha256').update(canonicalJson(payload)).digest('base64url');
}

/** How long the idempotency key of something that was deleted stays consumed, in seconds. */
export const tombstoneSeconds = 24 * 60 * 60;
