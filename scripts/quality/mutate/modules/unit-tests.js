import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import base from '../../../../jest.config.js';

const { mutate } = JSON.parse(readFileSync(new URL('stryker.config.json', import.meta.url), 'utf8'));

// The usual global setup would start a database too, which no unit test here needs.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
process.env['TEST_SIGNING_KEY'] = JSON.stringify(privateKey.export({ format: 'jwk' }));
const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = base;

/** @type {import('jest').Config} For Stryker: the modules are tested by the unit tests beside them and by nothing else. */
export default {
  ...rest,
  rootDir: '../../../..',
  roots: ['<rootDir>/src'],
  globalSetup: '<rootDir>/test/conformance/contract-source.ts',
  // Stryker wraps the environment, and loads it untransformed. These tests send no request, so they need no checker.
  testEnvironment: 'node',
  testMatch: mutate.map((modules) => `<rootDir>/${modules.replace(/\.ts$/, '.test.ts')}`),
};
