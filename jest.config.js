import { availableParallelism } from 'node:os';

/** What no test replaces, as it does the clock, and no package declares as a variable, as some do `Buffer`. */
const globals =
  'Object Array String Number Boolean Symbol BigInt Math JSON RegExp Promise Proxy Reflect Map Set WeakMap WeakSet Error ' +
  'TypeError RangeError SyntaxError Uint8Array ArrayBuffer DataView parseInt parseFloat isNaN encodeURIComponent decodeURIComponent';

/** The sources of the client package, instead of what is built. */
export const packages = {
  '^@event-management/client$': '<rootDir>/client/src/index.ts',
  '^@event-management/client/(.*)$': '<rootDir>/client/src/$1.ts',
};

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/environment.ts',
  // Some suites mostly wait, for timeouts and repetitions: one worker more than there are cores.
  maxWorkers: availableParallelism() + 1,
  // For machines that are slow or busy: a test that hangs fails later, none that works fails.
  testTimeout: 30_000,
  // The product: server, client and example. The project's tools have their own run (jest.tools.config.js).
  roots: [
    '<rootDir>/src',
    ...['actions', 'contract', 'fuzz', 'http', 'lists', 'registrations', 'stack'].map(
      (folder) => `<rootDir>/test/${folder}`,
    ),
    '<rootDir>/client/test',
    '<rootDir>/client/examples/club/src',
  ],
  testMatch: ['**/*.test.ts'],
  // A name that is looked up in the global object of a test file costs twenty times as much as a variable: these are passed as variables.
  sandboxInjectedGlobals: globals.split(' '),
  testPathIgnorePatterns: ['/node_modules/'],
  transform: {
    '\\.m?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: {
    // Only express-openapi-validator has such a path.
    '^\\.\\./framework/ajv$': '<rootDir>/test/support/request-ajv.ts',
    ...packages,
  },
  // These packages are published as ES modules only; Jest's own loader wants them transformed.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|marked|uuid|oauth2-mock-server|is-plain-obj|preact|temporal-polyfill|temporal-utils)/)',
  ],
  setupFilesAfterEnv: ['<rootDir>/test/support/after-each.ts'],
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
