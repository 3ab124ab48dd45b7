/** The end of things. Nothing generated is needed here, so that the generators can read it too. */
import type { JsonObject } from '../contract/operations.ts';

/** When something was deprecated and when it will be gone; dates as `YYYY-MM-DD`. */
export interface Retirement {
  readonly since?: string;
  readonly sunset?: string;
}

/** What the contract says about the end of an operation, a parameter or a member; undefined where it is not deprecated. */
export function retirementOf(node: JsonObject): Retirement | undefined {
  if (node['deprecated'] !== true) return undefined;
  return {
    ...(node['x-deprecated-since'] ? { since: node['x-deprecated-since'] as string } : {}),
    ...(node['x-sunset'] ? { sunset: node['x-sunset'] as string } : {}),
  };
}
