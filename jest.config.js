/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Jest would leave one core idle; on a machine with two, that is half of it.
  maxWorkers: '100%',
  roots: ['<rootDir>/src', '<rootDir>/scripts', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '\\.m?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // These packages are published as ES modules only; Jest's own loader wants them transformed.
  transformIgnorePatterns: ['/node_modules/(?!(jose|uuid|oauth2-mock-server|is-plain-obj)/)'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
