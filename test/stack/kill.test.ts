import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalDatabase } from '../../scripts/stack/database/database.ts';
import type { LocalDatabase } from '../../scripts/stack/database/process.ts';
import type { Event, Registration } from '../../src/contract/generated/types.ts';
import { createRegistrationUpkeep } from '../../src/domain/registrations/index.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { createClient } from '../../src/storage/client.ts';
import { createDatabase } from '../../src/storage/database.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { defaultTableName, forEachTable } from '../../src/storage/tables.ts';
import { type ApiChild, startApiChild } from '../support/api-child.ts';
import { create, startLoad, type KnownEvent } from '../support/load.ts';
import { startTestIssuer, type TestIssuer } from '../support/issuer.ts';
import { inFull } from '../support/sample.ts';

/** How many people register while API and database are killed: make test ARGS=test/stack REGISTRATIONS=500 */
const registrations = Number(process.env['REGISTRATIONS'] || 50);

const localSettings = (endpoint: string) => ({
  region: 'us-east-1',
  endpoint,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

describe('The local stack', () => {
  let folder: string;
  let issuer: TestIssuer;
  let database: LocalDatabase;
  let api: ApiChild;
  let token: string;
  let allKnownEvents: KnownEvent[] = [];

  /** Port 0 selects a free port; a restart uses the same port again. */
  const openDatabase = (port: number) => startLocalDatabase({ port, file: join(folder, 'events.db') });
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
    const client = createClient(localSettings(database.endpoint));
    await createTables(client, forEachTable(defaultTableName));
    client.destroy();
    api = await openApi();
  }, 20_000);

  afterAll(async () => {
    await api.kill();
    await Promise.all([database.stop(), issuer.stop()]);
    await rm(folder, { recursive: true });
  });

  /** Kills a process during the writes of eight writers; returns their outcomes and the events they know. */
  async function killDuringWrites(prefix: string, kill: () => unknown) {
    const load = startLoad(target(), prefix);
    await load.underWay;
    await kill();
    const outcomes = await load.outcomes;
    allKnownEvents = [...allKnownEvents, ...load.knownEvents];
    return { outcomes, knownEvents: load.knownEvents };
  }

  /** Every write with a 2xx response is stored; a write without a response is stored completely or not at all. */
  async function expectNothingLost(knownEvents: readonly KnownEvent[]) {
    const listed = new Map((await listAll()).map((event) => [event.eventId, event]));
    for (const { confirmed, pendingName, create: created } of knownEvents) {
      if (confirmed === undefined) continue;
      const now = listed.get(confirmed.eventId);
      const renamed = pendingName !== undefined && now?.name === pendingName;
      expect(now).toEqual(
        renamed
          ? {
              ...confirmed,
              name: pendingName,
              etag: expect.not.stringMatching(confirmed.etag),
              updatedAt: expect.any(String),
            }
          : confirmed,
      );
      expect(now).toMatchObject({ ...created, name: now?.name });
    }
    // Retrying a createEvent request without a response creates one event.
    for (const known of knownEvents.filter(({ confirmed }) => !confirmed)) {
      const response = await create(target(), known);
      expect(response.status).toBe(201);
      known.confirmed = (await response.json()) as Event;
      expect(known.confirmed).toMatchObject(known.create);
    }
    const all = await listAll();
    expect(all.map(({ eventId }) => eventId).sort()).toEqual(
      allKnownEvents.map(({ confirmed }) => confirmed?.eventId).sort(),
    );
    // The list is read from an index, the single event from the table; both must be equal.
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

  inFull(
    'keeps every acknowledged write when the API is killed',
    async () => {
      const { port } = api;
      const { outcomes, knownEvents } = await killDuringWrites('api', () => api.kill());
      expect(new Set(outcomes)).toEqual(new Set(['no response']));
      api = await openApi(port);
      await expectNothingLost(knownEvents);
    },
    20_000,
  );

  it('keeps every acknowledged write when the database is killed, returns 503 meanwhile, and recovers', async () => {
    const { port } = database;
    const { outcomes, knownEvents } = await killDuringWrites('database', async () => {
      const exited = once(database.process, 'exit');
      database.kill();
      await exited;
    });
    expect(new Set(outcomes)).toEqual(new Set(['503 service-unavailable']));
    for (const path of ['/events', `/events/${knownEvents[0]?.confirmed?.eventId}`]) {
      const response = await get(path);
      expect({ status: response.status, retryAfter: response.headers.get('retry-after') }).toEqual({
        status: 503,
        retryAfter: expect.stringMatching(/^\d+$/),
      });
      expect(await response.json()).toMatchObject({ status: 503, code: 'service-unavailable' });
    }
    expect((await get('/health')).status).toBe(200);

    database = await openDatabase(port);
    await expectNothingLost(knownEvents);
  }, 20_000);

  it('keeps every acknowledged registration when API and database are killed, with exact counts in the end', async () => {
    const ports = { api: Number(new URL(api.url).port), database: database.port };
    const capacity = registrations * 0.4;
    const event = await publish({ capacity });
    const people = Array.from({ length: registrations }, (_, index) => `person-${index}`);
    const acknowledged = new Map<string, Registration>();
    const register = async (sub: string) => {
      const response = await fetch(`${api.url}/events/${event.eventId}/registration`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${await issuer.token({ sub })}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `Name of ${sub}` }),
      });
      if (response.ok) acknowledged.set(sub, (await response.json()) as Registration);
    };
    const stored = async (sub: string) => {
      const headers = { authorization: `Bearer ${await issuer.token({ sub })}` };
      return (await fetch(`${api.url}/events/${event.eventId}/registration`, { headers })).json();
    };

    for (const enough of [registrations * 0.2, registrations * 0.6]) {
      const waiting = people.filter((sub) => !acknowledged.has(sub));
      let killing: Promise<unknown> | undefined;
      const work = async () => {
        for (let sub = waiting.shift(); sub !== undefined && killing === undefined; sub = waiting.shift()) {
          await register(sub).catch(() => undefined);
          if (acknowledged.size >= enough) {
            database.kill();
            killing ??= Promise.all([api.kill(), once(database.process, 'exit')]);
          }
        }
      };
      await Promise.all(Array.from({ length: 16 }, work));
      await killing;
      database = await openDatabase(ports.database);
      api = await openApi(ports.api);
    }
    expect(acknowledged.size).toBeLessThan(people.length);
    const before = new Map(acknowledged);
    for (const [sub, { number, name, code }] of before) {
      expect(await stored(sub)).toMatchObject({ number, name, ...(code === undefined ? {} : { code }) });
    }
    // Repeating a request changes nothing for somebody who is registered.
    for (let next = 0; next < people.length; next += 16) await Promise.all(people.slice(next, next + 16).map(register));
    for (const [sub, { number }] of before) expect(acknowledged.get(sub)?.number).toBe(number);
    expect(new Set([...acknowledged.values()].map(({ number }) => number)).size).toBe(people.length);

    expect(await reclaimLater(event)).toMatchObject({ registeredCount: capacity, seatsLeft: 0 });
    // Numbers without a registration are only looked for among those with a seat: now everybody has one.
    await send('PATCH', `/events/${event.eventId}`, { capacity: null });
    expect(await reclaimLater(event)).toMatchObject({ registeredCount: registrations, waitlistedCount: 0 });
  }, 120_000);

  const send = async (method: string, path: string, body?: object) =>
    (await (
      await fetch(`${api.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
    ).json()) as Event;

  async function publish(content: object): Promise<Event> {
    const location = { kind: 'online', url: 'https://meet.example.com/jazz' };
    const times = { startsAt: '2030-07-13T10:00:00Z', endsAt: '2030-07-14T20:00:00Z', timeZone: 'UTC' };
    const { eventId } = await send('POST', '/events', { name: 'Harbour Run', location, ...times, ...content });
    return send('POST', `/events/${eventId}/publish`);
  }

  /** The event after the numbers were reclaimed that requests had left behind, as if two minutes had passed. */
  async function reclaimLater({ eventId }: Event): Promise<Event> {
    const connection = createDatabase(localSettings(database.endpoint));
    const upkeep = createRegistrationUpkeep({ database: connection, tableName: defaultTableName('registrations') });
    await upkeep.reclaim(eventId, instantOf(new Date(Date.now() + 120_000)), AbortSignal.timeout(30_000));
    connection.close();
    return send('GET', `/events/${eventId}`);
  }

  it('responds to requests in flight after SIGTERM, then exits with status 0', async () => {
    const started = Array.from({ length: 10 }, (_, index) => startCreate({ key: `last-${index}`, create: {} }));
    await sleep(200);
    const load = startLoad(target(), 'term');
    await load.underWay;
    api.process.kill('SIGTERM');
    load.stop();
    // Requests in flight continue, new ones are not accepted.
    while (
      await get('/health').then(
        () => true,
        () => false,
      )
    )
      await sleep(20);

    const responses = await Promise.all(started.map(({ finish }) => finish()));
    expect(responses).toEqual(responses.map(() => ({ status: 201, connection: 'close' })));
    expect(await api.ended).toBe(0);
    // A kept-alive connection may close between two requests, but never during one.
    expect(await load.outcomes).not.toContain('503 service-unavailable');
  }, 20_000);

  /** Sends a createEvent request up to the middle of its body. */
  function startCreate({ key }: KnownEvent): {
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
