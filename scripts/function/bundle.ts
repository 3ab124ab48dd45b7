import { build, type Plugin } from 'esbuild';
import { nodeMajor } from './node.ts';
import { steps } from './steps/index.ts';

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
 * @param plugins the steps of the build; benchmarks leave some out
 */
export async function bundle(root: string, entry: string, plugins: Plugin[] = steps()): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'index.mjs',
    write: false,
    bundle: true,
    plugins,
    platform: 'node',
    target: `node${nodeMajor}`,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    // `external`: a map without a comment in the bundle that points at it.
    sourcemap: 'external',
    define: { 'process.env.NODE_ENV': '"production"' },
    // CommonJS packages inside still call `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const [sourceMap, code] = outputFiles.map(({ contents }) => contents);
  if (!code || !sourceMap) throw new Error(`esbuild has made no bundle of ${entry}.`);
  return { code, sourceMap };
}
