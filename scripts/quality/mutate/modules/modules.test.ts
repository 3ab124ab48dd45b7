import { existsSync, readFileSync } from 'node:fs';

const { mutate: modules } = JSON.parse(readFileSync('scripts/quality/mutate/modules/stryker.config.json', 'utf8')) as {
  mutate: string[];
};

describe('the modules that Stryker mutates', () => {
  it.each(modules)('include %s, which has its unit tests beside it', (module) => {
    expect(existsSync(module)).toBe(true);
    expect(existsSync(module.replace(/\.ts$/, '.test.ts'))).toBe(true);
  });
});
