/** Options for TanStack Query, with its core: keys, retries, caches after a change, revisions, and people who sign in and out. */
import { onlineManager, type MutationOptions, QueryClient, QueryObserver } from '@tanstack/react-query';
import { createEventsClient, type Event, type EventsClient } from '../src/index.ts';
import { operations, type OperationId } from '../src/generated/operations.ts';
import { createQueries, type Queries } from '../src/tanstack-query.ts';
import { baseUrl, event, eventId, fake, gateway, least, ok, problem, type Step, withoutJitter } from './fake.ts';

const user = 'mira';
const lagMs = 500;
let caches: QueryClient;
beforeEach(() => {
  caches = new QueryClient();
  caches.mount();
});
afterEach(() => {
  caches.unmount();
  caches.clear();
  onlineManager.setOnline(true);
});

/** Runs a mutation as `useMutation` does. */
function run<Data, TError, Variables>(
  options: MutationOptions<Data, TError, Variables, unknown>,
  input?: Variables,
): Promise<Data> {
  return caches
    .getMutationCache()
    .build(caches, options)
    .execute(input as Variables);
}

function start(steps: readonly Step[]) {
  const { client, sent } = fake(steps);
  return { queries: createQueries(client, { user }), sent };
}

const second = { ...event, etag: '"2-9c41d07be3f2"', name: 'Riverside Jazz Weekend' };
const third = { ...event, etag: '"3-9c41d07be3f2"', name: 'Riverside Jazz Week' };
const byId = ['event-management', user, 'getEvent', `/events/${eventId}`, {}];
const other = { ...event, eventId: '2c7e9b40-58d1-4f36-9a0c-e4b1d7f3a695', etag: '"7-0c4d7a90c2e8"' };
const matches = (etag: string) =>
  expect.objectContaining({ headers: expect.objectContaining({ 'if-match': etag }) as unknown });

describe('Keys', () => {
  const { queries } = start([]);

  it('name the user, the operation, its path and its input', () => {
    expect(queries.getEvent(eventId).queryKey).toEqual(byId);
    expect(queries.listEvents({ tag: 'music' }).queryKey).toEqual([
      'event-management',
      user,
      'listEvents',
      '/events',
      { tag: 'music' },
    ]);
    expect(queries.getRegistration({ eventId, number: 17 }).queryKey[3]).toBe(`/events/${eventId}/registrations/17`);
    expect(queries.publishEvent(eventId).mutationKey).toEqual([
      'event-management',
      user,
      'publishEvent',
      `/events/${eventId}/publish`,
    ]);
  });

  it('have the whole input, with and without a target', () => {
    const target = { eventId, number: 17, feedId: 'feed', calendarFile: 'file' };
    const input = { status: ['confirmed'], limit: 5 };
    for (const [name, { method, path }] of Object.entries(operations)) {
      if (method !== 'get') continue;
      const make = queries[name as 'getEvent'] as unknown as (...args: unknown[]) => { queryKey: readonly unknown[] };
      const { queryKey } = path.includes('{') ? make(target, input) : make(input);
      expect({ name, input: queryKey.at(-1) }).toEqual({ name, input });
    }
  });

  it('are the same for an id, an object and each revision of it', () => {
    for (const target of [event, second, { eventId }]) expect(queries.getEvent(target).queryKey).toEqual(byId);
    expect(queries.publishEvent(second).mutationKey).toEqual(queries.publishEvent(eventId).mutationKey);
  });

  it('of all queries of an operation begin alike, and pages have keys of their own', () => {
    const { queryKey } = queries.listEvents({ tag: 'music' });
    expect(queryKey.slice(0, 3)).toEqual(queries.listEvents.key);
    expect(queries.listEvents.infinite({ tag: 'music' }).queryKey).toEqual([...queryKey, 'infinite']);
  });

  it('differ for each user, and for people who have not signed in', () => {
    const { client } = fake([]);
    const keys = [user, 'noor', null, undefined].map(
      (one) => createQueries(client, { user: one }).listEvents({ organizerId: 'me' }).queryKey[1],
    );
    expect(keys).toEqual([user, 'noor', null, null]);
  });
});

