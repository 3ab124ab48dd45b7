/**
 * Validates requests with express-openapi-validator's `RequestValidator` and closes its gaps: see docs/decisions/0003-validator.md.
 */
import type { NextFunction, Request, Response } from 'express';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { RequestValidator } from 'express-openapi-validator/dist/middlewares/openapi.request.validator.js';
import { pick } from '../../lib/pick.ts';
import { firstOfEachPlace, toFieldErrors } from './field-errors.ts';
import type { FieldError } from '../generated/types.ts';
import type { Operation } from '../operations.ts';
import { asObject, isObject, type JsonObject } from '../../openapi/document.ts';
import { bodyShortener } from './bounds.ts';
import { bodyNormalizer, queryNormalizer } from './normalize.ts';
import { notAnInteger, parseQuery } from './query.ts';

/** The parts of a request that the contract describes, before validation. */
export interface RawInput {
  readonly path: Readonly<Record<string, string>>;
  /** The query as it was sent, without `?`. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** A valid request, with its strings in normal form and its defaults filled in. */
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
  const bodySchema = asObject(asObject(requestBody?.content[mediaType ?? ''])['schema']);
  const integersInPath = parameters.filter((one) => one.in === 'path' && one.schema['type'] === 'integer');
  const shortenBody = bodyShortener(bodySchema);
  const normalizeBody = bodyNormalizer(bodySchema);
  const normalizeQuery = queryNormalizer(parameters);

  return function validate({ path, query, headers, body: sentBody }) {
    const parsed = parseQuery(query, parameters);
    const textErrors: FieldError[] = [];
    const values = (normalizeQuery?.(parsed.values, textErrors) ?? parsed.values) as typeof parsed.values;
    const shortBody = shortenBody(sentBody);
    const body = normalizeBody ? normalizeBody(shortBody, textErrors) : shortBody;
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
      query: { ...values },
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
    // A resource has one path: `1`, and neither `01` nor `1e0`, which Ajv would coerce.
    const pathErrors = integersInPath
      .filter(({ name }) => !/^(0|-?[1-9]\d*)$/.test(path[name] ?? ''))
      .map(({ name }): FieldError => ({ parameter: name, ...notAnInteger }));
    const fieldErrors = [
      ...pathErrors,
      ...parsed.errors,
      ...textErrors,
      ...toFieldErrors(errors, { parameters, bodySchema, body }).map((error) =>
        withPlusHint(error, parsed.withRawPlus),
      ),
      ...(missing ? [{ pointer: '', code: 'required', detail: 'a body is required' } satisfies FieldError] : []),
    ];
    if (fieldErrors.length > 0) return { errors: firstOfEachPlace(fieldErrors) };
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

/** The commonest cause of an invalid date and time in a query is the `+` of its offset. */
function withPlusHint(error: FieldError, withRawPlus: ReadonlySet<string>): FieldError {
  const isHinted = error.code === 'invalid-format' && withRawPlus.has(error.parameter ?? '');
  return isHinted ? { ...error, detail: `${error.detail}; a raw "+" is a space: write %2B` } : error;
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

/** The operation in the form that the engine expects. */
function forEngine({ parameters, requestBody }: Operation): JsonObject {
  return {
    // `allowReserved`: a query may contain raw colons; otherwise the engine throws. A copy, because the engine modifies it.
    parameters: parameters.map((one) => ({ ...(simplified(one) as JsonObject), allowReserved: true })),
    // `required: false`: a missing body is checked here, as the engine does so only if the schema has required members.
    ...(requestBody
      ? { requestBody: { required: false, content: simplified(requestBody.content) as JsonObject } }
      : {}),
  };
}

/**
 * A copy without what Ajv does not need: it does not support `discriminator.mapping`, as it finds the branch by the constant of its property,
 * and strings with `x-text` have no other form than the normal one.
 */
function simplified(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(simplified);
  if (!isObject(node)) return node;
  const { 'x-text': kind, ...schema } = node;
  const { format: _, pattern: __, ...text } = schema;
  return Object.fromEntries(
    Object.entries(kind === undefined ? schema : text).map(([key, value]) =>
      key === 'discriminator' ? [key, { propertyName: asObject(value)['propertyName'] }] : [key, simplified(value)],
    ),
  );
}

function rename(headers: Record<string, unknown>, names: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [names.get(name) ?? name, value]));
}
