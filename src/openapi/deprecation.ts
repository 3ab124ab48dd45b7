/** Deprecation (RFC 9745) and sunset (RFC 8594) of operations, parameters and members. */
import type { JsonObject } from './document.ts';

/** The date since when something is deprecated, and from which it may be removed; as `YYYY-MM-DD`. */
export interface Deprecation {
  readonly since?: string;
  readonly sunset?: string;
}

/** The deprecation of an operation, a parameter or a schema; undefined if it is not deprecated. */
export function deprecationOf(node: JsonObject): Deprecation | undefined {
  if (node['deprecated'] !== true) return undefined;
  return {
    ...(node['x-deprecated-since'] ? { since: node['x-deprecated-since'] as string } : {}),
    ...(node['x-sunset'] ? { sunset: node['x-sunset'] as string } : {}),
  };
}
