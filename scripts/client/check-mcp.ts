/**
 * Checks the package of tools as it is published: runs publint and attw, installs it beside the packed client in a folder whose path has
 * blanks, starts its command, and calls a tool with the client of the protocol.
 *
 *     tsx scripts/client/check-mcp.ts
 */
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startStack } from '../stack/stack.ts';
import { settings, silentLog } from './api.ts';
import { addPackage, folder, lintPackage, pack, unpack } from './package.ts';

const project = join(folder, 'a project with tools');
unpack(pack(), project);
const tarball = pack('client/mcp');
const home = addPackage(tarball, project, 'mcp', ['@modelcontextprotocol', 'zod']);
lintPackage(tarball, home);

const stack = await startStack(silentLog, settings);
const client = new Client({ name: 'check', version: '1.0.0' });
try {
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(home, 'dist/main.js')],
      cwd: project,
      env: { EVENTS_API_URL: stack.url, EVENTS_API_TOKEN: stack.tokens.organizer },
    }),
  );
  const { tools } = await client.listTools();
  const { isError } = await client.callTool({ name: 'listEvents', arguments: { organizerId: 'me' } });
  if (isError) throw new Error('listEvents failed.');
  console.log(
    `@event-management/mcp: publint and attw found no problems; the packed command offers ${tools.length} tools, and calls one`,
  );
} finally {
  await client.close();
  await stack.stop();
}