describe('Retries', () => {
  withoutJitter();

  it('are none for a response that will be the same', async () => {
    const { queries, sent } = start([problem(404, 'event-not-found')]);
    await expect(caches.fetchQuery(queries.getEvent(eventId))).rejects.toMatchObject({ code: 'event-not-found' });
    const observer = new QueryObserver(caches, { ...queries.getEvent(eventId), retryOnMount: false });
    const stop = observer.subscribe(() => {});
    expect(observer.getCurrentResult()).toMatchObject({ status: 'error', failureCount: 1 });
    stop();
    expect(sent).toHaveLength(1);
  });

  it('are those of the client for a response that may be another next time', async () => {
    // By default, TanStack Query would try each of these four times.
    const { queries, sent } = start([gateway(503), gateway(503), gateway(503)]);
    const observer = new QueryObserver(caches, queries.getEvent(eventId));
    await new Promise<void>((resolve) => observer.subscribe(({ isError }) => isError && resolve()));
    expect(sent).toHaveLength(3);
  });

  it('of a mutation are those of the client, too', async () => {
    caches.setDefaultOptions({ mutations: { retry: 3 } });
    const { queries, sent } = start([gateway(503), gateway(503), gateway(503), gateway(503)]);
    await expect(run(queries.createEvent(), least)).rejects.toMatchObject({ attempts: 3 });
    await expect(run(queries.publishEvent(event))).rejects.toMatchObject({ attempts: 1 });
    expect(sent).toHaveLength(4);
  });
});

/** A client whose operations return what the test says, and wait for nothing. */
function stub(responses: Partial<Record<OperationId, unknown>>): EventsClient {
  const call = (name: OperationId) => () =>
    responses[name] instanceof Error ? Promise.reject(responses[name]) : Promise.resolve(responses[name]);
  return Object.fromEntries(
    Object.keys(operations).map((name) => [name, call(name as OperationId)]),
  ) as unknown as EventsClient;
}

const registration = { eventId, number: 17, etag: '"1-4d7a90c2e8b1"', code: 'secret' };
const feed = { feedId: 'feed', source: { kind: 'my-registrations' as const } };

