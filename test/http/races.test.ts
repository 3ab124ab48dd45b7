import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import { call, concert, draft, type Event, minimal, published, read, register, revisionOf } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

/** Calls a function several times at once. */
function atOnce<T>(times: number, send: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => send(index)));
}

/** How often each race is repeated. `RACE_ROUNDS=100` for a thorough run. */
const times = Number(process.env['RACE_ROUNDS'] ?? 8);

/** Repeats a race sequentially, so that the requests of each race overlap. */
async function rounds(race: () => Promise<void>): Promise<void> {
  for (let round = 0; round < times; round += 1) await race();
}

const withStatus = (responses: readonly TestResponse[], status: number) =>
  responses.filter((response) => response.status === status);

describe.each(transports)('of concurrent requests (%s),', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('50 createEvent requests with one key create one event', async () => {
    const headers = { 'Idempotency-Key': 'fifty-at-once' };
    const responses = await atOnce(50, () => call(api, 'createEvent', undefined, { body: concert, headers }));
    const [first] = responses;
    for (const { status, body } of responses)
      expect({ status, body: body as unknown }).toEqual({ status: 201, body: first?.body as unknown });
    expect(responses.filter(({ headers: { 'idempotency-replayed': replayed } }) => replayed === 'true')).toHaveLength(
      49,
    );
    const listed = await api.send({ path: '/events?organizerId=me&startsFrom=2000-01-01T00:00:00Z', as: 'organizer' });
    expect(listed.body.items).toEqual([first?.body]);
  });

  it('createEvent requests with one key and two bodies create an event from one body', async () => {
    const headers = { 'Idempotency-Key': 'two-bodies' };
    const responses = await atOnce(20, (index) =>
      call(api, 'createEvent', undefined, { body: index % 2 ? concert : minimal, headers }),
    );
    const created = withStatus(responses, 201);
    expect(created).toHaveLength(10);
    for (const { body } of created) expect(body).toEqual(created[0]?.body);
    for (const rejected of responses.filter((response) => !created.includes(response)))
      expectProblem(rejected, 'idempotency-key-reused');
  });

  it('exactly one of 50 updates with the same If-Match succeeds', async () => {
    const event = await draft(api);
    const responses = await atOnce(50, (index) =>
      call(api, 'updateEvent', event.eventId, { body: { name: `Name ${index}` }, ifMatch: event.etag }),
    );
    const [winner, ...others] = withStatus(responses, 200);
    expect(others).toEqual([]);
    expect(await read(api, event)).toEqual(winner?.body);
    expect(revisionOf(winner?.body as Event)).toBe(2);
    const losers = responses.filter((response) => response !== winner);
    expect(losers).toHaveLength(49);
    for (const loser of losers) {
      expectProblem(loser, 'precondition-failed');
      expect(loser.headers).toMatchObject({ etag: winner?.headers['etag'] });
    }
  });

  it('no update without If-Match that got 200 is lost', async () => {
    const event = await draft(api);
    const responses = await atOnce(20, (index) =>
      call(api, 'updateEvent', event.eventId, { body: { description: `Version ${index}` } }),
    );
    const won = withStatus(responses, 200);
    for (const lost of responses.filter((response) => !won.includes(response)))
      expectProblem(lost, 'concurrent-change');
    const revisions = won.map(({ body }) => revisionOf(body as Event)).sort((a, b) => a - b);
    expect(revisions).toEqual(won.map((_, index) => index + 2));
    const last = won.find(({ body }) => revisionOf(body as Event) === won.length + 1);
    expect(await read(api, event)).toEqual(last?.body);
  });

  it('updates of different fields are all kept', async () => {
    const event = await draft(api);
    const members = [
      { name: 'Another name' },
      { description: 'Another description.' },
      { tags: ['other'] },
      { capacity: 7 },
    ];
    const responses = await atOnce(4, (index) => call(api, 'updateEvent', event.eventId, { body: members[index] }));
    expect(withStatus(responses, 200)).toHaveLength(4);
    const { etag: _, ...now } = await read(api, event);
    expect(now).toEqual({ ...event, ...Object.assign({}, ...members), etag: undefined, updatedAt: now.updatedAt });
  });

  it('publish, cancel and delete leave the event deleted', async () => {
    await rounds(async () => {
      const event = await draft(api);
      const send = (operationId: 'publishEvent' | 'cancelEvent' | 'deleteEvent') =>
        call(api, operationId, event.eventId);
      const [publish, cancel, remove] = await Promise.all([
        send('publishEvent'),
        send('cancelEvent'),
        send('deleteEvent'),
      ]);
      // In any order, the deletion succeeds, and nothing restores the event.
      expect(remove.status).toBe(204);
      expect([200, 404]).toContain(publish.status);
      expect([200, 404, 409]).toContain(cancel.status);
      // Only a published event can be cancelled.
      if (cancel.status === 200) expect(publish).toMatchObject({ status: 200 });
      expectProblem(await call(api, 'getEvent', event.eventId), 'event-not-found');
    });
  });

  it('publish, unpublish and cancel leave the event in the state of the last success', async () => {
    await rounds(async () => {
      const event = await published(api);
      const transitions = ['unpublishEvent', 'publishEvent', 'cancelEvent', 'unpublishEvent', 'cancelEvent'] as const;
      const responses = await atOnce(transitions.length, (index) =>
        call(api, transitions[index] ?? 'publishEvent', event.eventId),
      );
      for (const { status, body } of responses)
        expect([undefined, 'not-published', 'event-cancelled']).toContain(status === 200 ? undefined : body.code);
      const now = await read(api, event);
      const returned = withStatus(responses, 200).map(({ body }) => body as Event);
      expect(returned).toContainEqual(now);
      expect(Math.max(...returned.map(revisionOf))).toBe(revisionOf(now));
      expect(now.cancellation === undefined).toBe(now.status !== 'cancelled');
    });
  });

  it('an update never changes an event that was cancelled meanwhile', async () => {
    await rounds(async () => {
      const event = await published(api);
      const [update, cancel] = await Promise.all([
        call(api, 'updateEvent', event.eventId, { body: { name: 'Changed' } }),
        call(api, 'cancelEvent', event.eventId),
      ]);
      expect(cancel.status).toBe(200);
      if (update.status === 200) expect(revisionOf(update.body as Event)).toBe(3);
      else expectProblem(update, 'event-cancelled');
      expect(await read(api, event)).toMatchObject({
        status: 'cancelled',
        name: update.status === 200 ? 'Changed' : event.name,
      });
    });
  });

  it('an update never sets the capacity below the registrations', async () => {
    await rounds(async () => {
      const event = await published(api, { ...concert, capacity: 10 });
      const [registered, ...updates] = await Promise.all([
        atOnce(6, () => register(api, event, 1)),
        ...[8, 5, 3, 1].map((capacity) => call(api, 'updateEvent', event.eventId, { body: { capacity } })),
      ]);
      const { capacity = 0, registeredCount } = await read(api, event);
      expect(registeredCount).toBe(registered.filter(Boolean).length);
      expect(capacity).toBeGreaterThanOrEqual(registeredCount);
      for (const update of updates.filter(({ status }) => status !== 200)) {
        expect(['capacity-below-registrations', 'concurrent-change']).toContain(update.body.code);
      }
    });
  });

  it('a registration and a deletion never both succeed', async () => {
    await rounds(async () => {
      const event = await published(api);
      const [registered, removed] = await Promise.all([
        register(api, event, 1),
        call(api, 'deleteEvent', event.eventId),
      ]);
      expect(removed.status).toBe(registered ? 409 : 204);
    });
  });
});
