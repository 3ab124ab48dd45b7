/**
 * Builds the Lambda functions. Each entry `src/entries/lambda-<name>.ts` becomes one file, build/<name>/index.mjs, and the package
 * that Terraform uploads, build/<name>.zip. Its source map, build/<name>.mjs.map, is for reading stack traces and stays out of the
 * package.
 *
 *     tsx scripts/function/build.ts [folder]     the output folder; default: build
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundle, bundleAll } from './bundle.ts';
import { functionEntries } from './entries.ts';
import { zip } from './zip.ts';

/** The maximum size of a package, in bytes: a cold start loads all of it. */
const zipLimit = 250_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'build'));

function write(name: string, { code, sourceMap }: Bundle): void {
  const packed = zip({ 'index.mjs': code });
  const target = join(folder, name);

  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'index.mjs'), code);
  writeFileSync(`${target}.mjs.map`, sourceMap);
  writeFileSync(`${target}.zip`, packed);

  const hash = createHash('sha256').update(packed).digest('base64');
  console.log(
    `${relative('', `${target}.zip`)}: ${kilobytes(packed)} of ${zipLimit / 1000} (unpacked ${kilobytes(code)}), sha256 ${hash}`,
  );
  if (packed.length > zipLimit) {
    console.error(`${name}.zip is larger than ${zipLimit / 1000} kB.`);
    process.exitCode = 1;
  }
}

const kilobytes = ({ length }: Uint8Array) => `${Math.ceil(length / 1000)} kB`;

const entries = functionEntries(root);
const bundles = await bundleAll(
  root,
  entries.map(({ file }) => file),
);
bundles.forEach((bundle, number) => write(entries[number]!.name, bundle));
