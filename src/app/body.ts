import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import type { NextFunction, Request, Response } from 'express';
import type { Operation } from '../contract/operations.ts';
import { ProblemError } from './problems.ts';

/** The largest body, in bytes. */
export const bodyLimit = 64 * 1024;

/** The client went away in the middle of its body: nobody is left to be answered. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** Whether a request has a body at all (RFC 9112, section 6). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Refuses bodies in a media type, character set or coding that the contract does not have. */
export function checkMediaType({ requestBody }: Operation) {
  const known = Object.keys(requestBody?.content ?? {});
  return function checkBodyMediaType(request: Request, _response: Response, next: NextFunction): void {
    if (!requestBody || !hasBody(request)) return next();
    const coding = request.headers['content-encoding'];
    const identity = coding === undefined || coding.trim().toLowerCase() === 'identity';
    if (!identity || !known.includes(utf8MediaType(request.headers['content-type']))) throw new ProblemError('unsupported-media-type');
    next();
  };
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

/**
 * Reads the body of an operation that declares one: as JSON in UTF-8, no further than the limit. An absent or empty body
 * is `undefined`.
 *
 * Not body-parser: on Lambda it skips whatever comes after an asynchronous step, it makes `{}` of an empty body, replaces invalid
 * UTF-8 silently, and answers an endless body only when it ends.
 */
export function readBody({ requestBody }: Operation) {
  return async function readJsonBody(request: Request, response: Response, next: NextFunction): Promise<void> {
    request.body = undefined;
    if (requestBody && hasBody(request)) {
      if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw tooLarge();
      if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
      request.body = parseJson(await collect(request));
    }
    next();
  };
}

function collect(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimit) return void chunks.push(chunk);
      request.removeAllListeners('data').pause();
      reject(tooLarge());
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new ClientGone('The client went away.')));
  });
}

// The rest of the body is not read, so the connection cannot be used again.
const tooLarge = () => new ProblemError('body-too-large', { headers: { Connection: 'close' } });

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw new ProblemError('malformed-body', { detail: 'The body is not valid UTF-8.' });
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new ProblemError('malformed-body', { detail: 'The body is not valid JSON.' });
  }
}
