/** Runs the samples for Python and Go, if their tools are installed: twice, because a sample works any number of times. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tools } from '../../../scripts/quality/conformance/python.ts';
import { findPython } from '../../../scripts/quality/python.ts';
import { findProgram } from '../../support/programs.ts';
import {
  expectedOf,
  expectSuccess,
  type NamedSample,
  type SampleStack,
  samplesIn,
  startSampleStack,
} from '../../support/sample-runs.ts';

let stack: SampleStack;
beforeAll(async () => (stack = await startSampleStack()));
afterAll(() => stack.stop());

async function runTwice(sample: NamedSample, command: string, args: readonly string[]): Promise<void> {
  for (let runs = 0; runs < 2; runs += 1) {
    await stack.reset();
    expect(await stack.run(command, args)).toContain(expectedOf(sample));
    expectSuccess(stack.served(), sample.operation);
  }
}

/** The message of a program that must fail. */
async function failureOf(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  return stack.run(command, args, env).then(
    () => 'succeeded',
    ({ stderr }: { stderr: string }) => stderr,
  );
}

/** The interpreter of an environment with the package requests, or the reason why there is none. */
function pythonWithRequests(): { readonly python?: string; readonly missing?: string } {
  if (findPython() === undefined) return { missing: 'Python 3.11 or later is not installed' };
  try {
    return { python: resolve(tools().python) };
  } catch (error) {
    return { missing: (error as Error).message.slice(0, 200) };
  }
}

/** A group of tests, skipped with a notice if something is missing. */
const describeUnless = (missing: string | undefined, name: string, tests: () => void) =>
  missing === undefined ? describe(name, tests) : describe.skip(`${name} (skipped: ${missing})`, tests);

const { python = '', missing } = pythonWithRequests();
describeUnless(missing, 'with Python', () => {
  it.each(samplesIn('Python'))('the sample for $name works as it is, repeatedly', async (sample) => {
    await runTwice(sample, python, ['-c', stack.here(sample.source)]);
  });

  it('a sample prints the problem, and no stack trace, if the API rejects a request', async () => {
    const [sample] = samplesIn('Python');
    const message = await failureOf(python, ['-c', stack.here(sample?.source ?? '')], { TOKEN: '' });
    expect(JSON.parse(message)).toMatchObject({ status: 401, detail: expect.any(String) as string });
  });
});

const go = findProgram('go') ?? '';
describeUnless(go === '' ? 'Go is not installed' : undefined, 'with Go', () => {
  const samples = samplesIn('Go');
  const fileOf = (sample: NamedSample) => join(stack.folder, 'go', String(samples.indexOf(sample)), 'main.go');
  const binaryOf = (sample: NamedSample) => join(stack.folder, 'bin', String(samples.indexOf(sample)));

  /** Compiles all samples at once, with the standard library only. */
  beforeAll(() => {
    for (const sample of samples) {
      mkdirSync(join(fileOf(sample), '..'), { recursive: true });
      writeFileSync(fileOf(sample), `${stack.here(sample.source)}\n`);
    }
    const module = join(stack.folder, 'go');
    writeFileSync(join(module, 'go.mod'), 'module samples\n\ngo 1.21\n');
    const env = { ...stack.env, GOCACHE: resolve('build/tools/go'), GOPROXY: 'off', GOTOOLCHAIN: 'local' };
    // Without symbols for a debugger, linking takes half the time.
    const flags = ['-ldflags=-s -w', '-o', `${join(stack.folder, 'bin')}/`];
    execFileSync(go, ['build', ...flags, './...'], { cwd: module, env });
  }, 300_000);

  it.each(samples)('the sample for $name works as it is, repeatedly', async (sample) => {
    await runTwice(sample, binaryOf(sample), []);
  });

  it('a sample prints the problem, and no stack trace, if the API rejects a request', async () => {
    const [sample] = samples;
    const message = await failureOf(sample === undefined ? '' : binaryOf(sample), [], { TOKEN: '' });
    expect(message).toMatch(/^[\d/: ]*\{.*"detail":".*"\}\n$/);
  });

  (findProgram('gofmt') ? it : it.skip)('the samples are formatted as gofmt does', async () => {
    expect(await stack.run('gofmt', ['-l', 'go'])).toBe('');
  });
});
