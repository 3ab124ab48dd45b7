import { startTestApi, type TestApi, transports } from '../support/api.ts';
import {
  asOthersSee,
  call,
  cancelled,
  draft,
  ongoing,
  published,
  read,
  register,
  revisionOf,
  succeed,
} from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

describe.each(transports)('cancelEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('cancels a published event and stores the reason and the time', async () => {
    const event = await published(api);
    const { etag, updatedAt, ...rest } = await succeed(api, 'cancelEvent', event, {
      body: { reason: 'A storm is coming.' },
      ifMatch: event.etag,
    });
    expect({ ...rest, etag: event.etag, updatedAt: event.updatedAt }).toEqual({
      ...event,
      status: 'cancelled',
      cancellation: { at: updatedAt, reason: 'A storm is coming.' },
    });
    expect(revisionOf({ etag })).toBe(3);
    expect(await read(api, event)).toEqual({ ...rest, etag, updatedAt });
  });

  it.each([
    ['no body', undefined],
    ['an empty object', {}],
  ])('requires no reason: %s', async (_, body) => {
    const event = await succeed(api, 'cancelEvent', await published(api), { body });
    expect(event.cancellation).toEqual({ at: event.updatedAt });
  });

  it('keeps the event readable by its id for every user, and removes it from the list', async () => {
    const event = await cancelled(api);
    expect(await succeed(api, 'getEvent', event, { as: 'attendee' })).toEqual(asOthersSee(event));
    expect((await call(api, 'listEvents', undefined, { as: 'attendee' })).body).toEqual({ items: [] });
  });

  it('changes nothing when it is repeated: the first reason remains', async () => {
    const event = await succeed(api, 'cancelEvent', await published(api), { body: { reason: 'A storm is coming.' } });
    api.advance(60_000);
    expect(await succeed(api, 'cancelEvent', event, { body: { reason: 'No one came.' } })).toEqual(event);
    expect(await succeed(api, 'cancelEvent', event, { ifMatch: event.etag })).toEqual(event);
    expect(await read(api, event)).toEqual(event);
  });

  it('returns 412 when it is repeated with an outdated ETag', async () => {
    const event = await published(api);
    const { etag } = await succeed(api, 'cancelEvent', event, { ifMatch: event.etag });
    const response = await call(api, 'cancelEvent', event.eventId, { ifMatch: event.etag });
    expectProblem(response, 'precondition-failed');
    expect(response.headers).toMatchObject({ etag });
  });

  it('returns 409 for a draft, including one that was published before', async () => {
    expectProblem(await call(api, 'cancelEvent', (await draft(api)).eventId), 'not-published');
    const event = await published(api);
    const unpublished = await succeed(api, 'unpublishEvent', event);
    expectProblem(await call(api, 'cancelEvent', event.eventId), 'not-published');
    expect(await read(api, event)).toEqual(unpublished);
  });

  it('cancels an event with registrations, even after its start', async () => {
    const event = await published(api);
    await register(api, event, 2);
    await succeed(api, 'updateEvent', event, { body: ongoing });
    expect(await succeed(api, 'cancelEvent', event)).toMatchObject({
      status: 'cancelled',
      phase: 'ongoing',
      registeredCount: 2,
    });
  });

  it.each([
    ['', 'too-short'],
    ['x'.repeat(501), 'too-long'],
    [null, 'invalid-type'],
  ] as const)('rejects the reason %j', async (reason, code) => {
    const event = await published(api);
    expectProblem(await call(api, 'cancelEvent', event.eventId, { body: { reason } }), 'invalid-request', {
      errors: [['/reason', code]],
    });
    expect(await read(api, event)).toEqual(event);
  });

  it('accepts a reason of 500 characters', async () => {
    const reason = '🌧'.repeat(500);
    expect(await succeed(api, 'cancelEvent', await published(api), { body: { reason } })).toMatchObject({
      cancellation: { reason },
    });
  });
});
