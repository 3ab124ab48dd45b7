import { types } from 'node:util';

/** Violations that have not failed a test yet. They are kept here, so that a client cannot swallow them. */
const violations: Error[] = [];

/** Records a violation for `throwViolation`. */
export function recordViolation(violation: unknown): void {
  // The checker's errors come from outside of the test's realm, where `instanceof` does not know them.
  violations.push(types.isNativeError(violation) ? violation : new Error(String(violation)));
}

/**
 * Called after each test, and by the client of the tests after each request.
 *
 * @throws the first violation since the last call
 */
export function throwViolation(): void {
  const [first] = violations.splice(0);
  if (first) throw first;
}
