/** The timeout of the function, which Terraform sets, must be between the deadline of a request and the timeout of the gateway. */
import { timeBudget } from '../../../src/storage/timeouts.ts';
import { variablesOf } from './hcl.ts';

/** Time to read the request before the first database call and to write the response after the last, in milliseconds. */
const roundTrip = 500;

const timeout = variablesOf('terraform/modules/api/variables.tf').find(
  ({ name }) => name === 'function_timeout_seconds',
)!;
const [, min, max] =
  /function_timeout_seconds >= (\d+) && var.function_timeout_seconds <= (\d+)/.exec(timeout.validations) ?? [];

test('the default timeout of the function is that of the time budget', () => {
  expect(Number(timeout.default) * 1000).toBe(timeBudget.function);
});

test('the minimum timeout leaves time to respond to a request that reached its deadline', () => {
  expect(Number(min) * 1000).toBeGreaterThan(timeBudget.request + roundTrip);
  expect(Number(min) * 1000 - 1000).toBeLessThanOrEqual(timeBudget.request + roundTrip);
});

test('the maximum timeout ends before that of the gateway', () => {
  expect(Number(max) * 1000 + roundTrip).toBeLessThan(timeBudget.gateway);
});

test('the description of the timeout names the deadline and the timeout of the gateway', () => {
  expect(timeout.description).toContain(`(${timeBudget.request / 1000} s)`);
  expect(timeout.description).toContain(`${timeBudget.gateway / 1000} s`);
});
