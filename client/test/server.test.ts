/** The client against the real server: each operation, and each error that the contract documents for it. */
import {
  type ApiPromise,
  type CalendarFeedCreate,
  createEventsClient,
  type EventCreate,
  type EventsClient,
  isEventsApiError,
  type OperationId,
  type Target,
} from '../src/index.ts';
import { codesOf, exampleBodies, type Operation, operations, responses } from '../../test/contract/contract.ts';
import { startTestApi, type TestApi } from '../../test/support/api.ts';
import { startTestApp, type TestApp } from '../../test/support/app.ts';
import { concert, nextYear, ongoing, register } from '../../test/support/events.ts';
import { testUsers, type TestUser } from '../../test/support/issuer.ts';
import { nonexistentEventId } from '../../test/support/requests.ts';
import { sampled } from '../../test/support/sample.ts';
import { maxFeeds } from '../../src/domain/calendars/model.ts';
import { maxNumbersPerUser } from '../../src/domain/registrations/model.ts';
import { DatabaseUnavailable } from '../../src/storage/errors.ts';
import { gateway } from './fake.ts';

let api: TestApi;
let organizer: EventsClient;
let rival: EventsClient;
let attendee: EventsClient;
/** The same application with handlers that fail as `failure` says, for errors that cannot be provoked from outside. */
let failing: TestApp;
let failure: () => Promise<unknown>;

beforeAll(async () => {
  api = await startTestApi('socket');
  [organizer, rival, attendee] = (['organizer', 'rival', 'attendee'] as const).map((user) => clientOf(user)) as [
    EventsClient,
    EventsClient,
    EventsClient,
  ];
  const operationIds = [...new Set(responses.map(({ operation }) => operation.operationId))];
  failing = await startTestApp({
    handlers: Object.fromEntries(operationIds.map((operationId) => [operationId, () => failure()])),
  });
});
afterAll(() => Promise.all([api.stop(), failing.stop()]));

function clientOf(
  user: TestUser,
  { spoil = (body: string) => body }: { spoil?: (body: string) => string } = {},
): EventsClient {
  return createEventsClient({
    baseUrl: api.url,
    token: () => api.issuer.tokenFor(user),
    fetch: (url, init) => fetch(url, init?.body ? { ...init, body: spoil(init.body as string) } : init),
  });
}

const draft = () => organizer.createEvent(concert);
const published = async () => organizer.publishEvent(await draft());
const cancelled = async () => organizer.cancelEvent(await published());

