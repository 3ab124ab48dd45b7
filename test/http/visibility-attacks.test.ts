/**
 * What people find out about an event that they may not see, or not as a whole: every operation on an event, by callers of every kind, on
 * events in every state. Writes are dry runs, so that all of them meet the same events.
 */
import { type Operation, operations } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, type TestRequest, type TestResponse, transports } from '../support/api.ts';
import { dryRunOperations } from '../support/dry-runs.ts';
import { call, concert, type Event, nextYear, published, succeed } from '../support/events.ts';
import { getFeed, myRegistrations, newFeed, publishedBy } from '../support/feeds.ts';
import { testUsers } from '../support/issuer.ts';
import { callAs, join, leave, newPerson, tokenOf } from '../support/registrations.ts';
import { nonexistentEventId, requestFor } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';

/** Texts that the URL of the meeting has, and nothing else. */
const secrets = ['quagga', 'okapi', 'narwhal'] as const;
const location = { ...concert.location, kind: 'hybrid', url: 'https://quagga.example.com/okapi?pin=narwhal' } as const;

const visibilities = ['signed-in', 'public', 'unlisted'] as const;
const statuses = ['draft', 'published', 'cancelled', 'ended', 'deleted'] as const;
const people = ['stranger', 'waitlisted', 'confirmed', 'left'] as const;
const rejected = ['an empty header', 'an invalid token', 'an expired token'] as const;
const owners = ['owner', 'owner without the role'] as const;
const callers = ['no token', ...rejected, ...people, 'rival', ...owners] as const;
type Caller = (typeof callers)[number];

interface Target {
  readonly eventId: string;
  readonly status: (typeof statuses)[number];
  readonly visibility: (typeof visibilities)[number];
  /** ETags from when everybody could see it. */
  readonly etags: readonly string[];
}

const isOneOf = (caller: Caller, some: readonly Caller[]) => some.includes(caller);

/** Whether a caller may know that an event exists. */
function mayKnow(caller: Caller, { status, visibility }: Target): boolean {
  if (isOneOf(caller, rejected) || status === 'deleted') return false;
  if (status === 'draft') return isOneOf(caller, owners);
  return caller !== 'no token' || visibility !== 'signed-in';
}

const maySeeMeeting = (caller: Caller, target: Target) =>
  mayKnow(caller, target) && isOneOf(caller, ['confirmed', ...owners]);

/** People can erase their own registrations for as long as these exist, even if the event is a draft again. */
const mayErase = (caller: Caller, { status }: Target, { operationId }: Operation) =>
  operationId === 'deleteMyRegistration' && status === 'draft' && isOneOf(caller, ['waitlisted', 'confirmed', 'left']);

const onEvents = operations.filter(({ path }) => path.includes('{eventId}'));
const optional = onEvents.filter(({ secured }) => !secured);

