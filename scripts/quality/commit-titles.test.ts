import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemsOfTitle } from './commit-titles.ts';

describe('the rules for titles of commits', () => {
  it.each([
    'feat: add registrations',
    'fix(contract): see members that a closed object requires',
    'refactor(test): group the tests of the tools under test/tools',
    // language-allow: the former name
    'feat(client)!: rename Fault to FieldError',
    'build: seed the database',
    'docs: AWS facts in one page',
    `build(deps): bump the production group across 2 directories with ${'1'.repeat(30)} updates`,
  ])('accept "%s"', (title) => {
    expect(problemsOfTitle(title)).toEqual([]);
  });

  it.each([
    ['add registrations', 'must start with a type'],
    ['wip: add registrations', 'must start with a type'],
    ['feat:add registrations', 'must start with a type'],
    [`feat: add ${'x'.repeat(63)}`, 'at most 72 characters, has 73'],
    ['feat: add one; remove two', 'no semicolon'],
    ['feat: add one.', 'must not end with a period'],
    ['feat: Add one', 'lower case'],
    ['feat: added one', 'imperative'],
    ['fix: adding one', 'imperative'],
    ['fix: a missing field is found', 'imperative'],
    ['fix: what is missing is found', 'imperative'],
  ])('reject "%s"', (title, problem) => {
    expect(problemsOfTitle(title)).toEqual([expect.stringContaining(problem)]);
  });

  it('accept 72 characters', () => {
    expect(problemsOfTitle(`feat: add ${'x'.repeat(62)}`)).toEqual([]);
  });
});

describe('the check of titles', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'commits-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com' };
  const env = { ...process.env, ...identity, GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' };
  const git = (...args: string[]) => spawnSync('git', args, { cwd: folder, env, encoding: 'utf8' });
  const commit = (title: string) => git('commit', '--allow-empty', '--quiet', '-m', title);
  const check = () =>
    spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), join(process.cwd(), 'scripts/quality/check-commits.ts')],
      { cwd: folder, env, encoding: 'utf8' },
    );

  it('is skipped without a history, and with one that does not reach back far enough', () => {
    expect(check()).toMatchObject({ status: 0, stdout: expect.stringContaining('skipped') });
    git('init', '--quiet');
    commit('anything at all');
    expect(check()).toMatchObject({ status: 0, stdout: expect.stringContaining('skipped') });
  });

  it('looks at the titles since the last release tag, merges excluded', () => {
    git('tag', 'v0.1.0');
    commit('feat: add one');
    expect(check()).toMatchObject({ status: 0, stdout: 'Titles of commits since v0.1.0: 1 checked.\n' });
    git('checkout', '--quiet', '-b', 'side', 'v0.1.0');
    commit('fix: repair another');
    git('checkout', '--quiet', '-');
    git('merge', '--quiet', '--no-edit', 'side');
    expect(check()).toMatchObject({ status: 0, stdout: 'Titles of commits since v0.1.0: 2 checked.\n' });
    commit('everything is better now');
    expect(check()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('everything is better now\n  must start with a type'),
    });
    git('tag', 'client-v0.1.0');
    expect(check()).toMatchObject({ status: 0, stdout: 'Titles of commits since client-v0.1.0: 0 checked.\n' });
  });
});
