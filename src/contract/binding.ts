/**
 * The typed binding of the contract to the code: what a handler receives, and what it may return.
 *
 * All of it is derived from the generated types. The code does not compile if an operation has no handler, or if a handler returns
 * a status, a code or a header that the contract does not document, or omits a header or a member that the contract requires.
 */
import type { Principal } from '../auth/principal.ts';
import type { FieldError, operations, OptionalTokenOperation, ProblemCode } from './generated/types.ts';
import type { OperationId } from './operations.ts';

/** An intersection as one object type. `infer` makes the compiler's messages show the members and not this name. */
type Flat<T> = T extends infer U ? { [K in keyof U]: U[K] } : never;

/**
 * Whether the application sets a header, and handlers do not: the id of the request, and `Cache-Control` unless the contract allows
 * caches to keep the response.
 */
type IsOfApplication<Name, Value> = Name extends 'X-Request-Id'
  ? true
  : Name extends 'Cache-Control'
    ? Value extends 'no-store'
      ? true
      : false
    : false;

/** The headers of a documented response without the index signature that openapi-typescript adds to them. */
type HeadersOf<R> = R extends { headers: infer H }
  ? Flat<{ [K in keyof H as string extends K ? never : true extends IsOfApplication<K, H[K]> ? never : K]: H[K] }>
  : never;

/** A member `headers`: absent if the contract documents none, optional if it requires none. */
type HeadersMember<R> = keyof HeadersOf<R> extends never
  ? unknown
  : Record<never, never> extends HeadersOf<R>
    ? { headers?: HeadersOf<R> }
    : { headers: HeadersOf<R> };

type ContentOf<R, MediaType extends string> = R extends { content: Record<MediaType, infer Body> } ? Body : never;
type ResponsesOf<Id extends OperationId> = operations[Id]['responses'];
type SuccessStatus = 200 | 201 | 202 | 204 | 304;
/** The media types of a documented response that is not a problem. */
type MediaTypeOf<R> = R extends { content: infer C } ? Exclude<keyof C & string, 'application/problem+json'> : never;

/** Whether a type is a union of several. */
type IsUnion<T, All = T> = [T] extends [never] ? false : T extends unknown ? ([All] extends [T] ? false : true) : never;

/**
 * The body of a response. JSON needs no media type unless the contract offers others; any other type is named beside its body,
 * which is text, with parameters of that type other than `charset` if it has any.
 */
type BodyMember<R> = [MediaTypeOf<R>] extends [never]
  ? unknown
  : {
      [MediaType in MediaTypeOf<R>]: MediaTypeMember<MediaType, IsUnion<MediaTypeOf<R>>> & {
        body: ContentOf<R, MediaType>;
      };
    }[MediaTypeOf<R>];

type MediaTypeMember<MediaType, IsOneOfSeveral> = MediaType extends 'application/json'
  ? IsOneOfSeveral extends true
    ? { mediaType?: MediaType }
    : unknown
  : { mediaType: MediaType; mediaTypeParameters?: Readonly<Record<string, string>> };

/** The successful ones among documented responses: `{ status, headers, body }`. */
export type SuccessOf<Responses> = {
  [Status in keyof Responses & SuccessStatus]: Flat<
    { status: Status; problem?: never } & HeadersMember<Responses[Status]> & BodyMember<Responses[Status]>
  >;
}[keyof Responses & SuccessStatus];

/**
 * The successful responses of an operation. They declare that `problem` is absent, so that the compiler distinguishes responses
 * and problems by it, and lists the documented codes in its message about an undocumented one.
 */
export type SuccessResult<Id extends OperationId> = SuccessOf<ResponsesOf<Id>>;

/** The codes that a documented response narrows `code` to; never if only the gateway produces it. */
type CodeOf<R> =
  ContentOf<R, 'application/problem+json'> extends { code: infer Code extends ProblemCode } ? Code : never;

type ProblemMembers = { detail?: string; errors?: readonly FieldError[] };

/** The statuses of an operation's problems, without those that only the gateway produces. */
type ProblemStatus<Id extends OperationId> = {
  [Status in keyof ResponsesOf<Id>]: [ContentOf<ResponsesOf<Id>[Status], 'application/problem+json'>] extends [never]
    ? never
    : Status;
}[keyof ResponsesOf<Id>];

/** The problems of an operation: `{ problem: code }`, with the headers that the contract requires. */
export type ProblemResult<Id extends OperationId> = {
  [Status in ProblemStatus<Id>]: Flat<
    { problem: CodeOf<ResponsesOf<Id>[Status]> } & HeadersMember<ResponsesOf<Id>[Status]> & ProblemMembers
  >;
}[ProblemStatus<Id>];

/** What a handler may return. The status of a problem follows from its code. */
export type OperationResult<Id extends OperationId> = SuccessResult<Id> | ProblemResult<Id>;

/** The media types of an operation's successful responses. */
type SuccessMediaType<Id extends OperationId> = {
  [Status in keyof ResponsesOf<Id> & SuccessStatus]: MediaTypeOf<ResponsesOf<Id>[Status]>;
}[keyof ResponsesOf<Id> & SuccessStatus];

type ParametersOf<Id extends OperationId> = operations[Id]['parameters'];
type Part<Id extends OperationId, Place extends 'path' | 'query' | 'header'> = Flat<
  [NonNullable<ParametersOf<Id>[Place]>] extends [never] ? Record<never, never> : NonNullable<ParametersOf<Id>[Place]>
>;

type BodyOf<Id extends OperationId> = [NonNullable<operations[Id]['requestBody']>] extends [never]
  ? undefined
  : operations[Id] extends { requestBody: { content: { 'application/json': infer Body } } }
    ? Body
    : operations[Id] extends { requestBody?: { content: { 'application/json': infer Body } } }
      ? Body | undefined
      : never;

/** The caller of an operation: the principal of the token, with the roles of the contract that its groups give. */
export interface Caller extends Principal {
  readonly roles: readonly string[];
}

/** A validated request, as a handler gets it: defaults are filled in, and numeric parameters are numbers. */
export interface Call<Id extends OperationId> {
  path: Part<Id, 'path'>;
  query: Part<Id, 'query'>;
  headers: Part<Id, 'header'>;
  body: BodyOf<Id>;
  /** The media type that the client prefers (`Accept`); undefined unless the contract offers several for a response. */
  mediaType: IsUnion<SuccessMediaType<Id>> extends true ? SuccessMediaType<Id> : undefined;
  /** The caller; undefined only if the operation requires no token. */
  principal: 401 extends keyof ResponsesOf<Id>
    ? Id extends OptionalTokenOperation
      ? Caller | undefined
      : Caller
    : undefined;
  /** The id of the request, stored with every write. */
  requestId: string;
  /** Aborts all work for this request at its deadline. */
  signal: AbortSignal;
}

/** One handler for each operation of the contract. */
export type Handlers = { [Id in OperationId]: (call: Call<Id>) => Promise<OperationResult<Id>> };
