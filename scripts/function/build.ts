/**
 * Builds the Lambda function: build/function/index.mjs, which is one file, and build/function.zip, which Terraform uploads. The source
 * map stands beside them, in build/index.mjs.map: whoever reads a stack wants it, the function does not.
 *
 *     tsx scripts/function/build.ts [folder]     build, unless another one is named
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { zip } from './zip.ts';

/** What the zip may weigh, in bytes: a cold start loads all of it. */
const zipLimit = 500_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'build'));

const { code, sourceMap } = await bundle(root, 'src/entries/lambda-api.ts');
const packed = zip({ 'index.mjs': code });

rmSync(join(folder, 'function'), { recursive: true, force: true });
mkdirSync(join(folder, 'function'), { recursive: true });
writeFileSync(join(folder, 'function/index.mjs'), code);
writeFileSync(join(folder, 'index.mjs.map'), sourceMap);
writeFileSync(join(folder, 'function.zip'), packed);

const kilobytes = ({ length }: Uint8Array) => `${Math.ceil(length / 1000)} kB`;
const hash = createHash('sha256').update(packed).digest('base64');
console.log(
  `${relative('', join(folder, 'function.zip'))}: ${kilobytes(packed)} of ${zipLimit / 1000} (unpacked ${kilobytes(code)}), sha256 ${hash}`,
);
if (packed.length > zipLimit) {
  console.error(`The zip of the function is larger than ${zipLimit / 1000} kB.`);
  process.exitCode = 1;
}
