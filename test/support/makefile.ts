/** The Makefile: what its targets depend on, and what programs of the project import. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { clientRules } from '../../scripts/contract/generate-client-rules.ts';

export interface Rule {
  readonly prerequisites: readonly string[];
  readonly recipe: string;
}

/** Runs make, and returns what it prints. */
const make = (args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): string =>
  spawnSync('make', args, { encoding: 'utf8', env: { ...process.env, MAKEFLAGS: '', LC_ALL: 'C', ...env }, input })
    .stdout;

/** What a command prints as a line of a recipe. */
export const shell = (command: string, env: Readonly<Record<string, string>>): string =>
  make(['--silent', '-f', 'Makefile', '-f', '-', 'shell'], env, `shell: ; @${command}\n`);

/** The rules as make has expanded them, by target. */
function readRules(): Map<string, Rule> {
  const stdout = make(['--print-data-base', '--question', '--no-builtin-rules', 'help']);
  const rules = [...stdout.matchAll(/^([\w./-]+):(?!=) ?(.*)\n((?:(?:#.*|\t.*)\n)*)/gm)];
  return new Map(
    rules.map(([, target = '', prerequisites = '', rest = '']) => [
      target,
      {
        prerequisites: prerequisites.split(/[ |]+/).filter((one) => one !== ''),
        recipe: (rest.match(/^\t.*$/gm) ?? []).join('\n'),
      },
    ]),
  );
}

/** The rules of the Makefile by target, as make has expanded them. */
export const rules: ReadonlyMap<string, Rule> = readRules();

/** Everything that a target depends on, directly or not. */
export function closureOf(target: string, found = new Set<string>()): Set<string> {
  for (const one of rules.get(target)?.prerequisites ?? []) {
    if (found.has(one)) continue;
    found.add(one);
    closureOf(one, found);
  }
  return found;
}

/** The files of the project that a program imports, directly or not, with itself. */
export async function importsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    outdir: 'build/unused',
    metafile: true,
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
}

/** What the generators write: see scripts/contract/generate.ts. */
export const generated: readonly string[] = [
  ...readFileSync('scripts/contract/generate.ts', 'utf8')
    .match(/^ {2}'(src|client)\/\S+\.ts'(?=:)/gm)!
    .map((line) => line.trim().replaceAll("'", '')),
  ...Object.keys(clientRules('')),
];
