/** The order of the test files. */
import TestSequencer from '@jest/test-sequencer';

/** The suites that last longest mostly wait, for timeouts and repetitions. */
const waitingSuites = 6;

/** The longest first, as Jest does it, but those that wait not all at once: one among some that compute. */
export default class Sequencer extends TestSequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const sorted = super.sort(tests);
    const order = sorted.slice(waitingSuites);
    const distance = Math.ceil(order.length / (4 * waitingSuites));
    for (const [index, test] of sorted.slice(0, waitingSuites).entries()) order.splice(index * distance, 0, test);
    return order;
  }
}
