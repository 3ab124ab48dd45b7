/**
 * Builds the client package: client/dist/esm and client/dist/cjs, each with JavaScript, source map and types.
 *
 *     tsx scripts/client/build.ts
 */
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Format } from 'esbuild';
import ts from 'typescript';

const client = fileURLToPath(new URL('../../client/', import.meta.url));
const dist = `${client}dist/`;

async function bundle(format: Format): Promise<void> {
  await build({
    entryPoints: [`${client}src/index.ts`],
    outfile: `${dist}${format}/index.js`,
    format,
    bundle: true,
    packages: 'external',
    platform: 'neutral',
    target: 'es2022',
    sourcemap: true,
    logLevel: 'warning',
  });
}

/** Writes the declarations for both formats; as published, they name each other by the JavaScript that they describe. */
function declare(): void {
  const { config } = ts.readConfigFile(`${client}tsconfig.json`, (path) => ts.sys.readFile(path)) as { config: object };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, client);
  const emitted = { noEmit: false, emitDeclarationOnly: true, declarationMap: true, outDir: `${dist}esm`, rootDir: `${client}src` };
  const program = ts.createProgram(fileNames, { ...options, ...emitted });
  const { diagnostics } = program.emit(undefined, (path, text) => {
    const published = text.replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'");
    for (const format of ['esm', 'cjs']) ts.sys.writeFile(path.replace(`${dist}esm`, `${dist}${format}`), published);
  });
  const all = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (all.length === 0) return;
  throw new Error(ts.formatDiagnostics(all, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => client, getNewLine: () => '\n' }));
}

rmSync(dist, { recursive: true, force: true });
await Promise.all([bundle('esm'), bundle('cjs')]);
// Below a package of ES modules, these are CommonJS.
writeFileSync(`${dist}cjs/package.json`, '{ "type": "commonjs" }\n');
declare();