describe('After a change', () => {
  /** What is cached: something of each operation that reads, and the same of another event, registration and feed. */
  function fill(queries: Queries): Map<string, unknown> {
    const cached = {
      listEvents: { items: [] },
      getEvent: event,
      getEventCalendar: 'BEGIN:VCALENDAR',
      getMyRegistration: { ...registration, number: 16 },
      listRegistrations: { items: [] },
      getRegistration: { ...registration, name: 'Mira' },
      listMyRegistrations: { items: [] },
      listCalendarFeeds: { items: [] },
      getCalendarFeed: feed,
      getCalendar: 'BEGIN:VCALENDAR',
      getHealth: { status: 'ok' },
    };
    const targets = [
      { ...registration, ...feed, calendarFile: 'file' },
      { eventId: 'e', number: 1, feedId: 'f', calendarFile: 'c' },
    ];
    const names = new Map<string, unknown>();
    for (const [index, target] of targets.entries())
      for (const [name, data] of Object.entries(cached)) {
        const make = queries[name as 'getEvent'];
        const { queryKey } = operations[name as OperationId].path.includes('{')
          ? make(target)
          : (make as unknown as () => { queryKey: readonly unknown[] })();
        if (names.has(JSON.stringify(queryKey))) continue;
        caches.setQueryData(queryKey, data);
        names.set(JSON.stringify(queryKey), index === 0 ? name : `${name} of others`);
      }
    return names;
  }

  const lists = ['listEvents', 'listMyRegistrations', 'listCalendarFeeds'];
  const ofEvent = [
    'getEvent',
    'getEventCalendar',
    'getMyRegistration',
    'listRegistrations',
    'getRegistration',
    ...lists,
  ];
  const without = (...names: readonly string[]) => ofEvent.filter((name) => !names.includes(name));
  const newRegistration = { ...registration, number: 18 };
  interface Row {
    readonly change: OperationId;
    readonly response?: unknown;
    /** The path under which the response is cached. */
    readonly put?: string;
    readonly stale: readonly string[];
    readonly gone?: string;
  }
  const one = `/events/${eventId}`;
  const rows: readonly Row[] = [
    { change: 'createEvent', response: other, put: `/events/${other.eventId}`, stale: lists },
    { change: 'deleteEvent', stale: without('getEvent'), gone: 'getEvent' },
    { change: 'updateEvent', response: second, put: one, stale: without('getEvent') },
    { change: 'publishEvent', response: second, put: one, stale: without('getEvent') },
    { change: 'unpublishEvent', response: second, put: one, stale: without('getEvent') },
    { change: 'cancelEvent', response: second, put: one, stale: without('getEvent') },
    { change: 'duplicateEvent', response: other, put: `/events/${other.eventId}`, stale: lists },
    {
      change: 'registerForEvent',
      response: registration,
      put: `${one}/registration`,
      stale: without('getMyRegistration'),
    },
    { change: 'deleteMyRegistration', stale: without('getMyRegistration'), gone: 'getMyRegistration' },
    {
      change: 'cancelMyRegistration',
      response: registration,
      put: `${one}/registration`,
      stale: without('getMyRegistration'),
    },
    { change: 'createRegistration', response: newRegistration, put: `${one}/registrations/18`, stale: ofEvent },
    { change: 'deleteRegistration', stale: ofEvent },
    {
      change: 'updateRegistration',
      response: registration,
      put: `${one}/registrations/17`,
      stale: without('getRegistration'),
    },
    {
      change: 'cancelRegistration',
      response: registration,
      put: `${one}/registrations/17`,
      stale: without('getRegistration'),
    },
    { change: 'deleteCheckIn', stale: ofEvent },
    { change: 'createCheckIns', response: { outcomes: [] }, stale: ofEvent },
    {
      change: 'createCalendarFeed',
      response: { ...feed, calendarFile: 'secret' },
      stale: ['getCalendarFeed', 'getCalendarFeed of others', ...lists],
    },
    { change: 'deleteCalendarFeed', stale: lists, gone: 'getCalendarFeed' },
  ];

  it.each(rows)(
    'by $change, its response is cached, and what it may have changed is stale',
    async ({ change, response, put, stale, gone }) => {
      const queries = createQueries(stub({ [change]: response }), { user });
      const names = fill(queries);
      const target = { ...registration, ...feed, scanId: 'scan', etag: event.etag };
      const make = queries[change as 'publishEvent'];
      await run(
        operations[change].path.includes('{') ? make(target) : (make as unknown as () => ReturnType<typeof make>)(),
      );
      const all = caches.getQueryCache().getAll();
      const nameOf = ({ queryHash }: { queryHash: string }) => names.get(queryHash);
      expect(
        all
          .filter(({ state }) => state.isInvalidated)
          .map(nameOf)
          .sort(),
      ).toEqual([...stale].sort());
      expect(all.filter(({ state }) => state.data === undefined).map(nameOf)).toEqual(gone === undefined ? [] : [gone]);
      if (put !== undefined) expect(all.find(({ queryKey }) => queryKey[3] === put)?.state.data).toEqual(response);
      expect(all.filter(({ queryHash }) => !names.has(queryHash)).map(({ queryKey }) => queryKey[3])).toEqual(
        change.startsWith('create') || change === 'duplicateEvent' ? (put === undefined ? [] : [put]) : [],
      );
      // What is secret and returned only once is not kept.
      expect(JSON.stringify(all.map(({ state }) => state.data))).not.toContain('"calendarFile":"secret"');
    },
  );

  it('the rows above are all operations that change something', () => {
    const changes = Object.entries(operations).filter(([, { method }]) => method !== 'get');
    expect(rows.map(({ change }) => change)).toEqual(changes.map(([name]) => name));
  });
});

