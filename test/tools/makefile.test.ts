/** The targets of the Makefile: each depends on what its programs need. */
import { readFileSync } from 'node:fs';
import { closureOf, generated, importsOf, rules, shell } from '../support/makefile.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> };

/** The programs that a recipe runs: our own ones, and `jest`. */
function programsOf(recipe: string): string[] {
  const named = [...recipe.matchAll(/\$\(RUN\) ([\w:]+)/g)].map(([, name = '']) => scripts[name] ?? '');
  const commands = [recipe, ...named].join('\n').replaceAll('$(TSX)', 'tsx');
  return [...commands.matchAll(/\btsx (\S+\.ts)|\b(jest)\b/g)].map(([, file, jest]) => file ?? jest ?? '');
}

const targets = [...rules].filter(([target, { recipe }]) => programsOf(recipe).length > 0 && !target.includes('/'));

/** Programs that use no generated source, and `check`, which compares them with the contract before anything generates them. */
const withoutGenerated = ['apply', 'baseline', 'changes', 'check', 'destroy', 'init', 'node24', 'plan', 'token'];

describe('the targets of the Makefile', () => {
  it('include those that run programs of the project', () => {
    expect(targets.map(([target]) => target)).toEqual(
      expect.arrayContaining([...withoutGenerated, 'dev', 'test', 'test-tools', 'deps']),
    );
  });

  it.each(targets.map(([target]) => target))(
    'include %s, which looks for Node.js and installs the packages first',
    (target) => {
      expect(closureOf(target)).toContain('node');
      // `token` prints nothing else, and works only beside a running stack.
      if (target !== 'token') expect(closureOf(target)).toContain('package-lock.json');
    },
  );

  it.each(targets.filter(([target]) => !withoutGenerated.includes(target)).map(([target]) => target))(
    'include %s, which generates what follows from the contract first',
    (target) => {
      expect(closureOf(target)).toContain('build/.generated');
    },
  );

  it.each(targets.filter(([target]) => withoutGenerated.includes(target) && target !== 'check'))(
    'include %s, whose program uses no generated source',
    async (_target, { recipe }) => {
      const used = (await Promise.all(programsOf(recipe).map(importsOf))).flat();
      expect(used.filter((file) => generated.includes(file))).toEqual([]);
    },
  );

  it.each([
    ['generate', 'build/.generated'],
    ['docs', 'build/docs/index.html'],
    ['client', 'client/dist/.built'],
    ['screenshots', 'build/docs/index.html'],
    ['screenshots', 'example'],
    ['check', 'node24'],
    ['bench', 'node24'],
    ['bench', 'scripts/bench/package-lock.json'],
    // Stryker runs the tests of the server: neither a program of ours nor `jest` itself.
    ['mutate-modules', 'build/.generated'],
    ['mutate-modules', 'scripts/quality/mutate/modules/package-lock.json'],
    ['terraform-scan', '.github/checkov.txt'],
  ])('include %s, which needs %s', (target, prerequisite) => {
    expect(closureOf(target)).toContain(prerequisite);
  });

  it('look for Node.js before they install packages', () => {
    const installing = [...rules].filter(([, { recipe }]) => recipe.includes('npm ci'));
    expect(installing.length).toBeGreaterThan(2);
    for (const [target] of installing) expect(closureOf(target)).toContain('node');
  });

  it('all have names that are not files', () => {
    const phony = rules.get('.PHONY')?.prerequisites ?? [];
    const named = [...rules.keys()].filter((target) => !/[./]/.test(target) && target !== 'Makefile');
    expect(named.filter((target) => !phony.includes(target))).toEqual([]);
  });
});

describe('the environment of the programs', () => {
  it.each(['NO_PROXY', 'no_proxy'])('has this machine in %s, and what it has outside', (name) => {
    const local = '127.0.0.1,localhost';
    expect(shell(`echo "$$${name}"`, { [name]: '' })).toBe(`${local}\n`);
    expect(shell(`echo "$$${name}"`, { [name]: '.example.com' })).toBe(`.example.com,${local}\n`);
  });
});
