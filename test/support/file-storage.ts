import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a browser's `Storage` does, as files: what was set survives the end of the process. A file is replaced at once, so that none is
 * half written.
 */
export function createFileStorage(folder: string) {
  mkdirSync(folder, { recursive: true });
  const fileOf = (key: string) => join(folder, encodeURIComponent(key));
  const keys = () => readdirSync(folder).filter((name) => !name.startsWith('~'));
  return {
    get length() {
      return keys().length;
    },
    key: (index: number) => decodeURIComponent(keys()[index] ?? ''),
    getItem(key: string) {
      try {
        return readFileSync(fileOf(key), 'utf8');
      } catch {
        return null;
      }
    },
    setItem(key: string, value: string) {
      const next = join(folder, '~next');
      writeFileSync(next, value);
      renameSync(next, fileOf(key));
    },
    removeItem: (key: string) => rmSync(fileOf(key), { force: true }),
  };
}
