/** Validators that the build compiles must agree with those compiled at startup: same result, errors, order and defaults. */
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

/** The number of generated requests per operation. */
const runs = Number(process.env['REQUESTS'] ?? 1_500);

let folder: string;
let ahead: typeof original;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'validator-'));
  const outfile = join(folder, 'validator.cjs');
  // The bundle of the validator alone does not contain what the steps for other packages replace.
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
  'both validators agree on generated requests of %s',
  (_, operation) => {
    const validateAhead = ahead.createValidator()(operation);
    const validate = original.createValidator()(operation);
    const verdicts = { valid: 0, errors: 0 };
    fc.assert(
      fc.property(requestsFor(operation), (request) => {
        const result = validate(structuredClone(request));
        expect(validateAhead(structuredClone(request))).toEqual(result);
        verdicts['valid' in result ? 'valid' : 'errors'] += 1;
      }),
      { numRuns: runs },
    );
    // A comparison of only valid or only invalid requests would prove little.
    expect(verdicts.valid).toBeGreaterThan(runs / 20);
    // With one parameter, one request in seventeen is invalid on average.
    if (operation.parameters.length > 0) expect(verdicts.errors).toBeGreaterThan(runs / 50);
  },
);

it('the bundle contains no schema compiler', async () => {
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
