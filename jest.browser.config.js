import base from './jest.config.js';

/** @type {import('jest').Config} The tests that drive a browser: `npm run test:browser` builds the example and finds the browser first. */
export default {
  ...base,
  maxWorkers: 2,
  // On a busy machine a browser is slow; what hangs fails later.
  testTimeout: 120_000,
  roots: ['<rootDir>/client/examples/club/test', '<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
};
