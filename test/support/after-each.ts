/** What holds for every test: a breach of the contract in one of its exchanges fails it. */
import { throwViolation } from '../conformance/violations.ts';
import { writeRecorded } from '../conformance/recorded.ts';

function settle(): void {
  writeRecorded();
  throwViolation();
}
afterEach(settle);
// What happened in the `afterAll` of a `describe`. (Jest calls those that stand beside this one after it.)
afterAll(settle);