describe('Lists', () => {
  withoutJitter();
  const page = (...items: readonly object[]) => ok({ items });

  it('show a change at once, and are fetched when their index has caught up', async () => {
    const { queries, sent } = start([page(event, other), ok(second), page(event, other)]);
    const list = queries.listEvents({ organizerId: 'me' });
    const observer = new QueryObserver(caches, list);
    const stop = observer.subscribe(() => {});
    await caches.fetchQuery(list);
    const started = performance.now();
    await run(queries.updateEvent(event), { name: second.name });
    expect(caches.getQueryData(list.queryKey)).toEqual({ items: [second, other] });
    expect(sent).toHaveLength(2);
    await caches.fetchQuery(list);
    expect(performance.now() - started).toBeGreaterThan(lagMs - 10);
    expect(sent).toHaveLength(3);
    // The index still had the former state.
    expect(caches.getQueryData(list.queryKey)).toEqual({ items: [second, other] });
    stop();
  });

  it('never show what was deleted, in pages neither', async () => {
    const { queries } = start([
      ok({ items: [event], nextCursor: 'next' }),
      page(other),
      new Response(null, { status: 204 }),
      page(event, other),
    ]);
    const list = queries.listEvents.infinite({ tag: 'music' });
    await caches.fetchInfiniteQuery({ ...list, pages: 2 });
    await run(queries.deleteEvent(event));
    expect(caches.getQueryData(list.queryKey)).toMatchObject({ pages: [{ items: [] }, { items: [other] }] });
    expect(await caches.fetchQuery(queries.listEvents())).toEqual({ items: [other] });
  });

  it('are left as they are by a dry run', async () => {
    const { queries } = start([page(event), ok(second)]);
    const list = queries.listEvents();
    await caches.fetchQuery(list);
    await run(queries.updateEvent(event), { name: second.name, dryRun: true });
    expect(caches.getQueryState(list.queryKey)).toMatchObject({ data: { items: [event] }, isInvalidated: false });
    expect(caches.getQueryData(byId)).toBeUndefined();
  });

  it.each([
    [problem(422, 'invalid-event'), false],
    [problem(429, 'too-many-requests', { 'retry-after': '60' }), false],
    [problem(412, 'precondition-failed'), true],
    [new TypeError('fetch failed'), true],
  ])(
    'are fetched again after an error unless it says that nothing is known to have changed',
    async (response, isStale) => {
      const { queries } = start([page(event), response]);
      const list = queries.listEvents();
      await caches.fetchQuery(list);
      await expect(run(queries.updateEvent(event), { name: '' })).rejects.toThrow();
      expect(caches.getQueryState(list.queryKey)?.isInvalidated).toBe(isStale);
    },
  );

  it('and events that were read before a change do not replace what it returned', async () => {
    let respond = (_response: Response): void => {};
    const late = () => new Promise<Response>((resolve) => (respond = resolve));
    const { queries } = start([late, ok(second)]);
    const reading = caches.fetchQuery(queries.getEvent(event));
    await run(queries.publishEvent(event));
    respond(ok(event));
    expect(await reading).toEqual(second);
    expect(caches.getQueryData(byId)).toEqual(second);
  });
});

