#!/usr/bin/env node
/**
 * Serves the tools over standard input and output.
 *
 *     EVENTS_API_URL=https://api.example.com EVENTS_API_TOKEN=… event-management-mcp
 *
 * Instead of a token, which lasts for an hour, EVENTS_API_TOKEN_COMMAND is a command that prints one. EVENTS_API_READ_ONLY=1 leaves out all
 * tools that change something. Everything else is written to standard error, since standard output belongs to the protocol.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { createEventsClient } from '@event-management/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServer } from './server.ts';
import type { Contract } from './tools.ts';

const { EVENTS_API_URL, EVENTS_API_TOKEN, EVENTS_API_TOKEN_COMMAND, EVENTS_API_READ_ONLY } = process.env;
if (!EVENTS_API_URL) {
  console.error('Set EVENTS_API_URL to the URL of the API with its base path.');
  process.exit(1);
}

let printed: Promise<string> | undefined;
async function runCommand(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command]);
  return stdout.trim();
}

const api = createEventsClient({
  baseUrl: EVENTS_API_URL,
  logger: { warn: console.error, error: console.error },
  token: ({ forceRefresh }) => {
    if (!EVENTS_API_TOKEN_COMMAND) return EVENTS_API_TOKEN;
    if (forceRefresh) printed = undefined;
    printed ??= runCommand(EVENTS_API_TOKEN_COMMAND).catch((error: unknown) => {
      printed = undefined;
      throw error;
    });
    return printed;
  },
});
const read = (path: string | URL) => JSON.parse(readFileSync(path, 'utf8')) as unknown;
const contract = read(createRequire(import.meta.url).resolve('@event-management/client/openapi.json')) as Contract;
const { version } = read(new URL('../package.json', import.meta.url)) as { version: string };
serveStdio(() => createServer(api, contract, version, { readOnly: EVENTS_API_READ_ONLY === '1' }), {
  onerror: (error) => console.error(error.message),
});
