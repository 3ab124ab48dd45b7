import base, { packages } from './jest.config.js';

/** @type {import('jest').Config} Tests of the tools: generators, comparison of contracts, build, documentation, local stack, Terraform. */
export default {
  ...base,
  moduleNameMapper: packages,
  roots: ['<rootDir>/client/mcp/test', '<rootDir>/scripts', '<rootDir>/test/conformance', '<rootDir>/test/tools'],
  // Those in with-terraform/ run Terraform itself (scripts/terraform/test.ts).
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/tools/terraform/with-terraform/'],
};
