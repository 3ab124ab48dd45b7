/** Breaches of the contract of which no test has heard yet. They are kept, so that no client can swallow one. */
const breaches: Error[] = [];

/** Keeps a breach for `throwBreach`. */
export function noteBreach(breach: unknown): void {
  breaches.push(breach instanceof Error ? breach : new Error(String(breach)));
}

/**
 * Called after each test, and by the test's own client after each request.
 *
 * @throws the first breach that was noted since
 */
export function throwBreach(): void {
  const [first] = breaches.splice(0);
  if (first) throw first;
}
