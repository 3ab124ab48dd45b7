/** Runs every sample of the documentation against the real server; only address, id, ETag and key are filled in. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import ts from 'typescript';
import { readDocumentedContract } from '../../../scripts/docs/contract.ts';
import { readGuides, sdkName } from '../../../scripts/docs/guides.ts';
import { samplesOf } from '../../../scripts/docs/samples.ts';
import type { OperationId } from '../../../src/contract/operations.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { draft, type Event, published } from '../../support/events.ts';
import { findProgram } from '../../support/programs.ts';

const run = promisify(execFile);
const contract = readDocumentedContract();
const sdk = sdkName();
const samples = contract.operations.flatMap((operation) =>
  samplesOf(operation, contract, sdk).map((sample) => ({ ...sample, operation })),
);
const ofLabel = (label: string) => samples.filter((sample) => sample.label === label);

const examples = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  etag: '"2-9c41d07be3f2"',
  key: '3c1f8a52-0b7e-4f7d-9a57-6f1c0e4b2d90',
};

/** The operations whose sample needs a published event; the others work on a draft. */
const onPublished: readonly OperationId[] = ['unpublishEvent', 'cancelEvent'];

/** The code blocks of the guides in a language. */
const guideCode = readGuides(contract).flatMap(({ name, text }) =>
  [...text.matchAll(/^```(js|sh)\n(.*?)^```$/gms)].map(([, language, source = '']) => ({ name, language, source })),
);

describe('the samples of the documentation', () => {
  let api: TestApi;
  let folder: string;
  let token: string;
  beforeAll(async () => {
    [api, folder] = await Promise.all([startTestApi('socket'), mkdtemp(join(tmpdir(), 'samples-'))]);
    token = await api.issuer.tokenFor('organizer');
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true });
  });

  /** The sample as it would be for an event that is there. */
  async function inPlace(source: string, operationId: OperationId): Promise<{ source: string; event: Event }> {
    const event = await (onPublished.includes(operationId) ? published(api) : draft(api));
    api.log.splice(0);
    const placed = source
      .replaceAll(contract.server, api.url)
      .replaceAll(examples.eventId, event.eventId)
      .replaceAll(examples.etag, event.etag)
      .replaceAll(examples.key, randomUUID());
    return { source: placed, event };
  }

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
  const served = () => api.log.map(({ operationId, status }) => ({ operationId, status }));
  const successOf = (responses: object) => Number(Object.keys(responses).find((status) => status.startsWith('2')));

  it.each(ofLabel('SDK'))(
    'the sample with the client package for $operation.operationId works',
    async ({ source, operation: { operationId, responses, result } }) => {
      const placed = await inPlace(source, operationId as OperationId);
      const output = await runScript(placed.source);
      expect(served()).toEqual([{ operationId, status: successOf(responses) }]);
      expect(output).toContain(expectedOf(result));
    },
  );

  (findProgram('curl') ? describe : describe.skip)('with curl', () => {
    it.each(ofLabel('curl'))(
      'the sample with curl for $operation.operationId works',
      async ({ source, operation: { operationId, responses, result } }) => {
        const placed = await inPlace(source, operationId as OperationId);
        const { stdout } = await run('/bin/sh', ['-c', placed.source], {
          env: { PATH: process.env['PATH'], TOKEN: token },
        });
        expect(served()).toEqual([{ operationId, status: successOf(responses) }]);
        if (result === undefined) expect(stdout).toBe('');
        else expect(JSON.stringify(JSON.parse(stdout))).toContain(expectedOf(result));
      },
    );
  });

  it('the first sample of the getting-started guide is a complete program', async () => {
    const [first] = guideCode.filter(({ name, language }) => name === 'getting-started' && language === 'js');
    expect(await runScript(first?.source.replaceAll(contract.server, api.url) ?? '')).toContain(
      '2030-06-21T18:00:00Z Riverside Jazz Night',
    );
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
