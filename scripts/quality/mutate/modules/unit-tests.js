import { readFileSync } from 'node:fs';
import base from '../../../../jest.config.js';

const { mutate } = JSON.parse(readFileSync(new URL('stryker.config.json', import.meta.url), 'utf8'));

// Without the database of the other tests.
const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = base;

/** @type {import('jest').Config} For Stryker: a module is tested by the unit tests beside it and by nothing else. */
export default {
  ...rest,
  rootDir: '../../../..',
  roots: ['<rootDir>/src'],
  testMatch: mutate.map((modules) => `<rootDir>/${modules.replace(/\.ts$/, '.test.ts')}`),
};
