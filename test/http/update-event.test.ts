import { optionalFields, removal } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import {
  asOthersSee,
  call,
  cancelled,
  concert,
  draft,
  type Event,
  listed,
  minimal,
  published,
  read,
  register,
  revisionOf,
  succeed,
} from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { questions } from '../support/questions.ts';

const online = { kind: 'online', url: 'https://meet.example.com/riverside' };

describe.each(transports)('updateEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const update = ({ eventId }: Event, body: object, ifMatch?: string) =>
    call(api, 'updateEvent', eventId, { body, ifMatch });

  it('replaces the fields in the request and leaves the others unchanged', async () => {
    const event = await draft(api);
    const change = {
      name: 'Riverside Jazz Weekend',
      startsAt: '2030-06-20T20:00:00.5+02:00',
      timeZone: 'UTC',
      capacity: 500,
    };
    const { etag, ...updated } = await succeed(api, 'updateEvent', event, { body: change });
    expect(updated).toEqual({
      ...event,
      ...change,
      startsAt: '2030-06-20T18:00:00Z',
      seatsLeft: change.capacity,
      etag: undefined,
      updatedAt: updated.updatedAt,
    });
    expect(revisionOf({ etag })).toBe(2);
    expect(etag.split('-')[1]).toBe(event.etag.split('-')[1]);
    expect(await read(api, event)).toEqual({ etag, ...updated });
  });

  it('removes optional fields with null', async () => {
    const { seatsLeft: _, ...event } = await draft(api, {
      ...concert,
      organizerName: 'Riverside Music Association',
      registrationOpensAt: '2030-05-01T00:00:00Z',
      registrationClosesAt: '2030-06-21T12:00:00Z',
      questions,
    });
    const updated = await succeed(api, 'updateEvent', event, { body: removal });
    const kept = Object.fromEntries(Object.entries(event).filter(([name]) => !optionalFields.includes(name)));
    // What is missing is to be added to `concert` in test/support/events.ts, or to the event above.
    expect(optionalFields.filter((name) => !Object.hasOwn(event, name))).toEqual([]);
    expect(updated).toEqual({ ...kept, etag: updated.etag, updatedAt: updated.updatedAt });
    expect(await read(api, event)).toEqual(updated);
  });

  it('replaces location and tags as a whole', async () => {
    const updated = await succeed(api, 'updateEvent', await draft(api), { body: { location: online, tags: ['Jazz'] } });
    expect(updated).toMatchObject({ location: online, tags: ['Jazz'] });
    expect(updated.location).toEqual(online);
  });

  it.each([
    ['no fields', {}],
    ['the current values', concert],
    ['the current start in another offset', { startsAt: '2030-06-21T20:00:00.25+02:00' }],
    [
      'the current location with its fields in another order',
      { location: Object.fromEntries(Object.entries(concert.location).reverse()) },
    ],
  ])('changes nothing with %s', async (_, body) => {
    const event = await draft(api);
    expect(await succeed(api, 'updateEvent', event, { body })).toEqual(event);
    expect(await read(api, event)).toEqual(event);
  });

  it('changes nothing when it removes fields that the event does not have', async () => {
    const event = await draft(api, minimal);
    expect(await succeed(api, 'updateEvent', event, { body: removal })).toEqual(event);
  });

  it.each([{}, { name: 'Another name' }, { location: null }, { endsAt: '2001-01-01T00:00:00Z' }])(
    'returns 409 to %j for a cancelled event',
    async (body) => {
      const event = await cancelled(api);
      expectProblem(await update(event, body), 'event-cancelled');
      expect(await read(api, event)).toEqual(event);
    },
  );

  it.each([
    ['startsAt', '2030-06-21T22:00:00Z'],
    ['startsAt', '2030-06-22T00:00:00+01:00'],
    ['endsAt', '2030-06-21T18:00:00Z'],
    ['endsAt', '2030-06-21T19:59:59.999+02:00'],
  ])('compares start and end even if only %s is sent: %s', async (name, instant) => {
    const event = await draft(api);
    expectProblem(await update(event, { [name]: instant }), 'invalid-event', {
      errors: [[`/${name}`, 'ends-before-start']],
    });
    expect(await read(api, event)).toEqual(event);
  });

  it('lists all semantic errors at once', async () => {
    const response = await update(await draft(api), { endsAt: '2200-01-01T00:00:00+00:00', timeZone: '+02:00' });
    expectProblem(response, 'invalid-event', {
      errors: [
        ['/endsAt', 'year-out-of-range'],
        ['/timeZone', 'unknown-time-zone'],
      ],
    });
  });

  it('allows a published event to be moved into the past, but not to lose its location', async () => {
    const event = await published(api);
    expectProblem(await update(event, { location: null }), 'location-required');
    expect(await read(api, event)).toEqual(event);
    const moved = await succeed(api, 'updateEvent', event, {
      body: { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z', location: online },
    });
    expect(moved).toMatchObject({ status: 'published', phase: 'ended', location: online });
  });

  it('moves an event in the lists when its start changes', async () => {
    const event = await published(api);
    await succeed(api, 'updateEvent', event, {
      body: { startsAt: '2031-01-01T10:00:00Z', endsAt: '2031-01-01T11:00:00Z' },
    });
    const page = await api.send({
      path: '/events?startsFrom=2031-01-01T00:00:00Z&startsBefore=2031-01-02T00:00:00Z',
      as: 'attendee',
    });
    expect(listed(page)).toEqual([asOthersSee(await read(api, event))]);
  });

  it('keeps the capacity at or above the registrations', async () => {
    const event = await published(api);
    await register(api, event, 3);
    expectProblem(await update(event, { capacity: 2 }), 'capacity-below-registrations');
    expect(await succeed(api, 'updateEvent', event, { body: { capacity: 3 } })).toMatchObject({
      capacity: 3,
      registeredCount: 3,
    });
    expect(await succeed(api, 'updateEvent', event, { body: { capacity: null } })).not.toHaveProperty('capacity');
  });

  it('does not treat a registration as a new revision', async () => {
    const event = await published(api);
    await register(api, event, 1);
    expect(await read(api, event)).toEqual({ ...event, registeredCount: 1, seatsLeft: concert.capacity - 1 });
    const updated = await succeed(api, 'updateEvent', event, { body: { name: 'Another name' }, ifMatch: event.etag });
    expect(updated).toMatchObject({ name: 'Another name', registeredCount: 1 });
  });

  it('returns a conflict with the state of the event before semantic errors', async () => {
    const event = await published(api);
    expectProblem(await update(event, { location: null, timeZone: 'Mars/Olympus' }), 'location-required');
  });
});
