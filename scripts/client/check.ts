/**
 * Checks the client package as it is published: runs publint and attw, compiles projects that use it, runs both module formats, and compiles
 * and runs the code of its README and of the guides about frontends.
 *
 *     tsx scripts/client/check.ts
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { checkContents } from './contents.ts';
import { textOfDiagnostics } from './diagnostics.ts';
import { readEntries } from './entries.ts';
import { checkGuides } from './guides.ts';
import { folder, lintPackage, pack, unpack } from './package.ts';
import { runReadme, writeReadme } from './readme.ts';

const entries = readEntries();
const { specifier: name } = entries.at(-1) as (typeof entries)[number];
const dom = ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'];
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

/** Compiler settings of projects that use the client. All are strict, and check the declarations of their dependencies. */
const consumers: readonly { name: string; file: string; options: ts.CompilerOptions }[] = [
  { name: 'node16, ES module', file: 'use.mts', options: { module: ts.ModuleKind.Node16, lib: dom, types: [] } },
  { name: 'node16, CommonJS', file: 'use.cts', options: { module: ts.ModuleKind.Node16, lib: dom, types: [] } },
  {
    name: 'node16, without the types of a browser',
    file: 'use.mts',
    options: {
      module: ts.ModuleKind.Node16,
      lib: ['lib.es2022.d.ts'],
      types: ['node'],
      typeRoots: ['node_modules/@types'],
    },
  },
  { name: 'bundler', file: 'use.ts', options: { ...bundler, lib: dom, types: [] } },
];

const strict: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
};

/** Writes the type tests of the client with the imports of a project that uses the package. */
function writeTypeTests(project: string): void {
  const source = readFileSync('client/test/types.ts', 'utf8')
    .replace("'../src/index.ts'", `'${name}'`)
    .replaceAll(/'\.\.\/src\/([\w-]+)\.ts'/g, `'${name}/$1'`);
  for (const file of new Set(consumers.map((one) => one.file))) writeFileSync(join(project, file), source);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
}

function compile(name: string, files: readonly string[], options: ts.CompilerOptions): void {
  const errors = ts.getPreEmitDiagnostics(ts.createProgram(files, { ...strict, ...options }));
  const text = textOfDiagnostics(errors, process.cwd());
  if (text !== '') throw new Error(`Compilation failed (${name}):\n${text}`);
}

/** Loads all entries in both formats in one process, makes a call with each, and lets each recognize the errors of the other. */
function run(project: string): void {
  const file = join(project, 'both.mjs');
  writeFileSync(
    file,
    `import { createRequire } from 'node:module';
     const require = createRequire(import.meta.url);
     for (const entry of ${JSON.stringify(entries.map(({ specifier }) => specifier))}) {
       const [esm, cjs] = [await import(entry), require(entry)].map((one) => Object.keys(one).filter((name) => !/^(default|module.exports|__esModule)$/.test(name)).sort());
       if (String(esm) !== String(cjs) || esm.length === 0) throw new Error('Different exports of ' + entry + ': ' + esm + '; ' + cjs);
     }
     const [esm, cjs] = [await import('${name}'), require('${name}')];
     const fetch = async () => new Response('{}', { status: 403 });
     const errors = await Promise.all([esm, cjs].map((one) => one.createEventsClient({ baseUrl: 'https://api.example.com', fetch }).getHealth().catch((error) => error)));
     if (esm.EventsApiError === cjs.EventsApiError) throw new Error('Expected two copies of the package.');
     if (require('${name}/openapi.json').openapi !== '3.1.1') throw new Error('No contract.');
     for (const { isEventsApiError } of [esm, cjs]) for (const error of errors) if (!isEventsApiError(error, 'getHealth') || error.code !== 'forbidden') throw error;`,
  );
  execFileSync(process.execPath, [file], { stdio: ['ignore', 'ignore', 'pipe'] });
}

const tarball = pack();
const project = join(folder, 'consumer');
unpack(tarball, project);
const home = join(project, 'node_modules/@event-management/client');
checkContents(home);
lintPackage(tarball, home);
writeTypeTests(project);
for (const { name, file, options } of consumers) compile(name, [join(project, file)], options);
run(project);
console.log(
  `${tarball.slice(process.cwd().length + 1)}: publint and attw found no problems, ${consumers.length} projects compile, both formats run`,
);

const pageOptions: ts.CompilerOptions = {
  ...bundler,
  lib: dom,
  types: ['node'],
  typeRoots: ['node_modules/@types'],
  skipLibCheck: true,
};
compile('README', writeReadme(project), pageOptions);
await runReadme(project);
console.log('client/README.md: the code compiles, and its output matches the comments');
console.log(`${checkGuides(project)}: the code compiles, and its tests pass`);
