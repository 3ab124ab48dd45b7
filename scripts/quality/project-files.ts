import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The files of this project: what Git keeps, or would keep. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return listed.split('\0').filter((name) => name !== '' && existsSync(name));
}
