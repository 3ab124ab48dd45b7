import { readOnlyFields } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { asOthersSee, call, cancelled, concert, draft, published, read, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { checkIn, join, scanOf } from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';

const minute = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString();

describe.each(transports)('getEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('returns a draft only to its organizer', async () => {
    const event = await draft(api);
    expect(await read(api, event)).toEqual(event);
    expectProblem(await call(api, 'getEvent', event.eventId, { as: 'rival' }), 'event-not-found');
    expectProblem(await call(api, 'getEvent', event.eventId, { as: 'attendee' }), 'event-not-found');
  });

  it.each([
    ['published', published],
    ['cancelled', cancelled],
  ])('returns the same %s event to every user, except for the waitlist', async (_, make) => {
    const event = await make(api);
    expect(await read(api, event)).toEqual(event);
    for (const as of ['rival', 'attendee'] as const)
      expect(await succeed(api, 'getEvent', event, { as })).toEqual(asOthersSee(event));
  });

  it('returns 404 for an event that never existed', async () => {
    expectProblem(await call(api, 'getEvent', nonexistentEventId), 'event-not-found');
  });

  it('rejects an id in upper case, so that an event has one path', async () => {
    const response = await call(api, 'getEvent', '00000000-0000-4000-8000-00000000000A');
    expectProblem(response, 'invalid-request', { errors: [['eventId', 'invalid-format']] });
  });

  it('computes the phase, and only the phase, from the current time', async () => {
    const event = await draft(api, { ...concert, startsAt: inMinutes(10), endsAt: inMinutes(20) });
    expect(event.phase).toBe('upcoming');
    api.advance(11 * minute);
    expect(await read(api, event)).toEqual({ ...event, phase: 'ongoing' });
    api.advance(10 * minute);
    expect(await read(api, event)).toEqual({ ...event, phase: 'ended' });
  });

  it('returns only the documented fields', async () => {
    const registered = await published(api);
    await join(api, registered);
    await checkIn(api, registered, scanOf({ number: 1 }));
    await succeed(api, 'cancelEvent', registered);
    const event = await read(api, registered);
    expect(['allowedActions', ...Object.keys(event)].sort()).toEqual(
      [...readOnlyFields, 'visibility', 'waitlist', ...Object.keys(concert)].sort(),
    );
  });

  it('ignores If-None-Match with the current ETag', async () => {
    const event = await draft(api);
    expect(await succeed(api, 'getEvent', event, { headers: { 'If-None-Match': event.etag } })).toEqual(event);
  });
});
