import { version } from './generated/operations.ts';
import type { CallOptions, OperationEntry } from './types.ts';

type Members = Readonly<Record<string, unknown>>;

/** A request that is ready to be sent. Each attempt of a call sends the same. */
export interface PreparedRequest {
  readonly path: string;
  readonly params: { readonly query: Members };
  readonly parseAs: 'text';
  /** The body as text. */
  readonly body: string | undefined;
  readonly headers: Headers;
}

/**
 * Puts target, input and options where the contract wants them.
 *
 * @param etag the revision that a change is for
 * @throws TypeError where they cannot be sent: an id is empty, a header has a line feed, the input is no JSON
 */
export async function prepare(
  entry: OperationEntry,
  target: unknown,
  input: unknown,
  etag: unknown,
  options: CallOptions,
  shared: CallOptions['headers'],
): Promise<PreparedRequest> {
  const inQuery: Record<string, unknown> = {};
  const inBody: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input ?? {}))
    (entry.body && !entry.query?.includes(name) ? inBody : inQuery)[name] = value;
  const body = entry.body && input ? JSON.stringify(inBody) : undefined;
  const own = {
    'Client-Version': `js/${version}`,
    'Content-Type': body && entry.body,
    'If-Match': entry.match && etag,
    'Idempotency-Key': entry.key && (options.idempotencyKey ?? randomKey()),
  };
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...own, ...shared, ...options.headers }))
    if (value) headers.set(name, value as string);
  return { path: pathTo(entry, target), params: { query: inQuery }, body, headers, parseAs: 'text' };
}

/** An id that is empty, `.` or `..` would make another path, and so call another operation. */
function pathTo({ path }: OperationEntry, target: unknown): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = typeof target === 'object' ? (target as Members)[name] : target;
    if (!/[^.]/.test(id as string)) throw new TypeError(`no ${name}`);
    return encodeURIComponent(id as string);
  });
}

/** 128 random bits. (`crypto.randomUUID` is missing in pages that were not loaded over https.) */
function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
