/** What is sent over the wire and read from it. The only file that depends on openapi-fetch. */
import { serializePrimitiveParam } from 'openapi-fetch';
import type { ClientOptions } from './types.ts';

/** A request that is ready to be sent. All attempts of a call send the same one. */
export interface PreparedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** The body as text. */
  readonly body: string | undefined;
  /** What else `fetch` gets. */
  readonly [option: string]: unknown;
}

/** A response whose body has been read. */
export interface Exchange {
  readonly response: Response;
  readonly text: string;
}

/** A URL with a query: each value of a parameter by itself, as the contract says. */
export function withQuery(url: string, query: readonly (readonly [string, unknown])[]): string {
  const search = query.map(([name, value]) => serializePrimitiveParam(encodeURIComponent(name), value as string));
  return search.length ? `${url}?${search.join('&')}` : url;
}

/**
 * Sends a request. `fetch` gets the parts of the request and no `Request`: implementations other than the platform's do not understand
 * the platform's.
 *
 * @param exact whether a byte order mark belongs to the text, such as that of a file
 * @returns undefined if `fetch` returns no response that can be read
 * @throws the error of `fetch`
 */
export async function exchange(
  fetch: NonNullable<ClientOptions['fetch']>,
  { url, headers, ...init }: PreparedRequest,
  exact: boolean,
  signal: AbortSignal,
): Promise<Exchange | undefined> {
  // The API never redirects. Another server that does would get the body and all headers except the token.
  const parts = { ...init, headers: Object.fromEntries(headers), redirect: 'manual', ...accepted(signal) } as const;
  const response = (await fetch(url, parts as RequestInit)) as Response | undefined;
  if (!response || !(response.headers as Headers | undefined)?.get || !('text' in response) || response.bodyUsed)
    return undefined;
  const text = exact
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    : await response.text();
  return { response, text };
}

/** A test environment may replace `AbortSignal` by one that the platform's `fetch` rejects. The call ends without it, too. */
function accepted(signal: AbortSignal): { signal?: AbortSignal } {
  try {
    new Request('http://localhost', { signal });
    return { signal };
  } catch {
    return {};
  }
}
