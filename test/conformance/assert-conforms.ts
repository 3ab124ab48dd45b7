/** Asserts that every exchange of every test conforms to the contract, and records which coverage items it uses. */
import { recordViolation } from './violations.ts';
import type { createChecker } from './checker.ts';
import type { Exchange } from './exchange.ts';
import { recordItems } from './recorded.ts';

declare global {
  /** The checker of this worker, which `test/support/environment.ts` has created. */
  var conformanceChecker: ReturnType<typeof createChecker> | undefined;
}

const check = globalThis.conformanceChecker as ReturnType<typeof createChecker>;

/** Records a violation, which fails the running test (see `violations.ts`), or the coverage items that the exchange uses. */
export function assertConforms(exchange: Exchange, basePath = ''): void {
  try {
    recordItems(exchange.transport, check({ ...exchange, path: contractPath(exchange.path, basePath) }));
  } catch (violation) {
    recordViolation(violation);
  }
}

/** The path in the contract: a request target without the authority that it may have (RFC 9112, section 3.2.2) and without the base path. */
function contractPath(target: string, basePath: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : `/outside${path}`;
}