describe.each(transports)('callers who may not see an event, or not as a whole (%s)', (transport) => {
  let api: TestApi;
  let headersOf: Readonly<Record<Caller, Readonly<Record<string, string>>>>;
  const targets: Target[] = [];
  const persons = { stranger: newPerson(), waitlisted: newPerson(), confirmed: newPerson(), left: newPerson() };
  let count = 0;

  beforeAll(async () => {
    api = await startTestApi(transport);
    const sub = testUsers.organizer;
    const now = Math.floor(Date.now() / 1000);
    const bearer = async (claims: object) => ({ authorization: `Bearer ${await api.issuer.token({ ...claims })}` });
    const owner = await tokenOf(api, 'organizer');
    headersOf = {
      'no token': {},
      'an empty header': { authorization: '' },
      'an invalid token': { authorization: `${owner.authorization.slice(0, -8)}AAAAAAAA` },
      'an expired token': await bearer({ sub, exp: now - 60 }),
      stranger: await tokenOf(api, persons.stranger),
      waitlisted: await tokenOf(api, persons.waitlisted),
      confirmed: await tokenOf(api, persons.confirmed),
      left: await tokenOf(api, persons.left),
      rival: await tokenOf(api, 'rival'),
      owner,
      'owner without the role': await bearer({ sub, exp: now + 86_400, 'cognito:groups': undefined }),
    };
    const states = statuses.flatMap((status) => visibilities.map((visibility) => [status, visibility] as const));
    targets.push(...(await Promise.all(states.map((state) => makeTarget(...state)))));
    api.advance(30 * 60_000);
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    process.stderr.write(`Sent ${count} requests about events that callers may not see (${transport}).\n`);
  });

  const titleOf = ({ status, visibility }: Target) => `${status}, ${visibility}`;

  /** Makes an event that everybody can see, and has people; then brings it into its state. */
  async function makeTarget(status: Target['status'], visibility: Target['visibility']): Promise<Target> {
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const times = status === 'ended' ? { startsAt: inMinutes(10), endsAt: inMinutes(20) } : {};
    const event = await published(api, { ...concert, ...times, location, capacity: 1, visibility: 'public' });
    const kept = await Promise.all(optional.map((operation) => api.send(requestFor(operation, event.eventId))));
    await join(api, event, persons.left);
    await leave(api, event, persons.left);
    await join(api, event, persons.confirmed);
    await join(api, event, persons.waitlisted);
    if (visibility !== 'public') await succeed(api, 'updateEvent', event, { body: { visibility } });
    if (status === 'cancelled') await succeed(api, 'cancelEvent', event);
    if (status === 'draft' || status === 'deleted') {
      for (const person of ['waitlisted', 'confirmed'] as const) await leave(api, event, persons[person]);
      await succeed(api, 'unpublishEvent', event);
    }
    if (status === 'deleted') expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
    const etags = [event.etag, ...kept.map(({ headers }) => headers['etag'] ?? '')];
    return { eventId: event.eventId, status, visibility, etags };
  }

  function send(request: TestRequest): Promise<TestResponse> {
    count += 1;
    return api.send(request);
  }

  /** A request for an operation on an event; for the number of the confirmed registration. */
  function requestAs(caller: Caller, operation: Operation, eventId: string, changes: Partial<TestRequest> = {}) {
    const { path, body, ...request } = requestFor(operation, eventId);
    const numbered = path.replace(/(\/registrations\/)[^/]+/, '$12');
    const query = dryRunOperations.has(operation.operationId) ? '?dryRun=true' : '';
    const content = operation.operationId === 'registerForEvent' ? { name: 'Mira Novak' } : body;
    return {
      ...request,
      path: `${numbered}${query}`,
      body: content,
      ...changes,
      headers: { ...headersOf[caller], ...changes.headers },
    };
  }

  /** A response, without what differs between any two responses. */
  function comparable({ status, headers, text }: TestResponse) {
    const { date: _date, 'x-request-id': id = '', 'content-length': length, ...others } = headers;
    // Ids of requests can differ in length: a problem has two of them, of which HEAD returns the length only.
    return {
      status,
      headers: others,
      length: Number(length) - (status < 400 ? 0 : 2 * id.length),
      text: text.replaceAll(id, 'id'),
    };
  }

  const secretsIn = ({ headers, text }: TestResponse) => {
    const all = `${JSON.stringify(headers)}${text.replaceAll('\r\n ', '')}`.toLowerCase();
    return secrets.filter((secret) => all.includes(secret));
  };
  const codeOf = ({ body }: TestResponse) => (body as { code?: string } | undefined)?.code;

  it('are all tried with dry runs instead of writes', () => {
    const writes = onEvents.filter(({ method }) => method !== 'get').map(({ operationId }) => operationId);
    expect(writes.filter((operationId) => !dryRunOperations.has(operationId))).toEqual([]);
    expect(optional.map(({ operationId }) => operationId)).toEqual(['getEvent', 'getEventCalendar']);
  });

  /** For each caller other operations. */
  const attempts = callers.map((caller) => [caller, sampled(onEvents)] as const);
  it.each(attempts)(
    'get the same as for an event that does not exist, and never the meeting: %s',
    async (caller, some) => {
      for (const operation of some) {
        for (const method of operation.method === 'get' ? ['GET', 'HEAD'] : [operation.method.toUpperCase()]) {
          const absent = await send(requestAs(caller, operation, nonexistentEventId, { method }));
          const responses = await Promise.all(
            targets.map(({ eventId }) => send(requestAs(caller, operation, eventId, { method }))),
          );
          for (const [at, response] of responses.entries()) {
            const target = targets[at] as Target;
            const about = [operation.operationId, method, titleOf(target)];
            if (mayKnow(caller, target))
              expect([...about, codeOf(response)]).not.toEqual([...about, 'event-not-found']);
            else if (!mayErase(caller, target, operation))
              expect([...about, comparable(response)]).toEqual([...about, comparable(absent)]);
            if (!maySeeMeeting(caller, target)) expect([...about, ...secretsIn(response)]).toEqual(about);
          }
        }
      }
    },
  );

  it.each(sampled(callers))('see the meeting only if they attend or own the event: %s', async (caller) => {
    for (const operation of optional)
      for (const target of targets) {
        const response = await send(requestAs(caller, operation, target.eventId));
        const expected = maySeeMeeting(caller, target) ? secrets : [];
        expect([operation.operationId, titleOf(target), secretsIn(response)]).toEqual([
          operation.operationId,
          titleOf(target),
          expected,
        ]);
      }
  });

  it.each(sampled(callers))(
    'learn nothing from conditions, with ETags from when they could see it: %s',
    async (caller) => {
      for (const operation of optional) {
        const absent = comparable(await send(requestAs(caller, operation, nonexistentEventId)));
        for (const target of targets) {
          const { headers: current } = await send(requestAs(caller, operation, target.eventId));
          const known = caller === 'no token' ? target.etags : [];
          const conditions = [
            ...['*', ...known, target.etags.map((etag) => `W/${etag}`).join(', ')].map((value) => [
              'If-None-Match',
              value,
            ]),
            ...['If-Match', 'If-Range', 'If-Modified-Since'].map((name) => [name, '*']),
          ].slice(0, caller === 'no token' ? undefined : 3);
          const sent = conditions.map(([name = '', value = '']) =>
            send(requestAs(caller, operation, target.eventId, { headers: { [name]: value } })),
          );
          for (const [at, response] of (await Promise.all(sent)).entries()) {
            const [name, value = ''] = conditions[at] ?? [];
            if (!mayKnow(caller, target)) expect(comparable(response)).toEqual(absent);
            else {
              const isCurrent = value === '*' || value.includes(current['etag'] ?? '');
              expect(response.status).toBe(caller === 'no token' && name === 'If-None-Match' && isCurrent ? 304 : 200);
            }
          }
        }
      }
    },
  );

  const readers = new Set<Caller>(['no token', ...sampled(callers)]);
  it('get a response that may be kept only if it is the same for everybody', async () => {
    for (const operation of optional)
      for (const target of targets)
        for (const caller of readers) {
          const { status, headers } = await send(requestAs(caller, operation, target.eventId));
          const isShared = caller === 'no token' && mayKnow(caller, target);
          expect([titleOf(target), caller, status < 300, headers]).toMatchObject([
            titleOf(target),
            caller,
            mayKnow(caller, target),
            { 'cache-control': isShared ? 'public, max-age=60' : 'no-store', vary: 'Authorization, Origin' },
          ]);
        }
  });

  it('get no other response that may be kept by any other header than those that it varies by', async () => {
    const target = targets.find(
      ({ status, visibility }) => status === 'published' && visibility === 'public',
    ) as Target;
    const { authorization = '' } = headersOf.owner;
    for (const operation of optional) {
      const expected = comparable(await send(requestAs('no token', operation, target.eventId)));
      for (const headers of [
        { Accept: 'text/html' },
        { 'Accept-Language': 'de' },
        { 'Accept-Encoding': 'gzip, br' },
        { Cookie: `access_token=${authorization}` },
        { 'Proxy-Authorization': authorization },
        { 'X-Authorization': authorization },
        { 'X-Forwarded-Authorization': authorization },
        { 'X-Forwarded-Host': 'evil.example.com' },
        { 'X-Forwarded-Proto': 'http' },
        { 'X-Forwarded-Prefix': '/evil' },
        { 'X-Original-URL': `/events/${nonexistentEventId}` },
        { 'X-Rewrite-URL': `/events/${nonexistentEventId}` },
        { 'X-HTTP-Method-Override': 'DELETE' },
        { Range: 'bytes=0-9' },
        { 'Cache-Control': 'no-cache' },
        { Pragma: 'no-cache' },
        { 'X-Request-Id': 'evil' },
        { 'User-Agent': 'evil' },
      ])
        expect([
          headers,
          comparable(await send(requestAs('no token', operation, target.eventId, { headers }))),
        ]).toEqual([headers, expected]);
      const origin = { Origin: 'https://evil.example.com' };
      const foreign = await send(requestAs('no token', operation, target.eventId, { headers: origin }));
      expect(foreign.headers).toMatchObject({ vary: expect.stringContaining('Origin') });
      expect(JSON.stringify(foreign.headers)).not.toContain('evil');
    }
  });

  const unknown = ['access_token=', 'preview=true', 'as=owner', 'fields=location.url', 'dryRun=true', 'v=1'];
  const queries = optional.map((operation) => [operation, sampled(unknown)] as const);
  it('get the same for parameters that do not exist, and for OPTIONS', async () => {
    const token = headersOf.owner['authorization']?.slice('Bearer '.length) ?? '';
    for (const [operation, some] of queries) {
      const { path } = requestFor(operation, nonexistentEventId);
      for (const name of some) {
        const query = name.endsWith('=') ? `${name}${token}` : name;
        const sendTo = ({ eventId }: Pick<Target, 'eventId'>, caller: Caller) =>
          send(
            requestAs(caller, operation, eventId, { path: `${path.replace(nonexistentEventId, eventId)}?${query}` }),
          );
        for (const caller of ['no token', 'stranger', 'owner'] as const) {
          const absent = await sendTo({ eventId: nonexistentEventId }, caller);
          expect(absent).toMatchObject({ status: 400, headers: { 'cache-control': 'no-store' } });
          for (const target of targets) expect(comparable(await sendTo(target, caller))).toEqual(comparable(absent));
        }
      }
      const headers = { Origin: 'https://evil.example.com', 'Access-Control-Request-Method': 'GET' };
      const preflight = (eventId: string) =>
        send(requestAs('no token', operation, eventId, { method: 'OPTIONS', headers }));
      const absent = comparable(await preflight(nonexistentEventId));
      expect(absent.status).toBe(204);
      for (const { eventId } of targets) expect(comparable(await preflight(eventId))).toEqual(absent);
    }
  });

  describe('in lists', () => {
    const unlisted = () => targets.filter(({ visibility }) => visibility === 'unlisted').map(({ eventId }) => eventId);
    const ids = ({ body }: TestResponse) => (body as { items: Event[] }).items.map(({ eventId }) => eventId);
    const allTimes = 'startsFrom=2000-01-01T00:00:00Z';

    it.each(sampled<Caller>([...people, 'rival', ...owners]))(
      'find no unlisted event of others, and no meeting: %s',
      async (caller) => {
        const words = ['', ...secrets, 'quagga.example.com', 'riverside'].map((q) => (q ? `&q=${q}` : ''));
        for (const scope of ['', `&organizerId=${testUsers.organizer}`, '&organizerId=me'])
          for (const q of words)
            for (const filter of ['&tag=jazz', '&order=desc']) {
              const path = `/events?limit=100&${allTimes}${scope}${q}${filter}`;
              const response = await send({ path, headers: headersOf[caller] });
              expect(response.status).toBe(200);
              const found = ids(response);
              const ownList = isOneOf(caller, owners) && scope !== '';
              if (!ownList) expect(found.filter((id) => unlisted().includes(id))).toEqual([]);
              if (!isOneOf(caller, owners)) expect(secretsIn(response)).toEqual([]);
              // The search does not look into the URL, not even for those who see it.
              if (/quagga|okapi|narwhal/.test(q)) expect(found).toEqual([]);
            }
      },
    );

    it('of their own registrations see the meeting with a seat only', async () => {
      for (const person of people) {
        const { text, status } = await send({ path: '/registrations?limit=25', headers: headersOf[person] });
        expect([person, status, secrets.some((secret) => text.includes(secret))]).toEqual([
          person,
          200,
          person === 'confirmed',
        ]);
      }
    });

    it('and duplicates and exports get no meeting from another organizer', async () => {
      for (const { eventId, status } of targets.filter((one) => one.status !== 'deleted')) {
        const event = { eventId };
        const copy = await callAs(api, 'rival', 'duplicateEvent', event, { body: nextYear });
        expect(copy.status).toBe(status === 'draft' ? 404 : 403);
        expect(secretsIn(copy)).toEqual([]);
        for (const accept of ['text/csv', 'application/json']) {
          const exported = await callAs(api, 'organizer', 'listRegistrations', event, { headers: { accept } });
          expect([exported.status, ...secretsIn(exported)]).toEqual([200]);
        }
      }
    });

    it('of feeds find no unlisted event, and the meeting only in their own with a seat', async () => {
      const { organizer } = testUsers;
      for (const person of ['organizer', 'rival', persons.stranger, persons.confirmed]) {
        const { text } = await getFeed(api, await newFeed(api, person, publishedBy(organizer)));
        expect(text).toMatch(/BEGIN:VEVENT/);
        expect(unlisted().filter((id) => text.includes(id))).toEqual([]);
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      }
      for (const person of people) {
        const { text } = await getFeed(api, await newFeed(api, persons[person], myRegistrations));
        expect([person, secrets.some((secret) => text.includes(secret))]).toEqual([person, person === 'confirmed']);
      }
    });

    it('need a token', async () => {
      for (const path of [
        '/events',
        '/events?q=riverside',
        `/events?organizerId=${testUsers.organizer}`,
        '/registrations',
      ])
        for (const caller of ['no token', ...rejected] as const)
          expect(codeOf(await send({ path, headers: headersOf[caller] }))).toBe('unauthenticated');
    });
  });

  it('leave no trace of the meeting in the log', () => {
    const lines = JSON.stringify(api.log).toLowerCase();
    expect(secrets.filter((secret) => lines.includes(secret))).toEqual([]);
  });
});
