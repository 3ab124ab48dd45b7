/** The server in a process of its own, called by the protocol's own client, against the local stack. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { startStack, type Stack } from '../../../scripts/stack/stack.ts';
import { createLogger } from '../../../src/lib/log.ts';
import { contract, operations } from '../../../test/contract/contract.ts';
import { type Contract, toolsOf } from '../src/tools.ts';

const served = contract as unknown as Contract;
const tools = toolsOf(served);
const concert = {
  name: 'Riverside Jazz Night',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'UTC',
};

describe('The tools', () => {
  it('are the operations of the contract', () => {
    expect(tools.map(({ name }) => name)).toEqual(operations.map(({ operationId }) => operationId));
  });

  it.each(tools)('$name has a title, a description and hints that follow from its method', (tool) => {
    const { method, responses } = operations.find(
      ({ operationId }) => operationId === tool.name,
    ) as (typeof operations)[number];
    expect(tool.title).toMatch(/^[A-Z]/);
    expect(tool.description).toMatch(/\.$/);
    expect(tool.annotations).toEqual({
      readOnlyHint: method === 'GET',
      destructiveHint: method !== 'GET' && !('201' in responses),
      idempotentHint: method !== 'POST',
      openWorldHint: true,
    });
  });

  it('that change what exists are marked, so that an assistant asks before', () => {
    const marked = tools.filter(({ annotations }) => annotations.destructiveHint).map(({ name }) => name);
    expect(marked).toEqual(
      expect.arrayContaining(['updateEvent', 'publishEvent', 'cancelEvent', 'deleteEvent', 'cancelRegistration']),
    );
    expect(marked).not.toContain('createEvent');
    expect(marked).not.toContain('registerForEvent');
  });

  it.each(tools)('$name has a schema that needs nothing else', ({ inputSchema }) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    expect(ajv.compile(inputSchema)).toBeInstanceOf(Function);
  });

  it('accept the examples of the contract', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const { inputSchema } = tools.find(({ name }) => name === 'createEvent') as (typeof tools)[number];
    const validate = ajv.compile(inputSchema);
    expect(validate(concert)).toBe(true);
    expect(validate({ ...concert, color: 'red' })).toBe(false);
  });
});

describe('The server', () => {
  let stack: Stack;
  let client: Client;
  let folder: string;
  beforeAll(async () => {
    stack = await startStack(createLogger({ write: () => {} }));
    folder = mkdtempSync(join(tmpdir(), 'mcp-'));
    client = await connect({ EVENTS_API_TOKEN: stack.tokens.organizer });
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true });
  });

  const main = ['--import', 'tsx', 'client/mcp/src/main.ts'];
  const PATH = process.env['PATH'] ?? '';

  async function connect(env: Readonly<Record<string, string>>): Promise<Client> {
    const connected = new Client({ name: 'test', version: '1.0.0' });
    const settings = { PATH, EVENTS_API_URL: stack.url, ...env };
    await connected.connect(new StdioClientTransport({ command: process.execPath, args: main, env: settings }));
    return connected;
  }

  const call = (name: string, args: object = {}) =>
    client.callTool({ name, arguments: args as Record<string, unknown> });
  const textOf = ({ content }: { content: unknown[] }) => (content[0] as { text: string }).text;

  it('names itself, and its tools', async () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'event-management', version: '0.1.0' });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  });

  it('creates, changes, lists and deletes, with the data as text and as an object', async () => {
    const created = await call('createEvent', concert);
    expect(JSON.parse(textOf(created))).toEqual(created.structuredContent);
    const { eventId, etag } = created.structuredContent as { eventId: string; etag: string };
    const changed = await call('updateEvent', { eventId, etag, name: 'Jazz' });
    expect(changed.structuredContent).toMatchObject({ eventId, name: 'Jazz' });
    const listed = await call('listEvents', { organizerId: 'me', status: ['draft'], limit: 1 });
    expect(listed.structuredContent).toMatchObject({ items: [{ eventId, name: 'Jazz' }] });
    expect(textOf(await call('deleteEvent', { eventId }))).toBe('Done.');
    expect(textOf(await call('getEvent', { eventId }))).toMatch(/^event-not-found: /);
  });

  it('returns text as it is', async () => {
    const { structuredContent } = await call('createEvent', concert);
    const { eventId } = structuredContent as { eventId: string };
    expect(textOf(await call('getEventCalendar', { eventId }))).toMatch(/^BEGIN:VCALENDAR\r\n/);
  });

  it('says what is wrong, where, and what to do', async () => {
    const { structuredContent } = await call('createEvent', concert);
    const { eventId, etag } = structuredContent as { eventId: string; etag: string };
    const refused = await call('publishEvent', { eventId, etag });
    expect(refused.isError).toBe(true);
    expect(textOf(refused).split('\n')).toEqual([
      'not-publishable: The event is not ready to be published, for the reasons listed in errors.',
      '- /location: A published event needs a location.',
      served['x-problems']['not-publishable']?.remedy,
      expect.stringMatching(/^Request id: /),
    ]);
  });

  it('does not overwrite what has changed since', async () => {
    const { structuredContent } = await call('createEvent', concert);
    const { eventId, etag } = structuredContent as { eventId: string; etag: string };
    await call('updateEvent', { eventId, etag, name: 'First' });
    expect(textOf(await call('updateEvent', { eventId, etag, name: 'Second' }))).toMatch(/^precondition-failed: /);
  });

  it('explains arguments that cannot be sent', async () => {
    expect(textOf(await call('getEvent', {}))).toMatch(/^invalid-request: .*eventId is undefined/);
    expect(textOf(await call('createEvent', { name: 'x' }))).toMatch(/- \/startsAt: is required/);
  });

  it('rejects a tool that does not exist', async () => {
    await expect(call('dropTables')).rejects.toThrow('There is no tool dropTables.');
  });

  it('offers no changes if it is read-only', async () => {
    const reader = await connect({ EVENTS_API_TOKEN: stack.tokens.organizer, EVENTS_API_READ_ONLY: '1' });
    const { tools: offered } = await reader.listTools();
    expect(offered.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    expect(offered.map(({ name }) => name)).toContain('listEvents');
    await expect(reader.callTool({ name: 'createEvent', arguments: concert })).rejects.toThrow('There is no tool');
    await reader.close();
  });

  it('gets its token from a command, once, and again after it is rejected', async () => {
    const runs = join(folder, 'runs');
    const token = join(folder, 'token');
    writeFileSync(token, 'rejected');
    const command = `echo run >> '${runs}'; cat '${token}'; printf %s '${stack.tokens.organizer}' > '${token}'`;
    const other = await connect({ EVENTS_API_TOKEN_COMMAND: command });
    for (let calls = 0; calls < 3; calls += 1) {
      const { isError } = await other.callTool({ name: 'listEvents', arguments: { organizerId: 'me', limit: 1 } });
      expect(isError).toBeFalsy();
    }
    expect(readFileSync(runs, 'utf8')).toBe('run\nrun\n');
    await other.close();
  });

  it('explains that it has no token', async () => {
    const other = await connect({});
    const refused = await other.callTool({ name: 'listEvents', arguments: {} });
    expect(textOf(refused)).toMatch(/^unauthenticated: .*token is undefined/);
    await other.close();
  });

  it('does not start without the URL of the API, and writes nothing to standard output', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, main, { env: { PATH }, encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Set EVENTS_API_URL');
  });
});
