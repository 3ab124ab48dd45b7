import type { Response } from 'express';
import { problemMediaType } from '../openapi/problem-codes.ts';
import { type ProblemResult, toProblemResponse } from './problems.ts';

/** A successful response, as handlers return it. */
export interface SuccessResult {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** The media type of `body`; JSON where absent. */
  readonly mediaType?: string;
  /** Parameters of the media type other than `charset`, such as `{ header: 'present' }`. */
  readonly mediaTypeParameters?: Readonly<Record<string, string>>;
  /** A JSON value; text or bytes where the media type is not JSON. */
  readonly body?: unknown;
}

/** What checks and handlers return. */
export type Result = SuccessResult | ProblemResult;

/**
 * Sends a response. HEAD gets the headers of its GET, including the length; Node.js leaves out the body. Does nothing if a response has started
 * already or the client is gone.
 *
 * @throws TypeError if the body does not fit its media type; no header has been set then
 */
export function sendResponse(
  response: Response,
  { status, headers = {}, mediaType = 'application/json', mediaTypeParameters = {}, body }: SuccessResult,
): void {
  if (response.headersSent || response.destroyed) return;
  // First: a body that cannot be encoded must leave no header in the response to this error.
  const bytes = body === undefined ? undefined : encode(body, mediaType);
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (bytes !== undefined) {
    const charset: Record<string, string> = mediaType.startsWith('text/') ? { charset: 'utf-8' } : {};
    response.setHeader('Content-Type', contentType(mediaType, { ...charset, ...mediaTypeParameters }));
    response.setHeader('Content-Length', bytes.length);
  }
  response.end(bytes);
}

/** Sends a problem. Problems are never cached. */
export function sendProblem(response: Response, problem: ProblemResult, requestId: string): void {
  response.setHeader('Cache-Control', 'no-store');
  sendResponse(response, { ...toProblemResponse(problem, requestId), mediaType: problemMediaType });
}

/** A media type with its parameters (RFC 9110, section 8.3.1), whose values must be tokens. */
function contentType(mediaType: string, parameters: Readonly<Record<string, string>>): string {
  return [mediaType, ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)].join('; ');
}

function encode(body: unknown, mediaType: string): Buffer {
  if (isJson(mediaType)) return Buffer.from(JSON.stringify(body));
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new TypeError(`A body of type ${mediaType} must be text or bytes.`);
}

/** Structured syntax suffixes: RFC 6839, section 3.1. */
function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json');
}
