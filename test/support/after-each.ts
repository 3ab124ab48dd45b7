/** What holds for every test: a breach of the contract in one of its exchanges fails it. */
import { throwBreach } from '../conformance/breaches.ts';
import { writeSeen } from '../conformance/seen.ts';

function settle(): void {
  writeSeen();
  throwBreach();
}
afterEach(settle);
// What happened in the `afterAll` of a `describe`. (Jest calls those that stand beside this one after it.)
afterAll(settle);