describe('Against the real server, the client', () => {
  it('takes an event from creation to deletion', async () => {
    const created = await organizer.createEvent(concert);
    expect(created).toMatchObject({ ...concert, status: 'draft', organizerId: testUsers.organizer });
    expect(await organizer.getEvent(created)).toEqual(created);
    const duplicate = await organizer.duplicateEvent(created, nextYear);
    expect(duplicate).toMatchObject({ ...concert, ...nextYear, status: 'draft' });
    expect(duplicate.eventId).not.toBe(created.eventId);
    const renamed = await organizer.updateEvent(created, { name: 'Riverside Jazz Weekend', tags: null });
    expect(renamed).toMatchObject({ name: 'Riverside Jazz Weekend' });
    expect(renamed).not.toHaveProperty('tags');
    const shown = await organizer.publishEvent(renamed);
    expect(await attendee.getEvent(shown.eventId)).toMatchObject({ status: 'published' });
    const hidden = await organizer.unpublishEvent(shown);
    const shownAgain = await organizer.publishEvent(hidden);
    const called = await organizer.cancelEvent(shownAgain, { reason: 'A storm is coming.' });
    expect(called).toMatchObject({ status: 'cancelled', cancellation: { reason: 'A storm is coming.' } });
    await expect(organizer.deleteEvent(called)).resolves.toBeUndefined();
    const { error, requestId } = await organizer.getEvent(called).result();
    expect(error).toMatchObject({ code: 'event-not-found', status: 404, problem: { requestId } });
  });

  it('iterates over lists of several pages', async () => {
    const made = await Promise.all(
      Array.from({ length: 7 }, (_, index) =>
        organizer.createEvent({
          ...concert,
          tags: ['walk'],
          startsAt: `2030-06-2${index}T10:00:00Z`,
          endsAt: '2030-06-29T00:00:00Z',
        }),
      ),
    );
    const seen: string[] = [];
    for await (const { eventId } of organizer.listEvents({
      organizerId: 'me',
      tag: 'walk',
      status: ['draft', 'published'],
      limit: 2,
    }))
      seen.push(eventId);
    expect(seen).toEqual(made.map(({ eventId }) => eventId));
  });

  it('returns all pages of a list as one file', async () => {
    const event = await published();
    for (const client of [organizer, rival, attendee]) await client.registerForEvent(event, { name: '=1+1' });
    const asCsv = { mediaType: 'text/csv' } as const;
    const pages: string[] = [];
    for await (const page of organizer.listRegistrations(event, { limit: 1 }, asCsv)) pages.push(page);
    expect(pages).toHaveLength(3);
    const file = await organizer.listRegistrations(event, {}, asCsv).text();
    expect(pages.join('')).toBe(file);
    expect(file).toMatch(/^\ufeff"number",/);
    expect(file.match(/"'=1\+1"/g)).toHaveLength(3);
  });

  it('creates an event once, however often a key is sent', async () => {
    const options = { idempotencyKey: 'sent-twice' };
    const { data: first } = await organizer.createEvent(concert, options).result();
    const { data: second, response } = await organizer.createEvent(concert, options).result();
    expect(second).toEqual(first);
    expect(response?.headers.get('idempotency-replayed')).toBe('true');
  });

  it('applies all changes of callers that update one event at the same time', async () => {
    const { eventId } = await draft();
    await Promise.all(
      Array.from({ length: 4 }, () =>
        organizer.updateEvent(eventId, ({ capacity = 0 }) => ({ capacity: capacity + 10 })),
      ),
    );
    expect(await organizer.getEvent(eventId)).toMatchObject({ capacity: 440 });
  });

  it('calls a public operation without a token', async () => {
    await expect(createEventsClient({ baseUrl: api.url }).getHealth()).resolves.toEqual({
      status: 'ok',
      version: expect.any(String),
    });
  });

  it('refreshes a rejected token and retries', async () => {
    const token = async ({ forceRefresh }: { forceRefresh: boolean }) =>
      forceRefresh ? api.issuer.tokenFor('organizer') : 'stale';
    await expect(createEventsClient({ baseUrl: api.url, token }).listEvents()).resolves.toMatchObject({
      items: expect.any(Array),
    });
  });
});

type AnyMethod = (...sent: readonly unknown[]) => ApiPromise<unknown, OperationId>;

/**
 * Calls an operation with the first example of its body, on a target if its path has one; `query` adds fields of the query. Where the
 * path also has a number, it is that of the first registration for the event, and a scan is `scanId`.
 */
function least(
  operationId: OperationId,
  client: EventsClient,
  target: Target<'eventId'>,
  options?: object,
  query: object = {},
): ApiPromise<unknown, OperationId> {
  const { path, parameters } = operations.find((one) => one.operationId === operationId) as Operation;
  const isNamed = (name: string) => parameters.some((one) => one.in === 'path' && one.name === name);
  const eventId = typeof target === 'string' ? target : target.eventId;
  const method = client[operationId] as unknown as AnyMethod;
  const input = { ...exampleBodies(operationId)[0]?.[1], ...query };
  return path.includes('{')
    ? method(
        isNamed('number') ? { eventId, number: 1, ...(isNamed('scanId') ? { scanId } : {}) } : target,
        input,
        options,
      )
    : method(input, options);
}

const scanId = '9b2f6c1e-4a7d-4e0b-8c35-d1f0a6e7b924';

/** A target of every operation that leads to nothing. */
const nothing = {
  eventId: nonexistentEventId,
  feedId: nonexistentEventId,
  calendarFile: `${'A'.repeat(43)}.ics`,
} as const;

const isForOrganizers = (operationId: OperationId) =>
  responses.some(({ operation }) => operation.operationId === operationId && operation['x-required-role']);
const callerOf = (operation: OperationId) => (isForOrganizers(operation) ? organizer : attendee);

type Provocation = (operation: OperationId) => unknown;
const once = { maxRetries: 0 };

