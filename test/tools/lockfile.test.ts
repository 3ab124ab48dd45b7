/** What `npm ci` installs is pinned by its content, and comes from the registry of the machine that installs it. */
import { readFileSync } from 'node:fs';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  /** A folder of this project. */
  readonly link?: boolean;
}

describe.each([
  'package-lock.json',
  'scripts/bench/package-lock.json',
  'scripts/quality/mutate/modules/package-lock.json',
])('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
  const fromRegistry = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);

  it('has an integrity for every package from the registry', () => {
    const without = fromRegistry.filter(([, { integrity }]) => !/^sha512-[\w+/]+=*$/.test(integrity ?? ''));
    expect(fromRegistry.length).toBeGreaterThan(50);
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('names no host', () => {
    expect(fromRegistry.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(text).not.toContain('"resolved": "http');
  });
});
