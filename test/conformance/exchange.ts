/** What a client and a server have said to each other. */
import { lineOf } from './contract-file.ts';
import type { Place } from './tree.ts';

/** One request with its answer, as the client saw it. */
export interface Exchange {
  readonly transport: 'socket' | 'lambda';
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Buffer | undefined;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An exchange is not what the contract says. */
export class Breach extends Error {
  override readonly name = 'Breach';
}

/** @throws Breach which says what is wrong, in which exchange, and by which line of the contract */
export function demand(holds: boolean, exchange: Exchange, breach: string, place: Place): asserts holds {
  if (holds) return;
  const { transport, method, path, status, headers, text } = exchange;
  const what = `${method} ${path} -> ${status} ${headers['content-type'] ?? ''} (${transport})`;
  throw new Breach(`${what}: ${breach} (${lineOf(place)})\n${text.slice(0, 500)}`);
}

export const problemType = 'application/problem+json';

/** The media type of a Content-Type without its parameters; empty where there is none. */
export const mediaTypeOf = (contentType = '') => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

/** Whether a body of this media type is JSON (RFC 6839, section 3.1); any other is text. */
export const isJson = (mediaType: string) => mediaType === 'application/json' || mediaType.endsWith('+json');

/** Whether this is percent-encoded UTF-8. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The JSON value; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
