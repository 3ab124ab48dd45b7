import { build } from 'esbuild';
import { nodeMajor } from './node.ts';

/** A program in one file: what Lambda runs, and the map from it to the sources. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
}

/**
 * Makes one ES module of an entry and everything that it imports. The same sources make the same bytes, wherever the project lies.
 *
 * @param root the folder of the project
 * @param entry a file below it
 */
export async function bundle(root: string, entry: string): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'index.mjs',
    write: false,
    bundle: true,
    platform: 'node',
    target: `node${nodeMajor}`,
    format: 'esm',
    // Of packages that come as ES modules too, what is never imported can be left out.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    // `external`: a map without a comment in the bundle that points at it.
    sourcemap: 'external',
    define: { 'process.env.NODE_ENV': '"production"' },
    // CommonJS packages inside still call `require`, which an ES module does not have.
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  const [sourceMap, code] = outputFiles.map(({ contents }) => contents);
  if (!code || !sourceMap) throw new Error(`esbuild has made no bundle of ${entry}.`);
  return { code, sourceMap };
}