/** How to provoke each code: for every operation in the same way, or for a single one. */
const provocations: Record<string, Provocation | { [Op in OperationId]?: () => unknown }> = {
  'invalid-request': (operation) => {
    return least(operation, organizer, 'not-an-id', {}, { color: 'red' });
  },
  unauthenticated: (operation) => least(operation, createEventsClient({ baseUrl: api.url, token: 'garbage' }), nothing),
  forbidden: (operation) =>
    isForOrganizers(operation) ? least(operation, attendee, nothing) : byGateway(operation, 403),
  'event-not-found': (operation) => least(operation, organizer, nothing),
  'not-event-organizer': async (operation) => least(operation, rival, (await published()).eventId),
  'precondition-failed': async (operation) => {
    const etag = '"9-000000000000"';
    if (operation !== 'updateRegistration') return least(operation, organizer, { ...(await draft()), etag });
    return organizer.updateRegistration(
      { ...(await attendee.registerForEvent(await published(), person)), etag },
      person,
    );
  },
  'unsupported-media-type': async (operation) =>
    least(operation, organizer, await draft(), { headers: { 'Content-Type': 'text/plain' } }),
  'malformed-body': async (operation) =>
    least(operation, clientOf('organizer', { spoil: (body) => body.slice(0, -1) }), await draft()),
  'body-too-large': (operation) =>
    least(operation, clientOf('organizer', { spoil: (body) => body.padEnd(70_000) }), nothing),
  'internal-error': (operation) => withFailure(operation, () => Promise.reject(new Error('inside'))),
  'service-unavailable': (operation) =>
    operation === 'getHealth'
      ? byGateway(operation, 503)
      : withFailure(operation, () => Promise.reject(new DatabaseUnavailable('inside', { safeToRetry: true }))),
  'concurrent-change': (operation) => withFailure(operation, () => Promise.resolve({ problem: 'concurrent-change' })),
  'too-many-requests': (operation) => byGateway(operation, 429),
  'invalid-event': {
    createEvent: () => organizer.createEvent({ ...concert, timeZone: 'Moon/Base' }),
    updateEvent: async () => organizer.updateEvent(await draft(), { endsAt: concert.startsAt }),
    duplicateEvent: async () =>
      organizer.duplicateEvent(await draft(), { startsAt: concert.startsAt, endsAt: concert.startsAt }),
  },
  'invalid-cursor': async (operation) => least(operation, organizer, await draft(), {}, { cursor: 'broken' }),
  'invalid-filter': { listEvents: () => organizer.listEvents({ status: ['draft'] }) },
  'idempotency-key-reused': async (operation) => {
    const options = { idempotencyKey: `reused-by-${operation}` };
    if (operation === 'createRegistration') {
      const event = await published();
      await organizer.createRegistration(event, { name: 'Jonas Weber' }, options);
      return organizer.createRegistration(event, person, options);
    }
    if (operation === 'createCalendarFeed') {
      await organizer.createCalendarFeed(ownFeed, options);
      return organizer.createCalendarFeed({ ...ownFeed, name: 'Another' }, options);
    }
    return least(operation, organizer, await organizer.createEvent({ ...concert, name: 'Another' }, options), options);
  },
  'idempotency-key-consumed': async (operation) => {
    const options = { idempotencyKey: `consumed-by-${operation}` };
    if (operation === 'createRegistration') {
      const event = await published();
      await organizer.deleteRegistration(await organizer.createRegistration(event, person, options));
      return organizer.createRegistration(event, person, options);
    }
    if (operation === 'createCalendarFeed') {
      await organizer.deleteCalendarFeed(await organizer.createCalendarFeed(ownFeed, options));
      return organizer.createCalendarFeed(ownFeed, options);
    }
    await organizer.deleteEvent(await organizer.createEvent(concert, options));
    return least(operation, organizer, await draft(), options);
  },
  'event-cancelled': async (operation) => least(operation, organizer, await cancelled()),
  'not-published': async (operation) => least(operation, organizer, await draft()),
  'not-publishable': {
    publishEvent: async () => organizer.publishEvent(await organizer.updateEvent(await draft(), { location: null })),
  },
  'location-required': { updateEvent: async () => organizer.updateEvent(await published(), { location: null }) },
  'event-has-registrations': async (operation) => least(operation, organizer, await registered()),
  'capacity-below-registrations': {
    updateEvent: async () => organizer.updateEvent(await registered(), { capacity: 2 }),
  },
  'registration-not-found': async (operation) => least(operation, organizer, await published()),
  'registration-not-open': async (operation) =>
    least(operation, attendee, await publishedWith({ registrationOpensAt: '2030-06-01T00:00:00Z' })),
  'registration-closed': async (operation) => {
    const past = { startsAt: '2020-06-21T18:00:00Z', endsAt: '2020-06-21T22:00:00Z' };
    return least(operation, callerOf(operation), await organizer.updateEvent(await published(), past));
  },
  'event-full': async (operation) => {
    const event = await publishedWith({ capacity: 1, waitlist: false });
    expect(await register(api, event, 1)).toBe(true);
    return least(operation, callerOf(operation), event);
  },
  'event-started': async (operation) => {
    const event = await published();
    await attendee.registerForEvent(event, person);
    await organizer.updateEvent(event, ongoing);
    return least(operation, attendee, event);
  },
  'invalid-registration': async (operation) => {
    const event = await published();
    const answers = { unknown: 'yes' };
    if (operation === 'registerForEvent') return attendee.registerForEvent(event, { ...person, answers });
    if (operation === 'createRegistration') return organizer.createRegistration(event, { ...person, answers });
    return organizer.updateRegistration(await attendee.registerForEvent(event, person), { answers });
  },
  'registration-cancelled': async (operation) => {
    const event = await published();
    await attendee.registerForEvent(event, person);
    await attendee.cancelMyRegistration(event);
    return least(operation, organizer, event);
  },
  'already-checked-in': async (operation) => {
    const event = await published();
    await attendee.registerForEvent(event, person);
    await organizer.createCheckIns(event, { scans: [{ scanId, number: 1, scannedAt: '2030-06-21T17:32:08Z' }] });
    return least(operation, callerOf(operation), event);
  },
  'check-in-not-found': async (operation) => {
    const event = await published();
    await attendee.registerForEvent(event, person);
    return least(operation, organizer, event);
  },
  'too-many-registrations': async (operation) => {
    const event = await published();
    for (let times = 1; times <= maxNumbersPerUser; times += 1) {
      await attendee.registerForEvent(event, person);
      await attendee.cancelMyRegistration(event);
    }
    return least(operation, attendee, event);
  },
  'calendar-feed-not-found': (operation) => least(operation, organizer, nothing),
  'calendar-not-found': (operation) => least(operation, organizer, nothing),
  'too-many-calendar-feeds': async (operation) => {
    for (let feeds = 1; feeds <= maxFeeds; feeds += 1) await rival.createCalendarFeed(ownFeed);
    return least(operation, rival, nothing);
  },
};

