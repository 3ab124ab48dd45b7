/** Whether every check is run by `make check` or by CI. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { promisify } from 'node:util';
import { projectFiles } from '../../scripts/quality/project-files.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The commands of a target of the Makefile. */
function recipe(target: string): string {
  return new RegExp(`^${target}:.*\\n((?:\\t.*\\n)+)`, 'm').exec(readFileSync('Makefile', 'utf8'))?.[1] ?? '';
}

const files = projectFiles();

/** The test files that Jest finds by a configuration. */
async function found(config: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'node_modules/jest/bin/jest.js',
    '--config',
    config,
    '--listTests',
    '--json',
  ]);
  return (JSON.parse(stdout) as string[]).map((file) => relative('', file));
}

describe('the checks of the project', () => {
  it('every script of package.json that checks something is a step of `make check`, except two that need special tools', () => {
    const check = recipe('check');
    const recipes = [check, recipe('test'), recipe('test-tools')].join('');
    const steps = [...recipes.matchAll(/\$\(RUN\) ([\w:]+)/g)].map(([, name]) => name ?? '');
    const elsewhere = ['test:terraform', 'client:runtimes'];
    // Run by hand: it changes files.
    const byHand = ['format'];
    const partOfLint = ['lint:contract'];
    expect([...new Set([...steps, ...elsewhere, ...byHand, ...partOfLint])].sort()).toEqual(
      Object.keys(scripts).sort(),
    );
    expect(check).toContain('$(RUN) changes -- --check');
    expect(check).toContain(
      'CASES=all FUZZ_RUNS=10 WORLDS=300 REGISTRATIONS=500 TEST_TRANSPORT=all $(MAKE) --no-print-directory test\n',
    );
    expect(check).toContain("$(MAKE) --no-print-directory test-tools ARGS='$(TOOLS_ARGS)'");
    expect(check).toContain('CASES=all TEST_FUNCTION=build TEST_TRANSPORT=bundle $(RUN) test -- test/http');
    for (const name of elsewhere) expect(readFileSync('Makefile', 'utf8')).toContain(`$(RUN) ${name}`);
  });

  it('no step of make check hides a failure', () => {
    expect(recipe('check')).not.toMatch(/^\t@?-|\|\||;\s*true/m);
    expect(Object.values(scripts).filter((script) => /\|\||;/.test(script))).toEqual([]);
  });

  it('CI runs make check, and the checks that need Terraform, Python or Java if these are installed', () => {
    const run = readFileSync('.ci/run', 'utf8');
    expect(run).toContain('\nset -euo pipefail\n');
    const calls = [...run.matchAll(/\bmake ([\w-]+)(?: (\w+)=)?/g)]
      .filter(([, target]) => recipe(target ?? '') !== '')
      .map(([, target, variable]) => `${target} ${variable ?? ''}`.trim());
    expect(calls).toEqual(
      expect.arrayContaining(['check ARGS', 'terraform-test', 'test-deployed', 'conformance', 'test DYNAMODB']),
    );
    const workflows = files
      .filter((file) => file.startsWith('.github/workflows/'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    for (const step of [
      '.ci/run',
      'make client-runtimes',
      'make terraform-test',
      'make test-deployed',
      'make test-updates',
      'make terraform-scan',
    ])
      expect(workflows).toMatch(new RegExp(`run: .*${step.replace('.', '\\.')}( ARGS=.*)?$`, 'm'));
  });

  it('every test file belongs to exactly one configuration of Jest', async () => {
    const configs = files.filter((file) => /(^|\/)jest[\w.]*\.config\.js$/.test(file));
    expect((await Promise.all(configs.map(found))).flat().sort()).toEqual(
      // Vitest runs those of the guides (scripts/client/guides.ts).
      files.filter((file) => file.endsWith('.test.ts') && !file.startsWith('test/guides/')).sort(),
    );
  });

  it('every TypeScript project is compiled, and all files and the contract are linted', () => {
    const projects = files.filter((file) => file.endsWith('tsconfig.json')).map((file) => dirname(file));
    const compiled = scripts['typecheck']
      ?.split(' && ')
      .map((command) => /^tsc --noEmit(?: -p (\S+))?$/.exec(command))
      .map((match) => match && (match[1] ?? '.'));
    expect(compiled?.sort()).toEqual(projects.sort());
    expect(scripts['lint']?.split(' && ')).toEqual(['eslint .', 'npm run lint:contract']);
    expect(scripts['lint:contract']).toBe('node --import tsx scripts/contract/lint.ts');
  });
});

it('the client package has the license of the project', () => {
  expect(existsSync('client/LICENSE') && readFileSync('client/LICENSE', 'utf8')).toBe(readFileSync('LICENSE', 'utf8'));
});
