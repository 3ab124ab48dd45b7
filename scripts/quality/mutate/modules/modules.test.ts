import { existsSync, readFileSync } from 'node:fs';

const { mutate: modules } = JSON.parse(readFileSync('scripts/quality/mutate/modules/stryker.config.json', 'utf8')) as {
  mutate: string[];
};

/** These are tested through a listed module that uses them. */
const testedByUsers = ['src/domain/shared/cursor.ts'];

describe('the modules that Stryker mutates', () => {
  it.each(modules)('include %s, which exists and has unit tests beside it, or is used by one that has', (module) => {
    expect(existsSync(module)).toBe(true);
    expect(existsSync(module.replace(/\.ts$/, '.test.ts'))).toBe(!testedByUsers.includes(module));
  });
});
