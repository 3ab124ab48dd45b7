/**
 * The response of a dry run is the one that the request would get, except for what only a write makes true:
 *
 * - The ETag is that of the resource as it is: it is what a later request can require with If-Match.
 * - A resource that would be created has no ticket code, because none would be valid, and no URL of a meeting, which is for people with a
 *   registration. Its number is the next one, which another person may take before.
 */
import type { Registration } from '../../../contract/generated/types.ts';
import { etagOf, parseEtag } from '../etag.ts';

/** A response of any operation, as far as a dry run changes it. */
interface AnyResult {
  readonly problem?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: object;
}

/**
 * The response of a dry run; a problem is the same as usual.
 *
 * @param originals the items that were read
 */
export function toDryResponse(result: AnyResult, originals: readonly Readonly<Record<string, unknown>>[]): AnyResult {
  if (result.problem !== undefined) return result;
  const { headers = {}, status, body } = result;
  const etag = currentEtag(headers['ETag'], originals);
  const current = etag === undefined ? {} : { etag };
  return {
    ...result,
    headers: { ...headers, ...(etag === undefined ? {} : { ETag: etag }), 'Dry-Run': 'true' },
    ...(body === undefined ? {} : { body: { ...(status === 201 ? withoutSecrets(body) : body), ...current } }),
  };
}

/** The ETag of the resource as it was read; undefined if it would be created. */
function currentEtag(etag: unknown, originals: readonly Readonly<Record<string, unknown>>[]): string | undefined {
  const revision = typeof etag === 'string' ? parseEtag(etag) : undefined;
  const original = revision && originals.find((item) => item['nonce'] === revision.nonce);
  return original && etagOf({ revision: original['revision'] as number, nonce: original['nonce'] as string });
}

/** The members of a registration that only a stored one has. */
const secrets: readonly string[] = ['code', 'codeDigest', 'meetingUrl'] satisfies (keyof Registration)[];

function withoutSecrets(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !secrets.includes(name)));
}
