/** The type of this project's own contract: an OpenAPI document with the members that only this project has. */
import type { JsonObject, OpenApiDocument, Throttle } from '../openapi/document.ts';

/** The throttles of operations that have none of their own, of requests that no operation matches, and of preflight requests. */
export type Throttles = { readonly [kind in 'secured' | 'open' | 'unrouted' | 'preflight']: Throttle };

/** The contract, parsed. */
export interface ContractDocument extends OpenApiDocument {
  readonly paths: { readonly [path: string]: JsonObject };
  /** Where the documentation is, with a slash at the end. */
  readonly externalDocs: { readonly url: string };
  readonly 'x-unrouted-codes'?: { readonly [code: string]: number };
  readonly 'x-throttles'?: Throttles;
  readonly 'x-problems'?: { readonly [code: string]: { readonly title: string; readonly detail: string } };
}
