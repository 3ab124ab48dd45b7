/** The commands, in a copy of what they read. The tests follow one another: from the first release to the next. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(process.cwd(), 'scripts/contract/diff.ts');
const contract = 'openapi/openapi.yaml';
const baseline = 'openapi/baseline.yaml';
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'changes-'));
  mkdirSync(join(copy, 'openapi'));
  for (const file of [contract, baseline]) cpSync('scripts/contract/diff/cases/library.yaml', join(copy, file));
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'CHANGELOG.md'), '## [Unreleased]\n');
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

const read = (file: string) => readFileSync(join(copy, file), 'utf8');

function edit(file: string, before: string, after: string): void {
  expect(read(file)).toContain(before);
  writeFileSync(join(copy, file), read(file).replace(before, after));
}

function run(...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...flags], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the changes of the contract', () => {
  it('are none at first', () => {
    expect(run('--check')).toEqual({ status: 0, stdout: 'Nothing changed since 1.4.0.\n', stderr: '' });
  });

  it('are accepted before the first release by moving the baseline, and refused until then', () => {
    edit(contract, 'maximum: 100', 'maximum: 50');
    const list = '- **Breaking:** `listBooks`: the query parameter `limit`: `maximum` is `50` (was `100`).\n';
    expect(run('--check')).toEqual({
      status: 1,
      stdout: list,
      stderr: expect.stringContaining('accept it with `make baseline`'),
    });
    expect(run()).toEqual({ status: 0, stdout: list, stderr: '' });
    expect(run('--accept').status).toBe(0);
    expect(read(baseline)).toBe(
      `# The contract of 1.4.0, with which later ones are compared; written by \`make baseline\`, not by hand.\n${read(contract)}`,
    );
    expect(run('--check')).toMatchObject({ status: 0, stdout: 'Nothing changed since 1.4.0.\n' });
  });

  it('are refused after it, also by the baseline, until the version says that they break clients', () => {
    edit('CHANGELOG.md', '[Unreleased]', '[1.4.0] - 2030-06-21');
    edit(contract, 'maximum: 50', 'maximum: 40');
    const kept = read(baseline);
    expect(run('--check')).toMatchObject({
      status: 1,
      stderr: 'This breaks clients of 1.4.0: revert the change, or raise info.version to 2.0.0 or later.\n',
    });
    expect(run('--accept')).toMatchObject({ status: 1, stderr: expect.stringContaining('moves only with a release') });
    edit(contract, 'version: 1.4.0', 'version: 2.0.0');
    expect(run('--check')).toMatchObject({ status: 0, stderr: '' });
    expect(run('--accept').status).toBe(1);
    expect(read(baseline)).toBe(kept);
  });

  it('are those since the next release, once that is made', () => {
    edit('CHANGELOG.md', '## [1.4.0]', '## [2.0.0] - 2031-06-21\n\n- Fewer books on a page.\n\n## [1.4.0]');
    expect(run('--accept')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('says nothing of `listBooks`, **Breaking:** in 2.0.0'),
    });
    edit('CHANGELOG.md', 'Fewer books', '**Breaking:** `listBooks` returns fewer books');
    expect(run('--accept').status).toBe(0);
    expect(run('--check')).toMatchObject({ status: 0, stdout: 'Nothing changed since 2.0.0.\n' });
  });

  it('cannot be told where the contract cannot be read, and one sentence says so', () => {
    edit(contract, "{ $ref: '#/components/schemas/NewBook' }", "{ $ref: '#/components/schemas/Nothing' }");
    expect(run('--check')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^openapi\/openapi\.yaml:\d+: The target of \$ref \S+ does not exist\.\n$/),
    });
  });
});
