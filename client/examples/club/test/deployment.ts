/** A folder that the built pages are deployed to, in one version after the other. */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleFolder } from '../../../../scripts/example/serve.ts';

/** Creates the folder. The files of each version have names of their own, such as `index-DXjk9LGk.v2.js`, as if their content was another one. */
export function createDeployment() {
  const root = mkdtempSync(join(tmpdir(), 'deployment-'));
  const folder = join(root, 'current');

  function build(version: string): string {
    const built = join(root, version);
    rmSync(built, { recursive: true, force: true });
    cpSync(exampleFolder, built, { recursive: true });
    const names = readdirSync(join(built, 'assets')).map(
      (name) => [name, name.replace(/\.\w+$/, `.${version}$&`)] as const,
    );
    for (const file of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:js|css|html)$/.test(file)) continue;
      const text = names.reduce(
        (changed, [name, renamed]) => changed.replaceAll(name, renamed),
        readFileSync(join(built, file), 'utf8'),
      );
      writeFileSync(join(built, file), text.replace('const version="', `$&${version}-`));
    }
    for (const [name, renamed] of names) renameSync(join(built, 'assets', name), join(built, 'assets', renamed));
    return built;
  }

  return {
    folder,
    /** Replaces all files at once; those of the previous version are gone. */
    deploy(version: string): void {
      const next = join(root, 'next');
      symlinkSync(build(version), next);
      renameSync(next, folder);
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
