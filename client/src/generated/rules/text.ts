// Copied by `make generate` from src/contract/validation/text.ts; do not edit.
/**
 * Strings of requests in their normal form. The contract marks each with `x-text`; docs/decisions/0083-text-for-people.md says why.
 */
import type { FieldError } from '../schemas.ts';
import { parseUrl } from './parse-url.ts';

/** The values of `x-text`: texts that people read, URLs, and strings that are taken as they are. */
export type TextKind = 'single-line' | 'multi-line' | 'url' | 'opaque';

/** A string in its normal form, or the error in it. */
export type NormalText = { readonly text: string } | { readonly error: Pick<FieldError, 'code' | 'detail'> };

/**
 * The normal form of a string; its length remains to be checked.
 *
 * @param maxLength the maximum length of what is sent, in code points: a longer string stays as it is
 * @param expected what the contract expects, as in "must be …"; for URLs
 */
export function normalizeText(kind: TextKind, sent: string, maxLength: number, expected = ''): NormalText {
  if (kind === 'opaque') return { text: sent };
  return kind === 'url' ? normalizeUrl(sent, expected) : normalizeLines(kind, sent, maxLength);
}

/** The normal form of a text that people read. The parameters are those of {@link normalizeText}. */
export function normalizeLines(kind: keyof typeof forbidden, sent: string, maxLength: number): NormalText {
  // As in the schema, the limit is for what is sent: blanks that are removed count. Composing longer texts could take long, too.
  if (sent.length > maxLength && [...sent].length > maxLength) return { text: sent };
  // Most texts are in their normal form, and this is the fastest way to see it.
  if (plainAscii.test(sent)) return { text: sent };
  const trimmed = trim(sent);
  const text = (kind === 'multi-line' ? trimmed.replace(lineBreaks, '\n') : trimmed).normalize('NFC');
  if (forbidden[kind].test(text)) return { error: { code: 'invalid-format', detail: forbiddenDetail[kind] } };
  return { text: visible.test(text) ? text : '' };
}

const plainAscii = /^[!-~](?:[ -~]*[!-~])?$/;

const lineBreaks = /\r\n?|[\u2028\u2029]/g;

/** Control characters (Unicode category Cc), line and paragraph separators, and characters that embed, override or isolate a direction. */
const forbidden = {
  'single-line': /[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/,
  'multi-line': /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/,
} as const;

const forbiddenDetail = {
  'single-line': 'must be one line without control characters and bidirectional formatting characters',
  'multi-line':
    'must not contain control characters or bidirectional formatting characters, except line breaks and tabs',
} as const;

/** A character that is seen: no whitespace, nothing that Unicode lets programs ignore, and neither a blank Braille pattern nor an annotation mark. */
const visible = /[^\s\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u;

/** Whitespace, and characters without a width that belong to no visible one. */
const blank = /[\s\u200b\u2060]/;

/** Removes blanks at both ends. Not with one regular expression, which would take quadratic time for many blanks in the middle. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blank.test(text.charAt(start))) start += 1;
  while (start < end && blank.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * An https URL as browsers understand it (https://url.spec.whatwg.org), written as RFC 3986 asks: browsers leave some characters, such
 * as `{` and `|` in a query, that are not allowed in a URI. The parameters are those of {@link normalizeText}.
 */
export function normalizeUrl(sent: string, expected: string): NormalText {
  const url = parseUrl(sent);
  // Without a host, a URL with this scheme cannot be parsed.
  if (url?.protocol !== 'https:') return { error: { code: 'invalid-format', detail: `must be ${expected}` } };
  if (allowedInUris.test(url.href)) return { text: url.href };
  const credentials = [url.username, url.password].filter((part) => part !== '').map(escapeForUri);
  const host = url.hostname.startsWith('[') ? url.hostname : escapeForUri(url.hostname);
  const port = url.port === '' ? '' : `:${url.port}`;
  // `search` and `hash` do not tell an empty part from none.
  const [, ...parts] = /^[^?#]*(\?[^#]*)?(#.*)?$/.exec(url.href) ?? [];
  const [query, fragment] = parts.map((part = '') => part.slice(0, 1) + escapeForUri(part.slice(1)));
  const authority = `${credentials.join(':')}${credentials.length > 0 ? '@' : ''}${host}${port}`;
  return { text: `https://${authority}${escapeForUri(url.pathname)}${query}${fragment}` };
}

/** The usual URLs, which need no further escapes. */
const allowedInUris = /^https:\/\/[\w.-]+(?::\d+)?\/(?:[\w!$&'()*+,\-./:;=?@~]|%[\da-f]{2})*$/i;

/** Matches what no component of a URI may contain (RFC 3986, section 2). */
const notInUris = /%(?![\da-f]{2})|[^\w!$%&'()*+,\-./:;=?@~]/gi;

const escapeForUri = (part: string) => part.replace(notInUris, (one) => encodeURIComponent(one));
