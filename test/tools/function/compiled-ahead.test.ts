/** What the build compiles ahead must judge as the validator does that compiles at its start: the same verdict, errors, order and defaults. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { steps } from '../../../scripts/function/steps/index.ts';
import { operations } from '../../../src/contract/operations.ts';
import * as original from '../../../src/contract/validation/validator.ts';
import { requestsFor } from '../../support/arbitrary.ts';

/** How many requests are made up for each operation. */
const runs = Number(process.env['REQUESTS'] ?? 1_500);

let folder: string;
let ahead: typeof original;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'validator-'));
  const outfile = join(folder, 'validator.cjs');
  // The steps that are about other packages are not met by the validator alone.
  const plugins = steps().filter(({ name }) => name === 'validators compiled ahead');
  expect(plugins).toHaveLength(1);
  await build({
    entryPoints: ['src/contract/validation/validator.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins,
    logLevel: 'error',
  });
  ahead = createRequire(outfile)(outfile) as typeof original;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  'the requests of %s',
  (_, operation) => {
    const judgeAhead = ahead.createValidator()(operation);
    const judge = original.createValidator()(operation);
    const verdicts = { valid: 0, errors: 0 };
    fc.assert(
      fc.property(requestsFor(operation), (request) => {
        const judged = judge(structuredClone(request));
        expect(judgeAhead(structuredClone(request))).toEqual(judged);
        verdicts['valid' in judged ? 'valid' : 'errors'] += 1;
      }),
      { numRuns: runs },
    );
    // Requests that are all good or all bad would compare little.
    expect(verdicts.valid).toBeGreaterThan(runs / 20);
    // An operation with one parameter has an error in one of seventeen, as a mean.
    if (operation.parameters.length > 0) expect(verdicts.errors).toBeGreaterThan(runs / 50);
  },
);

it('the bundle has no compiler left that could judge otherwise', async () => {
  const options = {
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'error',
  } as const;
  const { metafile } = await build({
    entryPoints: ['src/entries/lambda-api.ts'],
    outfile: 'index.mjs',
    plugins: steps(),
    ...options,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => /node_modules\/(ajv\/dist\/(?!runtime\/)|ajv-draft-04)/.test(path))).toEqual([]);
});
