/**
 * The environment of the tests. Each test file loads its modules again, except what is here: each worker loads it once, because compiling
 * the schemas of the contract for every file would take a fifth of the run.
 */
import { TestEnvironment } from 'jest-environment-node';
import { createChecker } from '../conformance/checker.ts';
import { storedContract } from '../conformance/contract-file.ts';
import { disableStorages, rememberStorages } from './async-storages.ts';
import { compileModulesOnce } from './compile-once.ts';
import { createSharedAjv } from './compile-schemas-once.ts';

compileModulesOnce();
rememberStorages();

let checker: ReturnType<typeof createChecker> | undefined;

export default class ProjectEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    checker ??= createChecker(storedContract());
    this.global['conformanceChecker'] = checker;
    this.global['createSharedAjv'] = createSharedAjv;
  }

  override async teardown(): Promise<void> {
    disableStorages();
    await super.teardown();
  }
}
