import type { Response } from 'express';
import { problemMediaType } from '../openapi/problem-codes.ts';
import type { ProblemAnswer } from './problems.ts';

/** Anything that can be answered. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: unknown;
}

/** Writes every answer of the application. HEAD gets the headers of its GET, the length included, and no body. */
export function write(
  response: Response,
  { status, headers = {}, body }: WrittenAnswer,
  mediaType = 'application/json',
): void {
  if (response.headersSent || response.destroyed) return;
  // Before anything is set: what is no JSON must leave no trace in the answer to this fault.
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (bytes === undefined) {
    response.end();
    return;
  }
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Length', bytes.length);
  if (response.req.method === 'HEAD') response.end();
  else response.end(bytes);
}

/** Writes a problem. */
export function writeProblem(response: Response, answer: ProblemAnswer): void {
  write(response, answer, problemMediaType);
}
