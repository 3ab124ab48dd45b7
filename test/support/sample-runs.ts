/** Running the samples of the documentation as they are against a new local stack; only the port differs. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEventsClient } from '../../client/src/index.ts';
import { type DocumentedOperation, readDocumentedContract } from '../../scripts/docs/contract.ts';
import { sdkName } from '../../scripts/docs/guides.ts';
import { type Sample, samplesOf } from '../../scripts/docs/samples.ts';
import { loadSamples } from '../../scripts/stack/samples.ts';
import { startStack, type Stack } from '../../scripts/stack/stack.ts';
import { createLogger } from '../../src/lib/log.ts';

/** A sample with its operation, and with a name for the title of a test. */
export interface NamedSample extends Sample {
  readonly name: string;
  readonly operation: DocumentedOperation;
}

/** All samples in a language. */
export function samplesIn(label: Sample['language']['label']): readonly NamedSample[] {
  const contract = readDocumentedContract();
  return contract.operations.flatMap((operation) =>
    samplesOf(operation, contract, sdkName())
      .filter(({ language }) => language.label === label)
      .map((sample) => ({
        ...sample,
        name: [operation.operationId, ...(sample.example === undefined ? [] : [sample.example])].join(': '),
        operation,
      })),
  );
}

/** What a request was, from the log of the API. */
export interface Served {
  readonly operationId: string;
  readonly status: number;
}

export interface SampleStack {
  readonly stack: Stack;
  /** A folder for programs. */
  readonly folder: string;
  /** The environment of a sample: the path of programs, and the token of an organizer. */
  readonly env: Readonly<Record<string, string>>;
  /** The source with the address of this stack. */
  here(source: string): string;
  /** Runs a program, and returns its output. @throws Error if its exit code is not 0 */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** The requests since the last `reset`. */
  served(): readonly Served[];
  /** Forgets requests, and deletes feeds: each sample about feeds creates one, and a user can have a few only. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a stack with the sample events. */
export async function startSampleStack(): Promise<SampleStack> {
  const lines: string[] = [];
  const log = createLogger({ write: (line) => lines.push(line) });
  const [stack, folder] = await Promise.all([startStack(log), mkdtemp(join(tmpdir(), 'samples-'))]);
  await loadSamples({ apiUrl: stack.url, issuer: stack.issuer, now: new Date() });
  const token = stack.tokens.organizer;
  const env = { PATH: process.env['PATH'] ?? '', TOKEN: token };
  const { server } = readDocumentedContract();
  return {
    stack,
    folder,
    env,
    here: (source) => source.replaceAll(server, stack.url),
    run: async (command, args, more = {}) =>
      (await promisify(execFile)(command, args, { env: { ...env, ...more }, cwd: folder })).stdout,
    served: () => lines.map((line) => JSON.parse(line) as Served),
    async reset() {
      const api = createEventsClient({ baseUrl: stack.url, token });
      for await (const { feedId } of api.listCalendarFeeds()) await api.deleteCalendarFeed(feedId);
      lines.splice(0);
    },
    async stop() {
      await stack.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Checks that everything that a sample has called succeeded, its operation last, with a status that is documented. */
export function expectSuccess(served: readonly Served[], { operationId, responses }: DocumentedOperation): void {
  const last = served.at(-1);
  expect(last).toMatchObject({ operationId });
  expect(Object.keys(responses)).toContain(String(last?.status));
  expect(served.filter(({ status }) => status >= 300)).toEqual([]);
}

/** A part of the output of a sample: what it prints has the name of an event or person; for other results, any output will do. */
export function expectedOf({ operation, example }: NamedSample): string {
  const { result = '', path, examples, exampleBody } = operation;
  const body = examples.find(({ summary }) => summary === example)?.value ?? exampleBody ?? {};
  const { name } = body as { name?: string };
  if (result.startsWith('Registration') && path.includes('{')) return name ?? 'Mira Novak';
  return result.startsWith('Event') ? (name ?? 'Riverside Jazz') : '';
}
