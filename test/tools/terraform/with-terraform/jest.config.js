import base from '../../../../jest.config.js';

/** The tests that run Terraform; scripts/terraform/test.ts runs them. */
/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../../../..',
  roots: ['<rootDir>/test/tools/terraform/with-terraform'],
  testPathIgnorePatterns: ['/node_modules/'],
  // They start no local stack.
  globalSetup: '<rootDir>/test/conformance/contract-source.ts',
  globalTeardown: undefined,
};
