/**
 * The environment of the tests that run with a mutant: the first test of a file that fails is the last one that runs. Jest's `--bail` ends
 * a run only after a whole file, whose other tests would often fail slowly, each after its own timeout.
 */
import ProjectEnvironment from '../../../test/support/environment.ts';

/** What Jest reports about a test file, as far as it is used here. */
interface TestEvent {
  readonly name: string;
  readonly test?: { readonly errors: readonly unknown[]; mode?: string | null | undefined };
}

/** Handles the events of one test file: skips every test after the first that fails. */
export function skipAfterFailure(): (event: TestEvent) => void {
  let failed = false;
  return ({ name, test }) => {
    if (test === undefined) return;
    if (name === 'test_done' && test.errors.length > 0) failed = true;
    if (name === 'test_start' && failed) test.mode = 'skip';
  };
}

export default class FirstFailureEnvironment extends ProjectEnvironment {
  readonly handleTestEvent = skipAfterFailure();
}
