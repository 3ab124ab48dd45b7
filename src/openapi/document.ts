/** The types of an OpenAPI document. This folder reads any document: it imports no generated code. */

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A JSON object. A member that is undefined is absent. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** An object to be edited, such as one of a copy of a document. */
export type EditableJsonObject = { [key: string]: Json | undefined };

/** An OpenAPI document. Only the members that this folder reads are named. */
export interface OpenApiDocument extends JsonObject {
  readonly openapi: string;
  readonly info: JsonObject & { readonly version: string };
  readonly paths?: { readonly [path: string]: JsonObject };
  readonly webhooks?: { readonly [name: string]: JsonObject };
  readonly security?: readonly SecurityRequirement[];
  readonly components?: JsonObject;
}

/** Security schemes, each with its scopes, that are required together. */
export type SecurityRequirement = { readonly [scheme: string]: readonly string[] };

/** A parameter (OpenAPI 3.1.1, section 4.8.12) with a schema. */
export interface Parameter extends JsonObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly schema: JsonObject;
}

/** The body of a request, by media type. */
export interface RequestBody extends JsonObject {
  readonly content: { readonly [mediaType: string]: JsonObject };
}

/** The limits of the gateway for all callers together: requests per second, and concurrent requests. */
export type Throttle = { readonly rate: number; readonly burst: number };

/** Whether a node is an object, not an array. */
export function isObject(node: unknown): node is JsonObject {
  return node !== null && typeof node === 'object' && !Array.isArray(node);
}

/** The node if it is an object; otherwise an empty object. */
export function asObject(node: unknown): JsonObject {
  return isObject(node) ? node : {};
}
