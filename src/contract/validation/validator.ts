/**
 * Validates requests with express-openapi-validator's `RequestValidator` and closes its gaps: see docs/decisions/0003-validator.md.
 */
import type { NextFunction, Request, Response } from 'express';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { RequestValidator } from 'express-openapi-validator/dist/middlewares/openapi.request.validator.js';
import { pick } from '../../lib/pick.ts';
import { toFieldError } from './field-errors.ts';
import type { FieldError } from '../generated/types.ts';
import type { Operation } from '../operations.ts';
import type { JsonObject } from '../../openapi/document.ts';
import { parseQuery } from './query.ts';

/** The parts of a request that the contract describes, before validation. */
export interface RawInput {
  readonly path: Readonly<Record<string, string>>;
  /** The query as it was sent, without `?`. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** A valid request, with its defaults filled in. */
export interface ValidInput {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export type Validate = (input: RawInput) => { readonly valid: ValidInput } | { readonly errors: readonly FieldError[] };

type Ajv = { getSchema(key: string): ValidateFunction | undefined };
type Engine = {
  ajv: Ajv;
  ajvBody: Ajv;
  validate(request: Request, response: Response, next: NextFunction): void;
};

const options = {
  allErrors: true,
  allowUnknownQueryParameters: true, // parseQuery reports all of them at once
  ajvFormats: { mode: 'full' }, // `fast` accepts 2026-19-39 as a date
  coerceTypes: false,
  discriminator: true,
  formats: {},
  removeAdditional: false,
  strict: false,
  useDefaults: true,
  validateSchema: false,
} as const;

/** One engine for all operations; each operation is compiled on its first request. */
export function createValidator(): (operation: Operation) => Validate {
  const engine = new RequestValidator(
    { openapi: '3.1.1', info: { title: '', summary: '', version: '' }, paths: {}, components: {}, webhooks: {} },
    options,
  ) as unknown as Engine;
  return (operation) => validateWith(engine, operation);
}

function validateWith(engine: Engine, operation: Operation): Validate {
  const { operationId, method, parameters, requestBody } = operation;
  const headerNames = new Map(
    parameters.filter((one) => one.in === 'header').map(({ name }) => [name.toLowerCase(), name]),
  );
  const mediaType = Object.keys(requestBody?.content ?? {})[0];
  const schema = forEngine(operation);

  return function validate({ path, query, headers, body }) {
    const parsed = parseQuery(query, parameters);
    // The engine gets what the contract declares and nothing else. It keys its cache by the client's Content-Type, so it
    // never sees that one.
    const contentType = requestBody && body !== undefined ? mediaType : undefined;
    const fakeRequest = {
      method: method.toUpperCase(),
      originalUrl: '/',
      headers: {
        ...pick(headers, [...headerNames.keys()]),
        ...(contentType ? { 'content-type': contentType } : {}),
      } as Record<string, unknown>,
      params: { ...path },
      query: { ...parsed.values },
      body,
      openapi: { expressRoute: operationId, openApiRoute: operationId, pathParams: { ...path }, schema },
    };
    const missing = requestBody?.['required'] === true && body === undefined;
    const errors = run(
      engine,
      fakeRequest as never,
      `${fakeRequest.method}-${operationId}-${contentType ?? 'not_provided'}`,
      missing,
    );
    const fieldErrors = [
      ...parsed.errors,
      ...errors.map((error) => toFieldError(error, headerNames)),
      ...(missing ? [{ pointer: '', code: 'required', detail: 'a body is required' } satisfies FieldError] : []),
    ];
    if (fieldErrors.length > 0) return { errors: dedupe(fieldErrors) };
    const { 'content-type': _, ...validHeaders } = fakeRequest.headers;
    return {
      valid: {
        path: fakeRequest.params,
        query: fakeRequest.query,
        headers: rename(validHeaders, headerNames),
        body: fakeRequest.body,
      },
    };
  };
}

/** Runs the engine and returns Ajv's own errors: those that it throws have lost their parameters and their escaping. */
function run(engine: Engine, request: Request, key: string, bodyMissing: boolean): ErrorObject[] {
  let failure: unknown;
  const { stackTraceLimit } = Error;
  try {
    // The engine throws an error for each invalid request. A stack trace, which is never read, would cost more than the validation.
    Error.stackTraceLimit = 0;
    engine.validate(request, {} as Response, (error?: unknown) => (failure = error));
  } catch (error) {
    failure = error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  if (failure === undefined) return [];
  const errors = [...(engine.ajv.getSchema(key)?.errors ?? []), ...(engine.ajvBody.getSchema(key)?.errors ?? [])];
  if (errors.length === 0) throw failure as Error;
  return bodyMissing
    ? errors.filter((error) => !(error.instancePath === '' && error.params['missingProperty'] === 'body'))
    : errors;
}

/** A format often has a pattern beside it: a value that violates both is one error. */
function dedupe(errors: readonly FieldError[]): readonly FieldError[] {
  const first = new Map<string, FieldError>();
  for (const error of errors) {
    const key = JSON.stringify([error.pointer, error.parameter, error.code]);
    if (!first.has(key)) first.set(key, error);
  }
  return [...first.values()];
}

/** The operation in the form that the engine expects. */
function forEngine({ parameters, requestBody }: Operation): JsonObject {
  return {
    // `allowReserved`: a query may contain raw colons; otherwise the engine throws. A copy, because the engine modifies it.
    parameters: parameters.map((one) => ({ ...one, allowReserved: true })),
    // `required: false`: a missing body is checked here, as the engine does so only if the schema has required members.
    ...(requestBody
      ? { requestBody: { required: false, content: withoutMapping(requestBody.content) as JsonObject } }
      : {}),
  };
}

/** Ajv does not support `discriminator.mapping`: it finds the branch by the constant of its property. */
function withoutMapping(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutMapping);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === 'discriminator'
        ? [key, { propertyName: (value as JsonObject)['propertyName'] }]
        : [key, withoutMapping(value)],
    ),
  );
}

function rename(headers: Record<string, unknown>, names: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [names.get(name) ?? name, value]));
}
