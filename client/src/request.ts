import { jsonOf, type Members, plain, setHeaders, text } from './checks.ts';
import { strongETag } from './errors.ts';
import { version } from './generated/operations.ts';
import { type PreparedRequest, withQuery } from './transport.ts';
import type { AnyCallOptions, ClientOptions, OperationEntry } from './types.ts';

/**
 * Puts target, input and options where the contract expects them.
 *
 * @param read the revision that was read for this change, if it is a function
 * @throws TypeError if they cannot be sent: an id is empty, a header contains a line feed, the input is not a plain object
 */
export function prepare(
  baseUrl: string,
  entry: OperationEntry,
  target: unknown,
  input: unknown,
  read: unknown,
  options: AnyCallOptions,
  shared: Pick<ClientOptions, 'headers' | 'fetchOptions'>,
): PreparedRequest {
  const given = input !== undefined || entry.inputRequired;
  const members = Object.entries(given ? jsonOf(input) : {});
  const isInBody = ([name]: (typeof members)[number]) => entry.body && !entry.query?.includes(name);
  const inQuery = members.filter((one) => !isInBody(one));
  const body = entry.body && given ? JSON.stringify(Object.fromEntries(members.filter(isInBody))) : undefined;
  const { idempotencyKey = randomKey() } = options;
  const headers = new Headers();
  setHeaders(headers, { 'Client-Version': `js/${version}` });
  setHeaders(headers, shared.headers);
  setHeaders(headers, {
    Accept: options.mediaType ?? entry.text,
    'Content-Type': body && entry.body,
    'If-Match': entry.ifMatch && revisionOf(target, read, options),
    'Idempotency-Key': entry.idempotent && idempotencyKey,
  });
  setHeaders(headers, options.headers);
  const query = inQuery.flatMap(([name, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    // Without a value, the API would not filter at all.
    if (!values.length || values.some((one) => typeof one === 'object'))
      throw new TypeError(`${name} has no value that can be sent in a query`);
    return values.map((one) => [name, one] as const);
  });
  const url = withQuery(baseUrl + pathTo(entry, target), query);
  const fetchOptions = { ...shared.fetchOptions, ...plain('fetchOptions', options.fetchOptions ?? {}) };
  return { ...fetchOptions, method: entry.method.toUpperCase(), url, headers, body };
}

/**
 * The revision that a change applies to; undefined if it applies to any.
 *
 * @throws TypeError if the caller names one that is unknown: it must not become a change of any revision
 */
function revisionOf(target: unknown, read: unknown, options: AnyCallOptions): string | undefined {
  const held = Object(target) as { etag?: unknown };
  if (!read && !('etag' in held) && !('ifMatch' in options)) return undefined;
  return strongETag(text('etag', options.ifMatch ?? read ?? held.etag));
}

/** Rejects ids that are empty, `.` or `..`: they would lead to another path, and so to another operation. */
function pathTo({ path, numbers }: OperationEntry, target: unknown): string {
  const takesString = path.split('{').length === 2;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const given = takesString && typeof target === 'string' ? target : (Object(target) as Members)[name];
    const id = text(name, numbers?.includes(name) && Number.isInteger(given) ? String(given) : given);
    if (!/[^.]/.test(id)) throw new TypeError(`${name} is not a valid id`);
    return encodeURIComponent(id);
  });
}

/** 128 random bits. (`crypto.randomUUID` is missing in pages that are not served over https, and `crypto` in some engines.) */
export function randomKey(): string {
  const parts = new Uint32Array(4);
  const { crypto } = globalThis as { crypto?: { getRandomValues?(parts: Uint32Array): Uint32Array } };
  return (crypto?.getRandomValues?.(parts) ?? parts.map(() => Math.random() * 2 ** 32)).join('-');
}
