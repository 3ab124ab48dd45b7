/** The application with a test's own handlers and operations, over a socket. */
import { randomUUID } from 'node:crypto';
import { listen } from '../../scripts/stack/listen.ts';
import { createHttpApp, type HttpAppOptions } from '../../src/http/pipeline/pipeline.ts';
import { createHealthHandlers } from '../../src/domain/health/index.ts';
import { createLogger } from '../../src/lib/log.ts';
import { throwViolation } from '../conformance/violations.ts';
import { assertConforms } from '../conformance/assert-conforms.ts';
import { captureExchanges } from '../conformance/wire.ts';
import type { TestResponse } from './api.ts';

/** A handler that may return anything, even what the contract does not have. */
export type AnyTestHandler = (call: never) => Promise<unknown>;

export interface TestAppOptions extends Partial<Omit<HttpAppOptions, 'handlers' | 'log'>> {
  readonly handlers?: Readonly<Record<string, AnyTestHandler>>;
}

export interface TestApp {
  readonly url: string;
  readonly log: Record<string, unknown>[];
  send(path: string, init?: RequestInit): Promise<TestResponse>;
  stop(): Promise<void>;
}

/** Starts the application; every caller is an organizer with the id `somebody` unless `verify` is replaced. */
export async function startTestApp({ handlers: own = {}, ...options }: TestAppOptions = {}): Promise<TestApp> {
  const log: Record<string, unknown>[] = [];
  const app = createHttpApp({
    verify: () => Promise.resolve({ sub: 'somebody', groups: ['Organizers'] }),
    groups: { organizer: 'Organizers' },
    requestId: () => randomUUID(),
    deadlineMs: 2_000,
    log: createLogger({ write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) }),
    ...options,
    handlers: { ...createHealthHandlers(), ...own } as unknown as HttpAppOptions['handlers'],
  });
  const { url, port, close } = await listen(app);
  // Responses of the contract's own operations must conform to it, even if a test's handler fails.
  const stopCapture = options.operations ? () => {} : captureExchanges(port, assertConforms);
  return {
    url,
    log,
    async send(path, init) {
      const response = await fetch(`${url}${path}`, init);
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').endsWith('json');
      throwViolation();
      const body: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
      return { status: response.status, headers: Object.fromEntries(response.headers), text, body };
    },
    async stop() {
      await close();
      stopCapture();
    },
  };
}
