import { basename } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { nodeMajor } from './node.ts';
import { steps } from './steps/index.ts';

/** A program in one file, which Lambda runs, and its source map. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
}

/**
 * Bundles each entry with everything that it imports into one ES module. The same sources produce the same bytes in any folder.
 *
 * @param root the folder of the project
 * @param entries files below it, relative to it
 * @param plugins the steps of the build; each must find what it replaces in one of the entries
 * @returns the bundles, in the order of their entries
 */
export async function bundleAll(
  root: string,
  entries: readonly string[],
  plugins: Plugin[] = steps(),
): Promise<Bundle[]> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((file, number) => ({ in: file, out: String(number) })),
    outdir: '.',
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    plugins,
    platform: 'node',
    target: `node${nodeMajor}`,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    // `external`: a source map without a comment in the bundle that refers to it.
    sourcemap: 'external',
    define: { 'process.env.NODE_ENV': '"production"' },
    // CommonJS packages inside still call `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const contents = new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
  return entries.map((file, number) => {
    const [code, sourceMap] = [contents.get(`${number}.mjs`), contents.get(`${number}.mjs.map`)];
    if (!code || !sourceMap) throw new Error(`esbuild produced no bundle of ${file}.`);
    return { code, sourceMap };
  });
}

/**
 * Bundles one entry, as `bundleAll` does.
 *
 * @param plugins the steps of the build; benchmarks leave some out
 */
export async function bundle(root: string, entry: string, plugins?: Plugin[]): Promise<Bundle> {
  const [made] = await bundleAll(root, [entry], plugins);
  return made!;
}
