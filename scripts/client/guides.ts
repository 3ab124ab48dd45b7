/**
 * The code of the guides about frontends. Each block that names a file becomes that file of a project that uses the packed client. The
 * projects are compiled with the settings of their templates, and tests of Vitest run: those of the guides, and those in test/guides.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { parse } from 'vue/compiler-sfc';
import { readDocumentedContract } from '../docs/contract.ts';
import { type Guide, readGuides } from '../docs/guides.ts';
import { textOfDiagnostics } from './diagnostics.ts';
import { nativeStubs, nextStubs, type Stubs } from './guide-stubs.ts';
import { expectedOutput } from './readme.ts';

/** A file of a project, as a guide shows it. */
export interface GuideFile {
  /** Relative to the folder of the project, such as `src/App.tsx`. */
  readonly path: string;
  readonly code: string;
}

/** A project that several guides build together. */
interface Project {
  readonly name: string;
  /** The names of the guides. */
  readonly guides: readonly string[];
  readonly options: ts.CompilerOptions;
  /** The files to check; all if absent. */
  readonly only?: RegExp;
  readonly stubs?: Stubs;
  /** The folder in test/guides with the tests that belong to it. */
  readonly tests?: string;
  /** The configuration of Vitest, if no guide shows one. */
  readonly config?: string;
}

/** The settings that `npm create vite@latest` writes, of which some are not the default of the compiler. */
const vite: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['vite/client', 'node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowArbitraryExtensions: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
  noFallthroughCasesInSwitch: true,
};

const node: ts.CompilerOptions = { ...vite, types: ['node'] };

const projects: readonly Project[] = [
  {
    name: 'react',
    guides: ['react', 'forms', 'testing'],
    options: vite,
    tests: 'react',
    // It adds hot reload; an optional part of it demands another Babel than Jest has.
    stubs: {
      '@vitejs/plugin-react': {
        types: "import type { Plugin } from 'vite'; export default function react(): Plugin;",
        code: "export default () => ({ name: 'react' });",
      },
    },
  },
  {
    name: 'nextjs',
    guides: ['nextjs'],
    options: node,
    tests: 'nextjs',
    config: "export default { test: { environment: 'node' } };",
    stubs: nextStubs,
  },
  {
    name: 'vue',
    guides: ['vue-svelte-solid'],
    // What only the template of a component uses is unused in its script.
    options: { ...vite, noUnusedLocals: false },
    only: /^src\/(?!solid)/,
    tests: 'vue',
    config: `import vue from '@vitejs/plugin-vue';
export default { plugins: [vue()], test: { environment: 'happy-dom' } };`,
  },
  {
    name: 'solid',
    guides: ['vue-svelte-solid'],
    options: { ...vite, jsx: ts.JsxEmit.Preserve, jsxImportSource: 'solid-js' },
    only: /solid|queries/,
  },
  { name: 'react-native', guides: ['react-native'], options: node, stubs: nativeStubs },
];

/** The files in the code of some guides. @throws Error if two of them have the same name */
export function filesOf(guides: readonly Guide[], names: readonly string[]): readonly GuideFile[] {
  const files = names.flatMap((name) => {
    const { text = '' } = guides.find((guide) => guide.name === name) ?? {};
    return [...text.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)].map(([, path = '', code = '']) => ({ path, code }));
  });
  for (const { path } of files)
    if (files.filter((file) => file.path === path).length > 1) throw new Error(`The guides have two files ${path}.`);
  return files;
}

/** The compiler's errors in a project. */
function typeErrors(folder: string, files: readonly string[], options: ts.CompilerOptions): string {
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    { ...options, typeRoots: [resolve('node_modules/@types'), resolve('node_modules')] },
  );
  return textOfDiagnostics(ts.getPreEmitDiagnostics(program), folder);
}

function write(folder: string, { path, code }: GuideFile): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), code);
}

function writeStubs(folder: string, stubs: Stubs = {}): void {
  for (const [name, { types, code = '' }] of Object.entries(stubs)) {
    const home = join('node_modules', name);
    write(folder, { path: join(home, 'package.json'), code: `{ "name": "${name}", "type": "module" }` });
    write(folder, { path: join(home, 'index.d.ts'), code: types });
    write(folder, { path: join(home, 'index.js'), code });
  }
}

/** Writes the script of a component of Vue as a file of its own, for the compiler; its template runs in a test. Returns the path. */
function writeScript(folder: string, { path, code }: GuideFile): string {
  const name = path.replace(/\.vue$/, '-script.ts');
  write(folder, { path: name, code: parse(code).descriptor.scriptSetup?.content ?? '' });
  return name;
}

/** Copies the tests in test/guides/<name> into the sources. Returns their paths. */
function copyTests(folder: string, name: string): readonly string[] {
  const from = join('test/guides', name);
  return readdirSync(from).map((file) => {
    cpSync(join(from, file), join(folder, 'src', file));
    return join('src', basename(file));
  });
}

/** @throws Error if the project does not compile, or a test fails */
function checkProject(parent: string, guides: readonly Guide[], project: Project): string {
  const folder = join(parent, project.name);
  rmSync(folder, { recursive: true, force: true });
  const { only = /./, config } = project;
  const files = filesOf(guides, project.guides).filter(({ path }) => only.test(path));
  for (const file of files) write(folder, file);
  if (config !== undefined) write(folder, { path: 'vitest.config.ts', code: config });
  writeStubs(folder, project.stubs);
  const tests = project.tests === undefined ? [] : copyTests(folder, project.tests);
  const scripts = files.filter(({ path }) => path.endsWith('.vue')).map((file) => writeScript(folder, file));
  const sources = [...files.map(({ path }) => path), ...tests, ...scripts].filter((path) => /\.tsx?$/.test(path));
  const errors = typeErrors(folder, sources, project.options);
  if (errors !== '')
    throw new Error(`The code of the guides ${project.guides.join(', ')} does not compile:\n${errors}`);
  for (const file of files.filter(({ path }) => path.startsWith('try'))) runProgram(folder, file);
  if (tests.length > 0) run(['node_modules/.bin/vitest', 'run', '--root', folder]);
  return `${files.length} files of ${project.guides.join(', ')}`;
}

/** Runs a program of one file. @throws Error if it fails, or if its output is not in its comments */
function runProgram(folder: string, { path, code }: GuideFile): void {
  const output = run([process.execPath, '--import', 'tsx', join(folder, path)]);
  const expected = expectedOutput(code).join('\n');
  if (output.trim() !== expected) throw new Error(`${path}: expected the output "${expected}", received:\n${output}`);
}

/** @throws Error with the output of the command if it fails */
function run([command = '', ...args]: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/**
 * Checks the code of all guides about frontends.
 *
 * @param parent a folder in which the packed client is installed
 * @returns what was checked, for a message
 * @throws Error if something does not compile or fails
 */
export function checkGuides(parent: string): string {
  const guides = readGuides(readDocumentedContract());
  return projects.map((project) => checkProject(parent, guides, project)).join('; ');
}
