import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, draft, minimal, read, withoutActions } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

describe.each(transports)('createEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const create = (body: object) => call(api, 'createEvent', undefined, { body });

  it.each([
    ['all', concert],
    ['only the required', minimal],
  ])('creates a draft with %s fields', async (_, body) => {
    const created = await create(body);
    const { eventId, etag, createdAt } = created.body;
    expect(created).toMatchObject({
      status: 201,
      headers: { location: `/events/${eventId}`, etag, 'content-type': 'application/json' },
    });
    expect(created.headers).not.toHaveProperty('idempotency-replayed');
    expect(withoutActions(created.body)).toEqual({
      ...body,
      eventId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      organizerId: testUsers.organizer,
      etag: expect.stringMatching(/^"1-[0-9a-f]{12}"$/),
      status: 'draft',
      phase: 'upcoming',
      visibility: 'signed-in',
      waitlist: true,
      registeredCount: 0,
      ...('capacity' in body ? { seatsLeft: body.capacity } : {}),
      waitlistedCount: 0,
      createdAt: expect.stringMatching(instant),
      updatedAt: createdAt,
    });
    expect(await read(api, created.body)).toEqual(withoutActions(created.body));
  });

  it('rejects a registration that closes before it opens', async () => {
    const period = { registrationOpensAt: '2030-07-01T00:00:00Z', registrationClosesAt: '2030-07-01T00:00:00Z' };
    expectProblem(await create({ ...minimal, ...period }), 'invalid-event', {
      errors: [['/registrationClosesAt', 'closes-before-opening']],
    });
  });

  it('returns instants in UTC, truncated to seconds', async () => {
    const body = {
      ...minimal,
      startsAt: '2030-06-21T20:00:00.999999999+02:00',
      endsAt: new Date('2030-06-22T00:00:00.5Z').toISOString(),
    };
    expect(await draft(api, body)).toMatchObject({ startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-22T00:00:00Z' });
  });

  it.each(['UTC', 'Asia/Calcutta', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])(
    'returns the time zone %s as it was sent',
    async (timeZone) => {
      expect(await draft(api, { ...minimal, timeZone })).toMatchObject({ timeZone });
    },
  );

  it.each(['+02:00', 'utc', 'europe/berlin', 'Europe/Atlantis', 'UTC+2'])(
    'rejects the time zone %j',
    async (timeZone) => {
      expectProblem(await create({ ...minimal, timeZone }), 'invalid-event', {
        errors: [['/timeZone', 'unknown-time-zone']],
      });
    },
  );

  it.each([
    ['2000-01-01T00:00:00Z', '2000-01-01T00:00:01Z', '2000-01-01T00:00:00Z', '2000-01-01T00:00:01Z'],
    ['1999-12-31T23:30:00-00:30', '1999-12-31T23:30:01-00:30', '2000-01-01T00:00:00Z', '2000-01-01T00:00:01Z'],
    ['2199-12-31T23:59:58Z', '2199-12-31T23:59:59Z', '2199-12-31T23:59:58Z', '2199-12-31T23:59:59Z'],
    ['2200-01-01T00:59:58+01:00', '2200-01-01T00:59:59+01:00', '2199-12-31T23:59:58Z', '2199-12-31T23:59:59Z'],
  ])(
    'accepts the first and the last second of the years 2000 to 2199: %s to %s',
    async (startsAt, endsAt, first, last) => {
      expect(await draft(api, { ...minimal, startsAt, endsAt })).toMatchObject({ startsAt: first, endsAt: last });
    },
  );

  it.each([
    ['1999-12-31T23:59:59Z', '2200-01-01T00:00:00Z'],
    ['2000-01-01T00:59:59+01:00', '2199-12-31T23:30:00-00:30'],
    ['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00'],
  ])('rejects years outside 2000 to 2199: %s to %s', async (startsAt, endsAt) => {
    expectProblem(await create({ ...minimal, startsAt, endsAt }), 'invalid-event', {
      errors: [
        ['/startsAt', 'year-out-of-range'],
        ['/endsAt', 'year-out-of-range'],
      ],
    });
  });

  it.each(['2030-07-13T10:00:00Z', '2030-07-13T12:00:00.9+02:00', '2030-07-13T09:59:59Z'])(
    'rejects the end %s, which is not after the start',
    async (endsAt) => {
      expectProblem(await create({ ...minimal, endsAt }), 'invalid-event', {
        errors: [['/endsAt', 'ends-before-start']],
      });
    },
  );

  it('lists all semantic errors at once', async () => {
    const response = await create({ ...minimal, startsAt: '2200-01-01T00:00:00Z', timeZone: 'Mars/Olympus' });
    expectProblem(response, 'invalid-event', {
      errors: [
        ['/startsAt', 'year-out-of-range'],
        ['/endsAt', 'ends-before-start'],
        ['/timeZone', 'unknown-time-zone'],
      ],
    });
  });

  it('creates an event in the past, since only publishing requires a future start', async () => {
    expect(
      await draft(api, { ...minimal, startsAt: '2001-01-01T00:00:00Z', endsAt: '2001-01-02T00:00:00Z' }),
    ).toMatchObject({ phase: 'ended' });
  });

  it.each([
    ['an empty description', { description: '' }],
    ['an empty list of tags', { tags: [] }],
    [
      'a hybrid location',
      {
        location: {
          kind: 'hybrid',
          name: 'Harbour Stage',
          address: 'Uferstraße 12',
          url: 'https://meet.example.com/riverside',
        },
      },
    ],
    ['a name of 100 emoji', { name: '🎷'.repeat(100) }],
  ])('stores %s unchanged', async (_, members) => {
    const created = await draft(api, { ...minimal, ...members });
    expect(created).toMatchObject(members);
    expect(await read(api, created)).toEqual(created);
  });
});
