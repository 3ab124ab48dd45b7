/** The CORS settings that follow from the contract. */
import type { JsonObject } from '../openapi/document.ts';
import type { Operation } from './operations.ts';

/** Methods and headers for cross-origin requests (Fetch standard, section 3.2). */
export interface CorsNeeds {
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
}

/** Headers that responses may carry without being documented in the contract: those of deprecations, and the gateway's. */
const undocumented = ['Deprecation', 'Sunset', 'Apigw-Requestid'];

/**
 * The methods of all operations, the headers of their requests, and those of their responses that scripts may read.
 *
 * @param otherHeaders further request headers, which the API ignores: proxies and tools for tracing add them
 */
export function corsNeeds(operations: readonly Operation[], otherHeaders: readonly string[] = []): CorsNeeds {
  const parameters = operations.flatMap((one) => one.parameters).filter((one) => one.in === 'header');
  const responses = operations.flatMap((one) => Object.values(one.responses));
  return {
    methods: unique(operations.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))),
    allowedHeaders: unique(['Authorization', 'Content-Type', ...parameters.map(({ name }) => name), ...otherHeaders]),
    exposedHeaders: unique([
      ...responses.flatMap(({ headers }) => Object.keys((headers ?? {}) as JsonObject)),
      ...undocumented,
    ]),
  };
}

const unique = (names: readonly string[]) => [...new Set(names)].sort();
