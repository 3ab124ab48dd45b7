/** For every test: a violation of the contract in one of its exchanges fails it. */
import { throwViolation } from '../conformance/violations.ts';
import { writeRecorded } from '../conformance/recorded.ts';

function reportViolation(): void {
  writeRecorded();
  throwViolation();
}
afterEach(reportViolation);
// For exchanges in the `afterAll` of a `describe`. (Jest calls top-level `afterAll` functions of a test file after this one.)
afterAll(reportViolation);
