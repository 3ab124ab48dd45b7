/** The build steps: if an update of a package removes what a step replaces, the build must fail and name the place. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type BuildFailure, type Plugin } from 'esbuild';
import { steps } from '../../../scripts/function/steps/index.ts';
import { replacing } from '../../../scripts/function/steps/replace.ts';
import { listen } from '../../../scripts/stack/listen.ts';
import { buildFunction, startFunction } from '../../support/function.ts';
import { toGatewayEvent } from '../../support/gateway.ts';
import { startTestIssuer } from '../../support/issuer.ts';

/** The errors of a build that bundles this text with these steps. */
async function complaints(contents: string, plugins: Plugin[]): Promise<string[]> {
  const options = {
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    outfile: 'index.mjs',
    logLevel: 'silent',
  } as const;
  const failed = await build({ stdin: { contents, resolveDir: process.cwd() }, plugins, ...options }).then(
    () => undefined,
    (error: unknown) => error as BuildFailure,
  );
  return failed?.errors.map(({ text }) => text) ?? [];
}

it('the build runs every step', async () => {
  const folder = 'scripts/function/steps';
  const files = readdirSync(folder).filter((name) => !['index.ts', 'replace.ts'].includes(name));
  const modules = await Promise.all(
    files.map((name) => import(resolve(folder, name)) as Promise<Record<string, () => Plugin>>),
  );
  const names = modules.flatMap((exported) => Object.values(exported)).map((step) => step().name);
  expect(names.length).toBeGreaterThanOrEqual(files.length);
  expect(
    steps()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(names.sort());
});

it.each(steps().map((step) => [step.name, step] as const))(
  'a build without the code that "%s" replaces fails, and names the step',
  async (name, step) => {
    const said = await complaints('export const nothing = true;', [step]);
    expect(said.length).toBeGreaterThan(0);
    for (const text of said) expect(text).toContain(`"${name}"`);
  },
);

it('a step that replaces files names a missing one', async () => {
  const step = replacing('a step', [
    { file: 'vary/index.js', by: 'module.exports = {};', because: 'of this test' },
    { file: 'vary/lib/vary.js', by: 'module.exports = {};', because: 'of this test' },
  ]);
  expect(await complaints("import vary from 'vary'; vary();", [step])).toEqual([
    expect.stringContaining('node_modules/vary/lib/vary.js'),
  ]);
});

it('a remaining import of node:http fails the build', async () => {
  const step = steps().find(({ name }) => name === 'builtins by require') as Plugin;
  const external: Plugin = {
    name: 'external',
    setup: ({ onResolve }) => onResolve({ filter: /^node:http$/ }, ({ path }) => ({ path, external: true })),
  };
  expect(await complaints("import 'node:util'; import 'node:http';", [external, step])).toEqual([
    expect.stringContaining('node:http'),
  ]);
});

it('requests are signed with the credentials of the environment, including the session token', async () => {
  const seen: (string | undefined)[][] = [];
  const database = await listen(({ headers }, response) => {
    seen.push([headers.authorization, String(headers['x-amz-security-token'])]);
    response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
  });
  const issuer = await startTestIssuer();
  const built = buildFunction();
  const running = await startFunction(
    built.folder,
    {
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SESSION_TOKEN: 'session-of-the-role',
      DYNAMODB_ENDPOINT: database.url,
      TOKEN_ISSUER: issuer.issuer,
      TOKEN_CLIENT_ID: issuer.clientId,
    },
    () => {},
  );
  const authorization = `Bearer ${await issuer.token()}`;
  await running.send(toGatewayEvent({ method: 'GET', path: '/events', headers: { authorization }, bytes: undefined }));
  expect(seen.at(-1)).toEqual([
    expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/us-east-1\/dynamodb\//),
    'session-of-the-role',
  ]);
  await Promise.all([running.stop(), issuer.stop(), database.close()]);
  built.remove();
});