describe('The revision of a mutation', () => {
  it('follows changes of our own, so that a quick second click succeeds', async () => {
    const { queries, sent } = start([ok(second), ok(third)]);
    const clicks = [run(queries.publishEvent(event)), run(queries.updateEvent(event), { name: third.name })];
    expect(await Promise.all(clicks)).toEqual([second, third]);
    expect(sent).toEqual([matches(event.etag), matches(second.etag)]);
  });

  it('does not follow those of others, so that a form never overwrites them', async () => {
    const { queries, sent } = start([ok(second), problem(412, 'precondition-failed')]);
    await caches.fetchQuery(queries.getEvent(event));
    await expect(run(queries.updateEvent(event), { name: 'Mine' })).rejects.toMatchObject({
      code: 'precondition-failed',
    });
    expect(sent[1]).toEqual(matches(event.etag));
  });

  it('does not follow a change by a function, which began with what others had changed', async () => {
    const { queries, sent } = start([ok(second), ok(third), problem(412, 'precondition-failed')]);
    await run(queries.updateEvent(event), () => ({ capacity: 5 }));
    await expect(run(queries.updateEvent(event), { name: 'Mine' })).rejects.toThrow();
    expect(sent[2]).toEqual(matches(event.etag));
  });

  it('is any for an id, before and after a change', async () => {
    const { queries, sent } = start([ok(second), ok(third)]);
    for (const name of ['One', 'Two']) await run(queries.updateEvent(eventId), { name });
    for (const { headers } of sent) expect(headers).not.toHaveProperty('if-match');
  });
});

describe('Mutations', () => {
  it('of one event wait for each other, those of another event do not', async () => {
    let respond = (_response: Response): void => {};
    const late = () => new Promise<Response>((resolve) => (respond = resolve));
    const { queries, sent } = start([late, ok(other), ok(third)]);
    const clicks = [run(queries.publishEvent(event)), run(queries.cancelEvent(event))];
    await run(queries.publishEvent(other));
    expect(sent).toHaveLength(2);
    respond(ok(second));
    await Promise.all(clicks);
    expect(sent).toHaveLength(3);
  });

  it('without a connection wait, and are sent once when it is back', async () => {
    const { queries, sent } = start([ok(second)]);
    onlineManager.setOnline(false);
    const click = run(queries.publishEvent(event));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(caches.getMutationCache().getAll()[0]?.state).toMatchObject({ status: 'pending', isPaused: true });
    expect(sent).toHaveLength(0);
    onlineManager.setOnline(true);
    expect(await click).toEqual(second);
    expect(sent).toEqual([matches(event.etag)]);
  });

  it('that wait are never sent after the caches were cleared, as they are when somebody signs out', async () => {
    const { queries, sent } = start([]);
    onlineManager.setOnline(false);
    void run(queries.publishEvent(event));
    await new Promise((resolve) => setTimeout(resolve, 20));
    caches.clear();
    onlineManager.setOnline(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toHaveLength(0);
  });

  it('and queries pass on their options', async () => {
    const { queries, sent } = start([ok(other), ok()]);
    await run(queries.createEvent({ idempotencyKey: 'once' }), least);
    await caches.fetchQuery(queries.getEvent(event, undefined, { headers: { 'X-Page': 'list' } }));
    expect(sent).toMatchObject([{ headers: { 'idempotency-key': 'once' } }, { headers: { 'x-page': 'list' } }]);
  });
});

it('Data of one user are not shown to the next, whose queries have other keys', async () => {
  const token = { current: user };
  const client = createEventsClient({
    baseUrl,
    token: () => token.current,
    fetch: (_url, init) =>
      Promise.resolve(
        ok({ items: [{ ...event, name: new Headers(init?.headers).get('authorization') } as unknown as Event] }),
      ),
  });
  const mine = { organizerId: 'me' };
  await caches.fetchQuery(createQueries(client, { user }).listEvents(mine));
  token.current = 'noor';
  const { queryKey, ...options } = createQueries(client, { user: 'noor' }).listEvents(mine);
  expect(caches.getQueryData(queryKey)).toBeUndefined();
  expect(await caches.fetchQuery({ queryKey, ...options })).toMatchObject({ items: [{ name: 'Bearer noor' }] });
});
