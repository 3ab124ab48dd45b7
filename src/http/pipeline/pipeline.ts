/** The application: each operation of the contract with its checks, in the order in which a request meets them. */
import type { IncomingMessage } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import type { Handlers } from '../../contract/binding.ts';
import { type Operation, operations as contractOperations } from '../../contract/operations.ts';
import { createValidator } from '../../contract/validation/validator.ts';
import type { Logger } from '../../lib/log.ts';
import { type AnyHandler, answer } from './respond.ts';
import { authenticate, type Verify } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { stripBasePath } from './base-path.ts';
import { ClientGone, readBody } from './read-body.ts';
import { identify } from './request-log.ts';
import { ProblemError, problemOf } from '../problems.ts';
import { stateOf } from './request-context.ts';
import { validate } from './validate.ts';
import { write, writeProblem } from '../response.ts';

export interface AppOptions {
  readonly handlers: Handlers;
  /** Verifies the value of an Authorization header. */
  readonly verify: Verify;
  /** The group that has each role of the contract. */
  readonly groups: Readonly<Record<string, string>>;
  readonly log: Logger;
  readonly requestId: (request: IncomingMessage) => string;
  /** How long the work for one request may take, in milliseconds. */
  readonly deadlineMs: number;
  /** What stands before `/events`, such as `/api/v1`; empty where nothing does. */
  readonly basePath?: string;
  /** Whether log lines are metrics of CloudWatch too: on Lambda. */
  readonly metrics?: boolean;
  /** Answers cross-origin requests; on Lambda the gateway does that. */
  readonly cors?: RequestHandler;
  /** The operations to serve; the contract's own, but for tests of the application itself. */
  readonly operations?: readonly Operation[];
}

/** Builds the application. It opens no connection and listens to no port. */
export function createApp(options: AppOptions): Express {
  const { handlers, verify, groups, basePath = '', cors, operations = contractOperations } = options;
  const validatorOf = createValidator();
  const app = express();
  // Before the first route, or Express has made its router without them.
  app.enable('strict routing').enable('case sensitive routing');
  app.disable('x-powered-by').disable('etag').set('query parser', false);

  app.use(identify(options));
  if (cors) app.use(cors);
  app.use(stripBasePath(basePath));
  for (const operation of operations) {
    app[operation.method](
      expressPath(operation.path),
      note(operation),
      authenticate(operation, verify),
      authorize(operation, groups),
      readBody(operation),
      validate(operation, validatorOf(operation)),
      answer(handlers[operation.operationId] as unknown as AnyHandler, basePath),
    );
  }
  for (const path of new Set(operations.map((one) => one.path))) {
    // Not `app.all`: that means the methods which Node knows, and the gateway may bring others.
    app.route(expressPath(path)).all(otherMethods(allowOf(operations.filter((one) => one.path === path))));
  }
  app.use(notFound);
  app.use(problems);
  return app;
}

/** `/events/{eventId}` as Express writes it: `/events/:eventId`. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** The methods of a path (RFC 9110, section 10.2.1). HEAD comes with GET, OPTIONS with every path. */
function allowOf(sharing: readonly Operation[]): string {
  const own = sharing.map(({ method }) => method.toUpperCase());
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
}

function note(operation: Operation): RequestHandler {
  return function noteOperation(_request, response, next) {
    stateOf(response).operation = operation;
    next();
  };
}

function otherMethods(allow: string): RequestHandler {
  return function answerOtherMethods(request, response) {
    if (request.method !== 'OPTIONS') throw new ProblemError('method-not-allowed', { headers: { Allow: allow } });
    write(response, { status: 204, headers: { Allow: allow } });
  };
}

const notFound: RequestHandler = () => {
  throw new ProblemError('route-not-found');
};

const problems: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  try {
    answerError(error, response);
  } catch (fault) {
    // An answer that cannot be written is a fault of ours; Express would send its stack to the client.
    answerError(fault, response);
  }
};

function answerError(error: unknown, response: Response): void {
  const state = stateOf(response);
  // Express decodes path parameters before any of our checks: a stray `%` names no path that we have.
  const known = isUndecodable(error) ? new ProblemError('route-not-found') : error;
  const answered = problemOf(known, state.requestId);
  if (answered.status >= 500 && !(error instanceof ClientGone)) state.error = error;
  response.setHeader('Cache-Control', 'no-store');
  writeProblem(response, answered);
}

function isUndecodable(error: unknown): boolean {
  return error instanceof Error && error.name === 'URIError';
}
