import base from '../../../jest.config.js';
import { testMatch } from './tests.js';

/** The tests of test/http that hold behind a gateway too; scripts/terraform/deployed.ts runs them. They belong to jest.config.js as well. */
/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../../..',
  roots: ['<rootDir>/test/http'],
  testMatch,
  // An emulator for each: more would wait for the same cores.
  maxWorkers: 2,
  testTimeout: 120_000,
  globalSetup: '<rootDir>/test/deployed/http/setup.ts',
  globalTeardown: '<rootDir>/test/deployed/http/teardown.ts',
};