const ownFeed: CalendarFeedCreate = { source: { kind: 'my-registrations' } };
const person = { name: 'Mira Novak' };

async function registered() {
  const event = await published();
  expect(await register(api, event, 3)).toBe(true);
  return event;
}

async function publishedWith(fields: Partial<EventCreate>) {
  return organizer.publishEvent(await organizer.createEvent({ ...concert, ...fields }));
}

/** Errors that only the gateway in front of the API produces. */
function byGateway(operation: OperationId, status: number): unknown {
  return least(
    operation,
    createEventsClient({ baseUrl: api.url, token: 'any', fetch: async () => gateway(status) }),
    nothing,
    once,
  );
}

function withFailure(operation: OperationId, thrown: typeof failure): unknown {
  failure = thrown;
  return least(operation, createEventsClient({ baseUrl: failing.url, token: 'any' }), nothing, once);
}

/** Every operation with every code that the contract documents for it, and the status that this code has. */
const documented = responses.flatMap(({ operation, status, response }) => {
  const codes = [
    ...codesOf(response),
    ...(response['x-problem-code'] === undefined ? [] : [response['x-problem-code']]),
  ];
  return codes.map((code) => [operation.operationId, code, status] as const);
});
/** Of each code, a sample of the operations. */
const tried = [...new Set(documented.map(([, code]) => code))].flatMap((code) =>
  sampled(documented.filter(([, other]) => other === code)),
);

describe('Every documented error reaches the caller', () => {
  it.each(tried)('%s: %s', async (operation, code, status) => {
    const provocation = provocations[code];
    const provoke = typeof provocation === 'function' ? () => provocation(operation) : provocation?.[operation];
    if (provoke === undefined) throw new Error(`Nothing here provokes ${code} of ${operation}.`);
    const error: unknown = await Promise.resolve(provoke()).catch((caught: unknown) => caught);
    expect(isEventsApiError(error, operation)).toBe(true);
    expect(error).toMatchObject({ code, status, operation });
  });

  it('as route-not-found for a wrong baseUrl, which matches no operation', async () => {
    const { error } = await createEventsClient({ baseUrl: `${api.url}/elsewhere` })
      .getHealth()
      .result();
    expect(error).toMatchObject({ code: 'route-not-found', status: 404 });
  });
});
