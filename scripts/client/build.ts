/**
 * Builds the client package: client/dist/esm and client/dist/cjs, each with JavaScript, types and their source maps, and the contract as JSON.
 *
 *     tsx scripts/client/build.ts
 */
import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { readContract } from '../contract/read.ts';
import { textOfDiagnostics } from './diagnostics.ts';

const client = fileURLToPath(new URL('../../client/', import.meta.url));
const dist = `${client}dist/`;
const emitted: ts.CompilerOptions = {
  noEmit: false,
  declaration: true,
  declarationMap: true,
  sourceMap: true,
  inlineSources: true,
  rewriteRelativeImportExtensions: true,
};

/** Compiles with all checks; the declarations go to both formats. */
function emitModules(): readonly string[] {
  const { config } = ts.readConfigFile(`${client}tsconfig.json`, (path) => ts.sys.readFile(path)) as { config: object };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, client);
  const program = ts.createProgram(fileNames, {
    ...options,
    ...emitted,
    outDir: `${dist}esm`,
    rootDir: `${client}src`,
  });
  const { diagnostics } = program.emit(undefined, (path, text) => {
    ts.sys.writeFile(path, published(path, text));
    if (/\.d\.ts(\.map)?$/.test(path)) ts.sys.writeFile(path.replace('/esm/', '/cjs/'), published(path, text));
  });
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (errors.length === 0) return fileNames;
  throw new Error(textOfDiagnostics(errors, client));
}

/** The compiler does not rewrite `./errors.ts` in declarations. */
function published(path: string, text: string): string {
  return path.endsWith('.d.ts') ? text.replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'") : text;
}

function emitCommonJs(fileNames: readonly string[]): void {
  for (const fileName of fileNames) {
    const compilerOptions = {
      ...emitted,
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    };
    const { outputText, sourceMapText } = ts.transpileModule(readFileSync(fileName, 'utf8'), {
      compilerOptions,
      fileName,
    });
    const target = fileName.replace(`${client}src/`, `${dist}cjs/`).replace(/\.ts$/, '.js');
    ts.sys.writeFile(target, outputText);
    // `transpileModule` sees a single file and writes its name without the folder.
    const source = `${'../'.repeat(target.slice(dist.length).split('/').length)}src/${fileName.slice(`${client}src/`.length)}`;
    ts.sys.writeFile(
      `${target}.map`,
      (sourceMapText ?? '').replace(`"sources":["${basename(fileName)}"]`, `"sources":["${source}"]`),
    );
  }
  // The package is of type `module`, but these files are CommonJS.
  ts.sys.writeFile(`${dist}cjs/package.json`, '{ "type": "commonjs" }\n');
}

/** For tools that read the contract from the installed package, in its version. */
function emitContract(): void {
  const name = 'openapi/openapi.yaml';
  const contract = readContract(`${client}../${name}`, name);
  ts.sys.writeFile(`${dist}openapi.json`, `${JSON.stringify(contract)}\n`);
}

rmSync(dist, { recursive: true, force: true });
emitContract();
emitCommonJs(emitModules());
