/** Runs every sample of the documentation as it is against a new local stack; only the port differs. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import ts from 'typescript';
import { type DocumentedOperation, readDocumentedContract } from '../../../scripts/docs/contract.ts';
import { readGuides, sdkName } from '../../../scripts/docs/guides.ts';
import { samplesOf } from '../../../scripts/docs/samples.ts';
import { loadSamples } from '../../../scripts/stack/samples.ts';
import { startStack, type Stack } from '../../../scripts/stack/stack.ts';
import { createLogger } from '../../../src/lib/log.ts';
import { findProgram } from '../../support/programs.ts';

const run = promisify(execFile);
const contract = readDocumentedContract();
const sdk = sdkName();
const samples = contract.operations.flatMap((operation) =>
  samplesOf(operation, contract, sdk).map((sample) => ({ ...sample, operation })),
);
const ofLabel = (label: string) => samples.filter((sample) => sample.label === label);

/** The code blocks of the guides in a language. */
const guideCode = readGuides(contract).flatMap(({ name, text }) =>
  [...text.matchAll(/^```(js|sh)\n(.*?)^```$/gms)].map(([, language, source = '']) => ({ name, language, source })),
);

describe('the samples of the documentation', () => {
  const lines: string[] = [];
  let stack: Stack;
  let folder: string;
  let token: string;
  beforeAll(async () => {
    const log = createLogger({ write: (line) => lines.push(line) });
    [stack, folder] = await Promise.all([startStack(log), mkdtemp(join(tmpdir(), 'samples-'))]);
    await loadSamples({ apiUrl: stack.url, issuer: stack.issuer, now: new Date() });
    token = stack.tokens.organizer;
  });
  beforeEach(() => void lines.splice(0));
  afterAll(async () => {
    await stack.stop();
    await rm(folder, { recursive: true });
  });

  const here = (source: string) => source.replaceAll(contract.server, stack.url);

  /** Bundles the program with the client package as it is now, and runs it. */
  async function runScript(source: string): Promise<string> {
    const file = join(folder, `${randomUUID()}.mjs`);
    await build({
      stdin: { contents: source, resolveDir: process.cwd() },
      outfile: file,
      alias: { [sdk]: resolve('client/src/index.ts') },
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
    return (await run(process.execPath, [file], { env: { PATH: process.env['PATH'], TOKEN: token } })).stdout;
  }

  /** A part of the output of a sample; for results other than events, any output will do. */
  const expectedOf = (result: string | undefined) => (result?.startsWith('Event') ? 'Riverside Jazz' : '');
  const served = () => lines.map((line) => JSON.parse(line) as { operationId: string; status: number });
  const successOf = (responses: object) => Number(Object.keys(responses).find((status) => status.startsWith('2')));

  /** Checks that everything that the sample has called succeeded, the operation last. */
  function expectSuccess({ operationId, responses }: DocumentedOperation): void {
    expect(served().at(-1)).toMatchObject({ operationId, status: successOf(responses) });
    expect(served().filter(({ status }) => status >= 300)).toEqual([]);
  }

  it.each(ofLabel('SDK'))(
    'the sample with the client package for $operation.operationId works as it is, repeatedly',
    async ({ source, operation }) => {
      for (let runs = 0; runs < 2; runs += 1) {
        expect(await runScript(here(source))).toContain(expectedOf(operation.result));
        expectSuccess(operation);
      }
    },
  );

  (findProgram('curl') ? describe : describe.skip)('with curl', () => {
    it.each(ofLabel('curl'))(
      'the sample with curl for $operation.operationId works as it is, repeatedly',
      async ({ source, operation }) => {
        for (let runs = 0; runs < 2; runs += 1) {
          const { stdout } = await run('/bin/sh', ['-c', here(source)], {
            env: { PATH: process.env['PATH'], TOKEN: token },
          });
          expectSuccess(operation);
          if (operation.result === undefined) expect(stdout).toBe('');
          else expect(JSON.stringify(JSON.parse(stdout))).toContain(expectedOf(operation.result));
        }
      },
    );

    it('the sample with curl for createEvent creates another event if it is edited', async () => {
      const { source = '' } = ofLabel('curl').find(({ operation }) => operation.operationId === 'createEvent') ?? {};
      const env = { PATH: process.env['PATH'], TOKEN: token };
      const names = ['Riverside Jazz Night', 'Riverside Jazz Day'].map((name) =>
        source.replace('Riverside Jazz Night', name),
      );
      for (const edited of names) await run('/bin/sh', ['-c', here(edited)], { env });
      expect(served().map(({ status }) => status)).toEqual([201, 201]);
    });
  });

  it('the first sample of the getting-started guide is a complete program', async () => {
    const [first] = guideCode.filter(({ name, language }) => name === 'getting-started' && language === 'js');
    expect(await runScript(here(first?.source ?? ''))).toContain('2030-06-21T18:00:00Z Riverside Jazz Night');
  });

  it('the client of the guide for Next.js reads without its cache', async () => {
    const [snippet] = guideCode.filter(({ name, source }) => name === 'concurrency' && source.includes('no-store'));
    const stub = `globalThis.fetch = async (_, init) => {
      console.log(init?.cache);
      return Response.json({ status: 'ok', version: '1' });
    };`;
    const program = `import { createEventsClient } from '${sdk}';\n${stub}\n${snippet?.source}\nawait uncached.getHealth();`;
    expect(await runScript(program)).toBe('no-store\n');
  });

  it('all samples, including those of the guides, compile with the types of the client package', async () => {
    const sources = [...ofLabel('SDK'), ...guideCode.filter(({ language }) => language === 'js')].map(
      ({ source }) => source,
    );
    expect(sources.length).toBeGreaterThan(contract.operations.length + 5);
    const wrong = 'await api.createEvent({ name: 1 });';
    expect(await typeErrors(folder, [...sources, wrong])).toEqual([
      expect.stringContaining(`sample-${sources.length}.mts: `),
    ]);
  });
});

/** Declarations that the snippets of the guides rely on. */
const given = `
import { createEventsClient as create, type Event, type EventCreate, type EventsClient } from '${sdk}';
declare global {
  const api: EventsClient;
  const createEventsClient: typeof create;
  const event: Event;
  const eventId: string;
  const input: EventCreate;
  const order: { readonly id: string };
  // The types of Node.js lack it.
  interface RequestInit { cache?: 'no-store' }
  const session: { accessToken(options: { forceRefresh: boolean }): Promise<string> };
}`;

/** The compiler's errors for programs that use the client package. */
async function typeErrors(folder: string, sources: readonly string[]): Promise<string[]> {
  const files = [
    ['given.ts', given] as const,
    ...sources.map((source, index) => [`sample-${index}.mts`, `${source}\nexport {};`] as const),
  ];
  await Promise.all(files.map(([name, source]) => writeFile(join(folder, name), source)));
  const program = ts.createProgram(
    files.map(([name]) => join(folder, name)),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      target: ts.ScriptTarget.ES2022,
      // Without the DOM, which declares its own `event`.
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node'],
      typeRoots: [resolve('node_modules/@types')],
      paths: { [sdk]: [resolve('client/src/index.ts')] },
    },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
