/**
 * Adds to package-lock.json the optional packages of other platforms that the registry at hand did not offer when the lock file
 * was written: npm leaves them out, and `npm ci` then refuses the file. Run it after each `npm install` that changes the lock.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Lock {
  packages: Record<string, LockedPackage & { optional?: boolean; os?: string[]; cpu?: string[] }>;
}

const file = 'package-lock.json';
const platform =
  /(darwin|linux|win32|freebsd|android|openharmony|aix|sunos|netbsd|openbsd)(?:32|64)?-(arm64|arm|x64|ia32|ppc64|s390x|riscv64|loong64)/;

const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
const known = new Set(Object.keys(lock.packages));
let added = 0;
for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const place = `node_modules/${name}`;
    if (known.has(place) || known.has(`${path}/${place}`)) continue;
    const [, os, cpu] = platform.exec(name) ?? [];
    lock.packages[place] = {
      version,
      ...(dev ? { dev } : {}),
      optional: true,
      ...(os && cpu ? { os: [os], cpu: [cpu] } : {}),
    };
    known.add(place);
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${file}: ${added} added`);
