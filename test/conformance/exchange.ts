/** Exchanges, and violations of the contract in them. */
import { lineOf } from './contract-source.ts';
import type { Place } from './tree.ts';

/** One request and its response, as seen on the wire. */
export interface Exchange {
  readonly transport: 'socket' | 'lambda';
  readonly method: string;
  /** The request target as sent, with the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Buffer | undefined;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An exchange contains something that the contract does not allow. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** @throws Violation with the reason, the exchange and the line of the contract, unless the condition is true */
export function assertExchange(
  condition: boolean,
  exchange: Exchange,
  violation: string,
  place: Place,
): asserts condition {
  if (condition) return;
  const { transport, method, path, status, headers, text } = exchange;
  const what = `${method} ${path} -> ${status} ${headers['content-type'] ?? ''} (${transport})`;
  throw new Violation(`${what}: ${violation} (${lineOf(place)})\n${text.slice(0, 500)}`);
}

export const problemType = 'application/problem+json';

/** The media type of a Content-Type without its parameters; empty if there is none. */
export const mediaTypeOf = (contentType = '') => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

/** The parameters of a Content-Type, by name. */
export const parametersOf = (contentType = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    contentType
      .split(';')
      .slice(1)
      .map((one) => one.trim().split('=') as [string, string]),
  );

/** Whether a body of this media type is JSON (RFC 6839, section 3.1); any other is text. */
export const isJson = (mediaType: string) => mediaType === 'application/json' || mediaType.endsWith('+json');

/** Whether a text is valid percent-encoded UTF-8. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The parsed JSON value; undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
