import { timeBudget } from './timeouts.ts';

/** Time to read the request before the first call, and to write the response after the last, in milliseconds. */
const roundTrip = 500;

test('a connection that times out leaves time in its attempt', () => {
  expect(timeBudget.connect).toBeLessThan(timeBudget.attempt);
});

test('a database call without a response fails before the deadline of its request', () => {
  expect(timeBudget.maxAttempts * timeBudget.attempt + timeBudget.backoff).toBeLessThan(timeBudget.request);
});

test('a request that meets its deadline responds before the function times out', () => {
  expect(timeBudget.request + roundTrip).toBeLessThan(timeBudget.function);
});

test('a function times out before the gateway does', () => {
  expect(timeBudget.function + roundTrip).toBeLessThan(timeBudget.gateway);
});
