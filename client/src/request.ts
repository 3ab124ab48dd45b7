import { version } from './generated/operations.ts';
import type { CallOptions, OperationEntry } from './types.ts';

/** A request that is ready to be sent, as often as it takes: each attempt sends the same. */
export interface PreparedRequest {
  readonly ids: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The body as text. */
  readonly body: string | undefined;
  readonly headers: Headers;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Puts the target and the input where the contract wants them.
 *
 * @param etag the revision that a change is for
 * @throws TypeError where they cannot be sent: an id is missing, a header has a line feed, the input is no JSON
 */
export function prepare({ path, body, query, key, match }: OperationEntry, ids: Members, input: unknown, etag: unknown, options: CallOptions): PreparedRequest {
  const members = (input ?? {}) as Members;
  const inQuery = (name: string) => !body || query?.includes(name);
  const text = body && input !== undefined ? JSON.stringify(query ? pick(members, (name) => !inQuery(name)) : input) : undefined;
  const headers = new Headers({ 'Client-Version': `event-management-client/${version}` });
  if (text) headers.set('Content-Type', body as string);
  if (match && etag) headers.set('If-Match', etag as string);
  if (key) headers.set('Idempotency-Key', options.idempotencyKey ?? randomKey());
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  return { ids: checkedIds(path, ids), query: pick(members, inQuery), body: text, headers };
}

/** An id that is empty, `.` or `..` would make another path: that of a whole list, say, and that of another operation. */
function checkedIds(path: string, ids: Members): Record<string, string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  for (const name of names) {
    const id = ids[name];
    if (typeof id !== 'string' || /^\.{0,2}$/.test(id)) throw new TypeError(`${name} is missing, or no id`);
  }
  return pick(ids, (name) => names.includes(name)) as Record<string, string>;
}

function pick(members: Members, wanted: (name: string) => boolean | undefined): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => wanted(name)));
}

/** 128 random bits. (`crypto.randomUUID` is missing in pages that were not loaded over https.) */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
