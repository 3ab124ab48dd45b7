import { startTestApi, type TestApi, transports } from '../support/api.ts';
import {
  asOthersSee,
  call,
  cancelled,
  concert,
  draft,
  listed,
  published,
  read,
  register,
  revisionOf,
  succeed,
} from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

describe.each(transports)('unpublishEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('hides a published event from everyone except its organizer', async () => {
    const event = await published(api);
    const { etag, updatedAt, ...rest } = await succeed(api, 'unpublishEvent', event, { ifMatch: event.etag });
    expect({ ...rest, etag: event.etag, updatedAt: event.updatedAt }).toEqual({ ...event, status: 'draft' });
    expect(revisionOf({ etag })).toBe(3);
    expectProblem(await call(api, 'getEvent', event.eventId, { as: 'rival' }), 'event-not-found');
    const listed = await call(api, 'listEvents', undefined, { as: 'attendee' });
    expect(listed.body).toEqual({ items: [] });
    expect(await read(api, event)).toEqual({ ...rest, etag, updatedAt });
  });

  it('changes nothing if the event is already a draft', async () => {
    const event = await draft(api);
    expect(await succeed(api, 'unpublishEvent', event)).toEqual(event);
    expect(await succeed(api, 'unpublishEvent', event, { ifMatch: event.etag })).toEqual(event);
    expect(await read(api, event)).toEqual(event);
  });

  it('returns 412 when it is repeated with an outdated ETag', async () => {
    const event = await published(api);
    const { etag } = await succeed(api, 'unpublishEvent', event, { ifMatch: event.etag });
    const response = await call(api, 'unpublishEvent', event.eventId, { ifMatch: event.etag });
    expectProblem(response, 'precondition-failed');
    expect(response.headers).toMatchObject({ etag });
  });

  it('returns 409 for an event with registrations', async () => {
    const event = await published(api);
    await register(api, event, 1);
    expectProblem(await call(api, 'unpublishEvent', event.eventId, { ifMatch: event.etag }), 'event-has-registrations');
    expect(await read(api, event)).toEqual({ ...event, registeredCount: 1, seatsLeft: concert.capacity - 1 });
  });

  it('returns 409 for a cancelled event, with or without registrations', async () => {
    const event = await published(api);
    await register(api, event, 1);
    await succeed(api, 'cancelEvent', event);
    expectProblem(await call(api, 'unpublishEvent', event.eventId), 'event-cancelled');
    expectProblem(await call(api, 'unpublishEvent', (await cancelled(api)).eventId), 'event-cancelled');
  });

  it('allows the event to be published again', async () => {
    const event = await published(api);
    await succeed(api, 'unpublishEvent', event);
    expect(await succeed(api, 'publishEvent', event)).toMatchObject({ status: 'published' });
    expect(listed(await call(api, 'listEvents', undefined, { as: 'attendee' }))).toContainEqual(
      asOthersSee(await read(api, event)),
    );
  });
});
