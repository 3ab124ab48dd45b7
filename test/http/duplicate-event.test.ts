import { optionalFields } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import {
  call,
  cancelled,
  concert,
  draft,
  type Event,
  minimal,
  nextYear,
  published,
  read,
  register,
  succeed,
  tokenFor,
  withoutActions,
} from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { nonexistentEventId } from '../support/requests.ts';

let keys = 0;
const newKey = () => ({ 'Idempotency-Key': `duplicate-${(keys += 1)}` });

describe.each(transports)('duplicateEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const duplicate = (
    { eventId }: Pick<Event, 'eventId'>,
    {
      body = nextYear,
      ...options
    }: { body?: object; headers?: Record<string, string>; as?: 'rival' | 'attendee' } = {},
  ) => call(api, 'duplicateEvent', eventId, { body, ...options });
  const remove = async ({ eventId }: Pick<Event, 'eventId'>) =>
    expect((await call(api, 'deleteEvent', eventId)).status).toBe(204);
  async function cancelledWithRegistrations(): Promise<Event> {
    const event = await published(api);
    await register(api, event, 3);
    return succeed(api, 'cancelEvent', event, { body: { reason: 'A storm is coming.' } });
  }

  it.each([
    ['a draft', draft],
    ['a published event', published],
    ['a cancelled event with registrations', cancelledWithRegistrations],
  ])(
    'creates a draft from %s with the same content, the new times, and no registrations or cancellation',
    async (_, make) => {
      const original = await make(api);
      const before = await read(api, original);
      const copy = await duplicate(original);
      const { eventId, etag, createdAt } = copy.body;
      expect(copy).toMatchObject({
        status: 201,
        headers: {
          location: `/events/${eventId}`,
          etag,
          'content-type': 'application/json',
          'cache-control': 'no-store',
        },
      });
      expect(copy.headers).not.toHaveProperty('idempotency-replayed');
      expect(withoutActions(copy.body)).toEqual({
        ...concert,
        ...nextYear,
        eventId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/) as string,
        organizerId: testUsers.organizer,
        etag: expect.stringMatching(/^"1-[0-9a-f]{12}"$/) as string,
        status: 'draft',
        phase: 'upcoming',
        visibility: 'signed-in',
        waitlist: true,
        registeredCount: 0,
        seatsLeft: concert.capacity,
        waitlistedCount: 0,
        createdAt: expect.any(String) as string,
        updatedAt: createdAt,
      });
      expect(eventId).not.toBe(original.eventId);
      expect(await read(api, copy.body as Event)).toEqual(withoutActions(copy.body));
      expect(await read(api, original)).toEqual(before);
    },
  );

  it('omits the optional fields that the original does not have', async () => {
    const { body } = await duplicate(await draft(api, minimal));
    expect(body).toMatchObject({ ...minimal, ...nextYear });
    for (const name of optionalFields) expect(body).not.toHaveProperty(name);
  });

  it('accepts another time zone and times in any offset', async () => {
    const body = {
      startsAt: '2030-08-16T20:00:00.7-04:00',
      endsAt: '2030-08-17T00:00:00-04:00',
      timeZone: 'America/New_York',
    };
    expect((await duplicate(await draft(api), { body })).body).toMatchObject({
      startsAt: '2030-08-17T00:00:00Z',
      endsAt: '2030-08-17T04:00:00Z',
      timeZone: 'America/New_York',
    });
  });

  it('creates an event that does not depend on the original', async () => {
    const original = await published(api);
    const copy = (await duplicate(original)).body as Event;
    await succeed(api, 'updateEvent', copy, { body: { name: 'Another Night' } });
    await remove(original);
    expect(await read(api, copy)).toMatchObject({ name: 'Another Night', status: 'draft' });
    expect(await succeed(api, 'publishEvent', copy)).toMatchObject({ status: 'published' });
  });

  it('is allowed only for the organizer of the event: others get 404 for a draft and 403 for a visible event', async () => {
    expectProblem(await duplicate(await draft(api), { as: 'rival' }), 'event-not-found');
    expectProblem(await duplicate(await published(api), { as: 'rival' }), 'not-event-organizer');
    expectProblem(await duplicate(await cancelled(api), { as: 'rival' }), 'not-event-organizer');
    expectProblem(await duplicate(await published(api), { as: 'attendee' }), 'forbidden');
    expectProblem(await duplicate({ eventId: nonexistentEventId }), 'event-not-found');
  });

  it('lists all semantic errors of the request at once, and none of the original', async () => {
    const original = await draft(api);
    const body = { startsAt: '2200-01-01T00:00:00Z', endsAt: '2031-06-20T18:00:00Z', timeZone: 'Mars/Olympus' };
    expectProblem(await duplicate(original, { body }), 'invalid-event', {
      errors: [
        ['/startsAt', 'year-out-of-range'],
        ['/endsAt', 'ends-before-start'],
        ['/timeZone', 'unknown-time-zone'],
      ],
    });
    expectProblem(await duplicate(original, { body: { ...nextYear, endsAt: nextYear.startsAt } }), 'invalid-event', {
      errors: [['/endsAt', 'ends-before-start']],
    });
  });

  it.each([
    [
      'no times',
      {},
      [
        ['/endsAt', 'required'],
        ['/startsAt', 'required'],
      ],
    ],
    ['a name', { ...nextYear, name: 'Another Night' }, [['/name', 'unknown-field']]],
    ['the time zone null', { ...nextYear, timeZone: null }, [['/timeZone', 'invalid-type']]],
  ] as const)('rejects a body with %s', async (_, body, errors) => {
    expectProblem(await duplicate(await draft(api), { body }), 'invalid-request', { errors });
  });

  describe('with an Idempotency-Key', () => {
    it('creates one event for any number of requests and returns its current revision', async () => {
      const [original, headers] = [await published(api), newKey()];
      const responses = await Promise.all(Array.from({ length: 10 }, () => duplicate(original, { headers })));
      expect(new Set(responses.map(({ status, body }) => `${status} ${body.eventId}`)).size).toBe(1);
      expect(responses.filter((one) => one.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
      const copy = responses[0]?.body as Event;
      const now = await succeed(api, 'publishEvent', copy);
      await succeed(api, 'updateEvent', original, { body: { name: 'Another Night' } });
      const again = await duplicate(original, { headers });
      expect(again).toMatchObject({
        status: 201,
        headers: { location: `/events/${copy.eventId}`, etag: now.etag, 'idempotency-replayed': 'true' },
      });
      expect(withoutActions(again.body)).toEqual(now);
    });

    it('returns the duplicate after the original was deleted, but only for an identical request', async () => {
      const [original, headers] = [await draft(api), newKey()];
      const copy = (await duplicate(original, { headers })).body as Event;
      await remove(original);
      expectProblem(await duplicate(original), 'event-not-found');
      expectProblem(await duplicate(original, { headers: newKey() }), 'event-not-found');
      expectProblem(await duplicate(original, { headers, body: { ...nextYear, timeZone: 'UTC' } }), 'event-not-found');
      expectProblem(await duplicate(original, { headers, as: 'rival' }), 'event-not-found');
      const again = await duplicate(original, { headers });
      expect(again).toMatchObject({
        status: 201,
        headers: { location: `/events/${copy.eventId}`, etag: copy.etag, 'idempotency-replayed': 'true' },
      });
      expect(withoutActions(again.body)).toEqual(withoutActions(copy));
      await remove(copy);
      expectProblem(await duplicate(original, { headers }), 'event-not-found');
    });

    it('returns 422 if the key was used with other times, for another event or by createEvent', async () => {
      const [one, another, headers] = [await draft(api), await draft(api), newKey()];
      await duplicate(one, { headers });
      expectProblem(
        await duplicate(one, { headers, body: { ...nextYear, timeZone: 'UTC' } }),
        'idempotency-key-reused',
      );
      expectProblem(await duplicate(another, { headers }), 'idempotency-key-reused');
      expectProblem(await call(api, 'createEvent', undefined, { body: concert, headers }), 'idempotency-key-reused');
      const keyOfCreate = newKey();
      await call(api, 'createEvent', undefined, { body: concert, headers: keyOfCreate });
      expectProblem(await duplicate(one, { headers: keyOfCreate }), 'idempotency-key-reused');
    });

    it('returns 409 for 24 hours after the event created with the key was deleted', async () => {
      const [token, original, headers] = [await tokenFor(api, 3), await draft(api), newKey()];
      await remove((await duplicate(original, { headers })).body as Event);
      expectProblem(await duplicate(original, { headers }), 'idempotency-key-consumed');
      const day = 24 * 60 * 60 * 1000 + 10_000;
      api.advance(day);
      expect(await duplicate(original, { headers: { ...headers, ...token } })).toMatchObject({
        status: 201,
        body: { status: 'draft' },
      });
      api.advance(-day);
    });

    it('does not consume the key if the request is rejected', async () => {
      const [original, headers] = [await draft(api), newKey()];
      expectProblem(
        await duplicate(original, { headers, body: { ...nextYear, endsAt: nextYear.startsAt } }),
        'invalid-event',
        { errors: [['/endsAt', 'ends-before-start']] },
      );
      const copy = await duplicate(original, { headers });
      expect(copy.status).toBe(201);
      expect(copy.headers).not.toHaveProperty('idempotency-replayed');
    });
  });
});
