import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalDatabase, startDatabase } from '../../scripts/stack/database/dynoxide.ts';
import type { Event } from '../../src/contract/generated/types.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { defaultTableName, forEachTable } from '../../src/storage/tables.ts';
import { type ApiChild, startApiChild } from '../support/api-child.ts';
import { create, hammer, type Witness } from '../support/load.ts';
import { startTestIssuer, type TestIssuer } from '../support/issuer.ts';

describe('the stack', () => {
  let folder: string;
  let issuer: TestIssuer;
  let database: LocalDatabase;
  let api: ApiChild;
  let token: string;
  let everybody: Witness[] = [];

  /** Port 0 takes a free one; a restart takes the one of before. */
  const openDatabase = (port: number) => startDatabase({ port, file: join(folder, 'events.db') });
  const openApi = (port = 0) =>
    startApiChild({
      PORT: String(port),
      DYNAMODB_ENDPOINT: database.endpoint,
      TOKEN_ISSUER: issuer.issuer,
      TOKEN_CLIENT_ID: issuer.clientId,
    });
  const target = () => ({ url: api.url, token });
  const get = (path: string) => fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    [folder, issuer] = await Promise.all([mkdtemp(join(tmpdir(), 'stack-')), startTestIssuer()]);
    [database, token] = await Promise.all([openDatabase(0), issuer.tokenFor('organizer')]);
    const client = createClient({
      region: 'us-east-1',
      endpoint: database.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await createTables(client, forEachTable(defaultTableName));
    client.destroy();
    api = await openApi();
  }, 20_000);

  afterAll(async () => {
    await api.kill();
    await Promise.all([database.stop(), issuer.stop()]);
    await rm(folder, { recursive: true });
  });

  /** Kills something while eight writers write, and returns how they ended and what they know. */
  async function killDuringWrites(prefix: string, kill: () => unknown) {
    const hammering = hammer(target(), prefix);
    await hammering.underWay;
    await kill();
    const endings = await hammering.endings;
    everybody = [...everybody, ...hammering.witnesses];
    return { endings, witnesses: hammering.witnesses };
  }

  /** Everything that was answered with 2xx is there; what had no answer is there as a whole or not at all. */
  async function expectNothingLost(witnesses: readonly Witness[]) {
    const listed = new Map((await listAll()).map((event) => [event.eventId, event]));
    for (const { told, pendingName, create: created } of witnesses) {
      if (told === undefined) continue;
      const now = listed.get(told.eventId);
      const renamed = pendingName !== undefined && now?.name === pendingName;
      expect(now).toEqual(
        renamed
          ? { ...told, name: pendingName, etag: expect.not.stringMatching(told.etag), updatedAt: expect.any(String) }
          : told,
      );
      expect(now).toMatchObject({ ...created, name: now?.name });
    }
    // A creation without an answer may be repeated, and makes one event.
    for (const witness of witnesses.filter(({ told }) => !told)) {
      const response = await create(target(), witness);
      expect(response.status).toBe(201);
      witness.told = (await response.json()) as Event;
      expect(witness.told).toMatchObject(witness.create);
    }
    const all = await listAll();
    expect(all.map(({ eventId }) => eventId).sort()).toEqual(everybody.map(({ told }) => told?.eventId).sort());
    // The list comes from an index, the single event from the table: both say the same.
    for (const event of all.slice(-10)) expect(await (await get(`/events/${event.eventId}`)).json()).toEqual(event);
  }

  async function listAll(): Promise<Event[]> {
    const items: Event[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const response = await get(`/events?organizerId=me&limit=100${cursor && `&cursor=${cursor}`}`);
      expect(response.status).toBe(200);
      const page = (await response.json()) as { items: Event[]; nextCursor?: string };
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  it('keeps everything that it has answered when the API is killed', async () => {
    const { port } = api;
    const { endings, witnesses } = await killDuringWrites('api', () => api.kill());
    expect(new Set(endings)).toEqual(new Set(['no answer']));
    api = await openApi(port);
    await expectNothingLost(witnesses);
  }, 20_000);

  it('keeps everything that it has answered when the database is killed, says 503 meanwhile, and works again afterwards', async () => {
    const { port } = database;
    const { endings, witnesses } = await killDuringWrites('database', async () => {
      const gone = once(database.process, 'exit');
      database.kill();
      await gone;
    });
    expect(new Set(endings)).toEqual(new Set(['503 service-unavailable']));
    for (const path of ['/events', `/events/${witnesses[0]?.told?.eventId}`]) {
      const response = await get(path);
      expect({ status: response.status, retryAfter: response.headers.get('retry-after') }).toEqual({
        status: 503,
        retryAfter: expect.stringMatching(/^\d+$/),
      });
      expect(await response.json()).toMatchObject({ status: 503, code: 'service-unavailable' });
    }
    expect((await get('/health')).status).toBe(200);

    database = await openDatabase(port);
    await expectNothingLost(witnesses);
  }, 20_000);

  it('answers what is in flight when it is told to stop, and ends with status 0', async () => {
    const began = Array.from({ length: 10 }, (_, index) => beginCreate({ key: `last-${index}`, create: {} }));
    await sleep(200);
    const running = hammer(target(), 'term');
    await running.underWay;
    api.process.kill('SIGTERM');
    running.stop();
    // What is in flight goes on, nothing new begins.
    while (
      await get('/health').then(
        () => true,
        () => false,
      )
    )
      await sleep(20);

    const answers = await Promise.all(began.map(({ finish }) => finish()));
    expect(answers).toEqual(answers.map(() => ({ status: 201, connection: 'close' })));
    expect(await api.ended).toBe(0);
    // A connection that is kept open may be closed between two requests of its writer, never during one that has begun.
    expect(await running.endings).not.toContain('503 service-unavailable');
  }, 20_000);

  /** Sends a creation up to the middle of its body. */
  function beginCreate({ key }: Witness): {
    finish(): Promise<{ status: number | undefined; connection: string | undefined }>;
  } {
    const text = JSON.stringify({
      name: `Event ${key}`,
      startsAt: '2030-07-13T10:00:00Z',
      endsAt: '2030-07-14T20:00:00Z',
      timeZone: 'UTC',
    });
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': text.length,
      'idempotency-key': key,
    };
    const outgoing: ClientRequest = request(`${api.url}/events`, { method: 'POST', headers, agent: false });
    outgoing.write(text.slice(0, 20));
    return {
      async finish() {
        outgoing.end(text.slice(20));
        const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
        incoming.resume();
        await once(incoming, 'end');
        return { status: incoming.statusCode, connection: incoming.headers.connection };
      },
    };
  }
});
