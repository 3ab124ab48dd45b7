/** The HTTP application: a route for each operation of the contract, and a response to everything else. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Handlers } from '../../contract/binding.ts';
import { type Operation, type OperationId, operations as contractOperations } from '../../contract/operations.ts';
import { createValidator } from '../../contract/validation/validator.ts';
import { type ProblemResult, problemOf } from '../problems.ts';
import { sendProblem, sendResponse } from '../response.ts';
import { stripBasePath } from './base-path.ts';
import { type OperationOptions, serveOperation } from './operation.ts';
import { ClientGone } from './read-body.ts';
import { contextOf } from './request-context.ts';
import { requestLog, type RequestLogOptions } from './request-log.ts';

export interface HttpAppOptions extends RequestLogOptions, Pick<OperationOptions, 'verify' | 'groups'> {
  readonly handlers: Handlers;
  /** The prefix of every path, such as `/api/v1`; empty by default. */
  readonly basePath?: string;
  /** Adds the headers of cross-origin responses; on Lambda the gateway does that. */
  readonly cors?: RequestHandler;
  /** The operations to serve; the contract's, except in tests of the application itself. */
  readonly operations?: readonly Operation[];
}

/** Builds the application. It opens no connection and listens on no port. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { handlers, verify, groups, basePath = '', cors, operations = contractOperations } = options;
  const validatorOf = createValidator();
  const app = express();
  // Before the first route: Express creates its router with the settings of that moment.
  app.enable('strict routing').enable('case sensitive routing');
  app.disable('x-powered-by').disable('etag').set('query parser', false);

  app.use(requestLog(options));
  if (cors) app.use(cors);
  app.use(stripBasePath(basePath));
  for (const operation of operations) addRoute(operation);
  for (const path of new Set(operations.map((one) => one.path))) {
    // Not `app.all`, which is limited to the methods that Node knows: the gateway may pass others.
    app.route(expressPath(path)).all(otherMethods(allowOf(operations.filter((one) => one.path === path))));
  }
  app.use(respondWith({ problem: 'route-not-found' }));
  app.use(handleError);
  return app;

  function addRoute<Id extends OperationId>(operation: Operation & { readonly operationId: Id }): void {
    const serve = serveOperation(operation, handlers[operation.operationId], { verify, groups, validatorOf, basePath });
    app[operation.method](expressPath(operation.path), serve);
  }
}

/** Converts a path such as `/events/{eventId}` to the syntax of Express: `/events/:eventId`. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** The methods of a path (RFC 9110, section 10.2.1). HEAD comes with GET, OPTIONS with every path. */
function allowOf(sharing: readonly Operation[]): string {
  const own = sharing.map(({ method }) => method.toUpperCase());
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
}

function otherMethods(allow: string): RequestHandler {
  const headers = { Allow: allow };
  const notAllowed = respondWith({ problem: 'method-not-allowed', headers });
  return function respondToOtherMethods(request, response, next) {
    if (request.method === 'OPTIONS') sendResponse(response, { status: 204, headers });
    else notAllowed(request, response, next);
  };
}

function respondWith(problem: ProblemResult): RequestHandler {
  return (_request, response) => sendProblem(response, problem, contextOf(response).requestId);
}

const handleError: ErrorRequestHandler = (error: unknown, { method }, response, _next) => {
  const context = contextOf(response);
  // Express decodes path parameters before our checks: a stray `%` matches no path of the contract.
  const problem: ProblemResult = isUndecodable(error) ? { problem: 'route-not-found' } : problemOf(error, method);
  if (isServerError(problem) && !(error instanceof ClientGone)) context.error = error;
  sendProblem(response, problem, context.requestId);
};

function isUndecodable(error: unknown): boolean {
  return error instanceof Error && error.name === 'URIError';
}

/** Whether the problem is a bug or an unavailable dependency, for which the log line contains the error. */
function isServerError({ problem }: ProblemResult): boolean {
  return problem === 'internal-error' || problem === 'service-unavailable';
}
