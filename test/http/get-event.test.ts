import { readOnlyMembers } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, cancelled, concert, draft, published, read, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { nobodysEventId } from '../support/requests.ts';

const minute = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString();

describe.each(transports)('getEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('answers a draft to its organizer alone', async () => {
    const event = await draft(api);
    expect(await read(api, event)).toEqual(event);
    expectProblem(await call(api, 'getEvent', event.eventId, { as: 'rival' }), 'event-not-found');
    expectProblem(await call(api, 'getEvent', event.eventId, { as: 'attendee' }), 'event-not-found');
  });

  it.each([
    ['published', published],
    ['cancelled', cancelled],
  ])('answers a %s event to everybody, the same', async (_, make) => {
    const event = await make(api);
    for (const as of ['organizer', 'rival', 'attendee'] as const)
      expect(await succeed(api, 'getEvent', event, { as })).toEqual(event);
  });

  it('answers 404 where there was never an event', async () => {
    expectProblem(await call(api, 'getEvent', nobodysEventId), 'event-not-found');
  });

  it('refuses an id in upper case, as one event has one path', async () => {
    const response = await call(api, 'getEvent', '00000000-0000-4000-8000-00000000000A');
    expectProblem(response, 'invalid-request', { errors: [['eventId', 'invalid-format']] });
  });

  it('computes the phase from the clock, and nothing else moves with it', async () => {
    const event = await draft(api, { ...concert, startsAt: inMinutes(10), endsAt: inMinutes(20) });
    expect(event.phase).toBe('upcoming');
    api.advance(11 * minute);
    expect(await read(api, event)).toEqual({ ...event, phase: 'ongoing' });
    api.advance(10 * minute);
    expect(await read(api, event)).toEqual({ ...event, phase: 'ended' });
  });

  it('shows nothing of how events are stored', async () => {
    const event = await cancelled(api);
    expect(Object.keys(event).sort()).toEqual([...readOnlyMembers, ...Object.keys(concert)].sort());
  });

  it('is no cache validator: If-None-Match with the current tag is still answered in full', async () => {
    const event = await draft(api);
    expect(await succeed(api, 'getEvent', event, { headers: { 'If-None-Match': event.etag } })).toEqual(event);
  });
});
