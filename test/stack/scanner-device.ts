/**
 * A device at the door as a process of its own, which a test can kill: reads the text of a ticket from each line, and prints the result of
 * its scan. `sync` loads and uploads.
 */
import { createInterface } from 'node:readline';
import { createScanner } from '../../docs/site/scanner.ts';
import { createEventsClient } from '../../client/src/index.ts';
import { createFileStorage } from '../support/file-storage.ts';

const { API = '', TOKEN = '', EVENT = '', FOLDER = '' } = process.env;
const api = createEventsClient({ baseUrl: API, token: TOKEN, maxRetries: 0, timeoutMs: 2_000 });
const scanner = createScanner(api, EVENT, createFileStorage(FOLDER), () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const result =
    line === 'sync'
      ? await scanner.sync().then(
          () => 'synced',
          () => 'offline',
        )
      : await scanner.scan(line);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
