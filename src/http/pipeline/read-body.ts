import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import type { NextFunction, Request, Response } from 'express';
import type { Operation } from '../../contract/operations.ts';
import { ProblemError } from '../problems.ts';

/** The largest body, in bytes. */
export const bodyLimit = 64 * 1024;

/** The client went away in the middle of its body: nobody is left to be answered. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/**
 * Reads the body of an operation that declares one: as JSON in UTF-8, no further than the limit. An absent or empty body
 * is `undefined`; any other in a media type, character set or coding that the contract does not have is refused.
 *
 * Not body-parser: on Lambda it skips whatever comes after an asynchronous step, it makes `{}` of an empty body, replaces invalid
 * UTF-8 silently, and answers an endless body only when it ends.
 */
export function readBody({ requestBody }: Operation) {
  const mediaTypes = Object.keys(requestBody?.content ?? {});
  return async function readJsonBody(request: Request, response: Response, next: NextFunction): Promise<void> {
    request.body = undefined;
    if (requestBody && hasBody(request.headers)) {
      // Of an unknown media type the first byte is one too many; a body in chunks may turn out to have none.
      const [limit, refuse] = isKnown(request.headers, mediaTypes) ? [bodyLimit, tooLarge] : [0, unsupported];
      const waits = request.headers.expect?.toLowerCase() === '100-continue';
      if (Number(request.headers['content-length'] ?? 0) > limit || (waits && limit === 0)) throw refuse();
      if (waits) response.writeContinue();
      request.body = parseJson(await collect(request, limit, refuse));
    }
    next();
  };
}

/** Whether a request has a body at all (RFC 9112, section 6). */
function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isKnown(headers: IncomingHttpHeaders, mediaTypes: readonly string[]): boolean {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return coding === 'identity' && mediaTypes.includes(utf8MediaType(headers['content-type']));
}

/** The media type without its parameters; empty where it is missing, malformed, or not in UTF-8. */
function utf8MediaType(contentType = ''): string {
  try {
    const { essence, params } = new MIMEType(contentType);
    const charset = params.get('charset') ?? 'utf-8';
    return charset.toLowerCase() === 'utf-8' ? essence : '';
  } catch {
    return '';
  }
}

function collect(request: IncomingMessage, limit: number, refuse: () => ProblemError): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      request.removeAllListeners('data').pause();
      reject(refuse());
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.readableEnded) reject(new ClientGone('The client went away.'));
    });
  });
}

// The rest of the body is not read, so the connection cannot be used again.
const close = { headers: { Connection: 'close' } };
const tooLarge = () => new ProblemError('body-too-large', close);
const unsupported = () => new ProblemError('unsupported-media-type', close);

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw malformed('The body is not valid UTF-8.');
  const text = bytes.toString();
  const value = parse(text);
  // The database would put U+FFFD in its place without a word.
  if (hasLoneSurrogate(text)) throw malformed('The body has half of a surrogate pair.');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not valid JSON.');
  }
}

const malformed = (detail: string) => new ProblemError('malformed-body', { detail });

/** All escapes of JSON but `\uXXXX` alone, so that what is left begins no pair and stands behind no backslash. */
const pairsAndShortEscapes = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|[^u])/g;

/**
 * Whether a JSON text escapes one half of a surrogate pair without the other: valid JSON, but no Unicode (RFC 8259, section 8.2).
 * UTF-8 itself has no halves. On the text, as walking through the values would need a stack as deep as they are.
 */
function hasLoneSurrogate(text: string): boolean {
  const half = /\\u[dD][89a-fA-F]/;
  return half.test(text) && half.test(text.replace(pairsAndShortEscapes, ' '));
}
