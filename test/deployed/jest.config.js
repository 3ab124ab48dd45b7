import base from '../../jest.config.js';

/** The tests of a deployment; scripts/terraform/deployed.ts runs them. */
/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/deployed'],
  // An emulator starts for each file, and hundreds of requests try every part of a policy.
  testTimeout: 300_000,
};
