import { version } from './generated/operations.ts';
import type { AnyCallOptions, OperationEntry } from './types.ts';

type Members = Readonly<Record<string, unknown>>;

/** A request that is ready to be sent. All attempts of a call send the same one. */
export interface PreparedRequest {
  readonly path: string;
  readonly params: { readonly query: Members };
  readonly parseAs: 'text';
  /** The body as text. */
  readonly body: string | undefined;
  readonly headers: Headers;
}

/**
 * Puts target, input and options where the contract expects them.
 *
 * @param etag the revision that a change applies to
 * @throws TypeError if they cannot be sent: an id is empty, a header contains a line feed, the input cannot be serialized
 */
export async function prepare(
  entry: OperationEntry,
  target: unknown,
  input: unknown,
  etag: unknown,
  options: AnyCallOptions,
  shared: AnyCallOptions['headers'],
): Promise<PreparedRequest> {
  const inQuery: Record<string, unknown> = {};
  const inBody: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input ?? {}))
    (entry.body && !entry.query?.includes(name) ? inBody : inQuery)[name] = value;
  const body = entry.body && input ? JSON.stringify(inBody) : undefined;
  const own = {
    Accept: options.mediaType,
    'Client-Version': `js/${version}`,
    'Content-Type': body && entry.body,
    'If-Match': entry.ifMatch && etag,
    'Idempotency-Key': entry.idempotent && (options.idempotencyKey ?? randomKey()),
  };
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...own, ...shared, ...options.headers }))
    if (value) headers.set(name, value as string);
  return { path: pathTo(entry, target), params: { query: inQuery }, body, headers, parseAs: 'text' };
}

/** Rejects ids that are empty, `.` or `..`: they would lead to another path, and so to another operation. */
function pathTo({ path }: OperationEntry, target: unknown): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = typeof target === 'object' ? (target as Members)[name] : target;
    if (!/[^.]/.test(id as string)) throw new TypeError(`${name} is not a valid id`);
    return encodeURIComponent(id as string);
  });
}

/** 128 random bits. (`crypto.randomUUID` is missing in pages that are not served over https.) */
function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
