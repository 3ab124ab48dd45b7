/** `.ci/run`, in a copy of its folder, with commands that only write down how they were called. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
  mkdirSync(join(folder, 'commands'));
  cpSync('.ci/run', join(folder, 'project/.ci/run'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What `make check` writes about its tests. */
const results = '{"numPassedTests":20,"numFailedTests":0,"numPendingTests":1}';

/** Runs it, with a `make` that fails for one target. Python and Java are there, and no substitute for Terraform's registry. */
function run(failing?: string) {
  const [calls, commands] = [join(folder, 'calls'), join(folder, 'commands')];
  const write = (name: string, body: string) =>
    writeFileSync(join(commands, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  for (const name of ['python3', 'java']) write(name, 'exit 0');
  const written = ['tests', 'tests-tools'].map((name) => `echo '${results}' > build/${name}.json`);
  write('make', [`echo "$1" >> '${calls}'`, ...written, `test "$1" != '${failing ?? ''}'`].join('\n'));
  const { status, stdout } = spawnSync(join(folder, 'project/.ci/run'), {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${commands}${delimiter}${process.env['PATH']}` },
  });
  return {
    status,
    lastLine: stdout.trimEnd().split('\n').at(-1),
    calls: readFileSync(calls, 'utf8').trim().split('\n'),
  };
}

const targets = ['check', 'conformance', 'test'];

it('.ci/run runs the checks, then a second checker and a second database, and counts the tests', () => {
  expect(run()).toEqual({ status: 0, lastLine: '40 passed, 0 failed, 2 skipped', calls: targets });
});

it.each(targets)('.ci/run fails at once if `make %s` fails', (target) => {
  const { status, calls } = run(target);
  expect({ status, calls }).toEqual({ status: 1, calls: targets.slice(0, targets.indexOf(target) + 1) });
});
