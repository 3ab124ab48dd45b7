/** Serves one operation: its checks in their order, then its handler. */
import type { Request, RequestHandler, Response } from 'express';
import Negotiator from 'negotiator';
import type { Call, Caller, Handlers } from '../../contract/binding.ts';
import type { Operation, OperationId } from '../../contract/operations.ts';
import type { Validate, ValidInput } from '../../contract/validation/validator.ts';
import { lazy } from '../../lib/lazy.ts';
import { responseMediaTypes } from '../../openapi/operations.ts';
import { type Result, sendProblem, sendResponse } from '../response.ts';
import { createAuthentication, type Verify } from './authenticate.ts';
import { createAuthorization, rolesOf } from './authorize.ts';
import { createBodyReader } from './read-body.ts';
import { contextOf, type RequestContext } from './request-context.ts';
import { createValidation } from './validate.ts';

export interface OperationOptions {
  /** Verifies the value of an Authorization header. */
  readonly verify: Verify;
  /** The group that has each role of the contract. */
  readonly groups: Readonly<Record<string, string>>;
  /** Creates the validator of an operation. */
  readonly validatorOf: (operation: Operation) => Validate;
  /** The prefix of every path, such as `/api/v1`; empty if there is none. */
  readonly basePath: string;
}

/**
 * The request handler of an operation. The first check that finds a problem ends the request. What needs the schemas of the operation is
 * prepared by its first request: a function has more operations than its first requests use.
 *
 * @throws Error if no group is configured for the role of the operation
 */
export function serveOperation<Id extends OperationId>(
  operation: Operation & { readonly operationId: Id },
  handler: Handlers[Id],
  { verify, groups, validatorOf, basePath }: OperationOptions,
): RequestHandler {
  const authenticate = createAuthentication(operation, verify);
  const authorize = createAuthorization(operation, groups);
  const prepared = lazy(() => ({
    readBody: createBodyReader(operation),
    validate: createValidation(operation, validatorOf(operation)),
    mediaTypes: responseMediaTypes(operation),
  }));

  async function resultOf(request: Request, response: Response, context: RequestContext): Promise<Result> {
    const principal = (context.principal = await authenticate(request.headers.authorization));
    const forbidden = authorize(principal);
    if (forbidden) return forbidden;
    const { readBody, validate, mediaTypes } = prepared();
    const read = await readBody(request, response);
    if ('problem' in read) return read;
    const validated = validate(request, response, read.body);
    if ('problem' in validated) return validated;
    context.dryRun = validated.input.query['dryRun'] === true;
    const mediaType = mediaTypes.length > 1 ? negotiate(request, mediaTypes) : undefined;
    const caller = principal && { ...principal, roles: rolesOf(principal, groups) };
    return handler(toCall<Id>(validated.input, { ...context, principal: caller, mediaType }));
  }

  return async function serve(request, response) {
    const context = contextOf(response);
    context.operation = operation;
    if (operation.acceptsToken) response.setHeader('Cache-Control', 'no-store');
    // A handler may let caches keep a response without a token. They must not return it to a caller with one, nor to another origin,
    // whose CORS headers differ.
    if (operation.acceptsToken && !operation.secured) response.vary('Authorization, Origin');
    const result = await resultOf(request, response, context);
    if ('problem' in result) {
      sendProblem(response, result, context.requestId);
      return;
    }
    if (prepared().mediaTypes.length > 1) response.vary('Accept');
    sendResponse(response, withBasePath(result, basePath));
  };
}

interface CallContext extends Pick<RequestContext, 'requestId' | 'signal'> {
  readonly principal: Caller | undefined;
  readonly mediaType: string | undefined;
}

/** The typed call of an operation. Its schemas have checked what the generated types say; the compiler cannot know that. */
function toCall<Id extends OperationId>(
  input: ValidInput,
  { principal, mediaType, requestId, signal }: CallContext,
): Call<Id> {
  const call: object = { ...input, principal, mediaType, requestId, signal };
  return call as Call<Id>;
}

/**
 * The media type that the client prefers among those of the response (RFC 9110, section 12.5.1). A client that accepts none of
 * them gets the first, which the specification allows in place of 406. Parameters other than `q` are ignored.
 */
function negotiate(request: Request, mediaTypes: readonly string[]): string | undefined {
  const accept = request.headers.accept?.replace(/;(?!\s*q=)[^;,]*/gi, '');
  return new Negotiator({ headers: { accept } }).mediaTypes([...mediaTypes])[0] ?? mediaTypes[0];
}

/** Handlers know the paths of the contract; only the HTTP layer knows where the API is mounted. */
function withBasePath<R extends Result>(result: R, basePath: string): R {
  const { Location: location, Link: link } = result.headers ?? {};
  if (location === undefined && link === undefined) return result;
  const headers = {
    ...result.headers,
    ...(location === undefined ? {} : { Location: `${basePath}${location}` }),
    // One link, whose target is a path (RFC 8288, section 3).
    ...(link === undefined ? {} : { Link: String(link).replace('<', () => `<${basePath}`) }),
  };
  return { ...result, headers };
}
