/** The function's time-out, which Terraform sets, must fit between the deadline of a request and the patience of the gateway. */
import { timeBudget } from '../../../src/storage/timeouts.ts';
import { variablesOf } from './hcl.ts';

/** Time to read the request before the first call, and to write the answer after the last, in milliseconds. */
const roundTrip = 500;

const timeout = variablesOf('terraform/modules/api/variables.tf').find(
  ({ name }) => name === 'function_timeout_seconds',
)!;
const [, least, most] =
  /function_timeout_seconds >= (\d+) && var.function_timeout_seconds <= (\d+)/.exec(timeout.validations) ?? [];

test('the default is that of the time budget', () => {
  expect(Number(timeout.default) * 1000).toBe(timeBudget.function);
});

test('the shortest that is allowed leaves time to answer a request that met its deadline', () => {
  expect(Number(least) * 1000).toBeGreaterThan(timeBudget.request + roundTrip);
  expect(Number(least) * 1000 - 1000).toBeLessThanOrEqual(timeBudget.request + roundTrip);
});

test('the longest that is allowed ends before the gateway gives up', () => {
  expect(Number(most) * 1000 + roundTrip).toBeLessThan(timeBudget.gateway);
});

test('what is said about it is true', () => {
  expect(timeout.description).toContain(`(${timeBudget.request / 1000} s)`);
  expect(timeout.description).toContain(`${timeBudget.gateway / 1000} s`);
});
