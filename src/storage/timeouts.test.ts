import { timeBudget } from './timeouts.ts';

/** Time to read the request before the first call, and to write the answer after the last, in milliseconds. */
const roundTrip = 500;

test('a connection that does not come about leaves time in its attempt', () => {
  expect(timeBudget.connect).toBeLessThan(timeBudget.attempt);
});

test('a database call that nobody answers fails before the deadline of its request', () => {
  expect(timeBudget.maxAttempts * timeBudget.attempt + timeBudget.backoff).toBeLessThan(timeBudget.request);
});

test('a request that meets its deadline answers before the function is stopped', () => {
  expect(timeBudget.request + roundTrip).toBeLessThan(timeBudget.function);
});

test('a function that is stopped is so before the gateway gives up', () => {
  expect(timeBudget.function + roundTrip).toBeLessThan(timeBudget.gateway);
});
