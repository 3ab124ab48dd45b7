import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import type { Request, Response } from 'express';
import type { Operation } from '../../contract/operations.ts';
import type { ProblemResult } from '../problems.ts';

/** The maximum size of a body, in bytes. */
export const maxBodyBytes = 64 * 1024;

/** The client closed the connection before its body was complete: there is no client to respond to. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/**
 * Reads the body of an operation that declares one: as JSON in UTF-8, up to the limit. An absent or empty body is `undefined`;
 * a media type or content coding that the contract does not declare is refused. Parameters of the media type are ignored:
 * `application/json` has none, and a `charset` has no effect (RFC 8259, section 11). JSON is UTF-8, and other bytes are malformed.
 *
 * Not body-parser: on Lambda it skips everything after an asynchronous step, it makes `{}` of an empty body, replaces invalid
 * UTF-8 silently, and responds to an endless body only when it ends.
 */
export function createBodyReader({ requestBody }: Operation) {
  const mediaTypes = Object.keys(requestBody?.content ?? {});
  return async function readBody(
    request: Request,
    response: Response,
  ): Promise<{ readonly body: unknown } | ProblemResult> {
    if (!requestBody || !hasBody(request.headers)) return { body: undefined };
    // Unknown media type: allow 0 bytes. It cannot be refused up front, as a chunked body may be empty.
    const [limit, problem] = isKnown(request.headers, mediaTypes) ? [maxBodyBytes, tooLarge] : [0, unsupported];
    const waits = request.headers.expect?.toLowerCase() === '100-continue';
    if (Number(request.headers['content-length'] ?? 0) > limit || (waits && limit === 0)) return problem;
    if (waits) response.writeContinue();
    const bytes = await collect(request, limit);
    return bytes === undefined ? problem : parseJson(bytes);
  };
}

/** Whether a request has a body at all (RFC 9112, section 6). */
function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isKnown(headers: IncomingHttpHeaders, mediaTypes: readonly string[]): boolean {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return coding === 'identity' && mediaTypes.includes(essenceOf(headers['content-type']));
}

/** The media type without its parameters; empty where it is missing or malformed. */
function essenceOf(contentType = ''): string {
  try {
    return new MIMEType(contentType).essence;
  } catch {
    return '';
  }
}

/** The bytes of a body; undefined as soon as they exceed the limit. */
function collect(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      request.removeAllListeners('data').pause();
      resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.readableEnded) reject(new ClientGone('The client closed the connection.'));
    });
  });
}

// The rest of the body is not read, so the connection cannot be reused.
const headers = { Connection: 'close' };
const tooLarge: ProblemResult = { problem: 'body-too-large', headers };
const unsupported: ProblemResult = { problem: 'unsupported-media-type', headers };

function parseJson(bytes: Buffer): { readonly body: unknown } | ProblemResult {
  if (bytes.length === 0) return { body: undefined };
  if (!isUtf8(bytes)) return malformed('The body is not valid UTF-8.');
  const text = bytes.toString();
  const parsed = parse(text);
  if (!parsed) return malformed('The body is not valid JSON.');
  // The database would silently replace it by U+FFFD.
  if (hasLoneSurrogate(text)) return malformed('The body has an unpaired surrogate.');
  return parsed;
}

function parse(text: string): { readonly body: unknown } | undefined {
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const malformed = (detail: string): ProblemResult => ({ problem: 'malformed-body', detail });

/** Matches valid surrogate pairs and all short escapes; a `\\uD8xx` that is left after removing these is unpaired. */
const pairsAndShortEscapes = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|[^u])/g;

/**
 * Whether a JSON text escapes one half of a surrogate pair without the other: valid JSON, but invalid Unicode (RFC 8259,
 * section 8.2). Looks at the text: a walk through the values would need a stack as deep as they are.
 */
function hasLoneSurrogate(text: string): boolean {
  const half = /\\u[dD][89a-fA-F]/;
  return half.test(text) && half.test(text.replace(pairsAndShortEscapes, ' '));
}
