import { startTestApi, type TestApi, transports } from '../support/api.ts';
import {
  asOthersSee,
  call,
  cancelled,
  concert,
  draft,
  ended,
  listed,
  minimal,
  published,
  read,
  revisionOf,
  succeed,
} from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

const minute = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString();

describe.each(transports)('publishEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('makes a draft visible to every user', async () => {
    const event = await draft(api);
    expectProblem(await call(api, 'getEvent', event.eventId, { as: 'attendee' }), 'event-not-found');
    const { etag, updatedAt, ...rest } = await succeed(api, 'publishEvent', event);
    expect({ ...rest, etag: event.etag, updatedAt: event.updatedAt }).toEqual({ ...event, status: 'published' });
    expect(revisionOf({ etag })).toBe(2);
    const seen = asOthersSee({ ...rest, etag, updatedAt });
    expect(await succeed(api, 'getEvent', event, { as: 'attendee' })).toEqual(seen);
    const page = await call(api, 'listEvents', undefined, { as: 'rival' });
    expect(listed(page)).toEqual([seen]);
  });

  it('changes nothing when it is repeated, with and without the current ETag', async () => {
    const event = await published(api);
    expect(await succeed(api, 'publishEvent', event)).toEqual(event);
    expect(await succeed(api, 'publishEvent', event, { ifMatch: event.etag })).toEqual(event);
    expect(await read(api, event)).toEqual(event);
  });

  it('returns 412 when it is repeated with an outdated ETag', async () => {
    const event = await draft(api);
    const { etag } = await succeed(api, 'publishEvent', event, { ifMatch: event.etag });
    const response = await call(api, 'publishEvent', event.eventId, { ifMatch: event.etag });
    expectProblem(response, 'precondition-failed');
    expect(response.headers).toMatchObject({ etag });
  });

  it('returns 409 for a cancelled event', async () => {
    const event = await cancelled(api);
    expectProblem(await call(api, 'publishEvent', event.eventId), 'event-cancelled');
    expect(await read(api, event)).toEqual(event);
  });

  it.each([
    ['a location', minimal, [['/location', 'location-required']]],
    ['a start in the future', { ...concert, ...ended }, [['/startsAt', 'starts-in-past']]],
    [
      'a location and a start in the future',
      { ...minimal, ...ended },
      [
        ['/location', 'location-required'],
        ['/startsAt', 'starts-in-past'],
      ],
    ],
  ] as const)('returns 409 for a draft without %s', async (_, body, errors) => {
    const event = await draft(api, body);
    expectProblem(await call(api, 'publishEvent', event.eventId), 'not-publishable', { errors });
    expect(await read(api, event)).toEqual(event);
  });

  it('returns 409 for a draft whose start has passed, but 200 for an event that is already published', async () => {
    const body = { ...concert, startsAt: inMinutes(5), endsAt: inMinutes(120) };
    const late = await draft(api, body);
    const early = await published(api, body);
    api.advance(6 * minute);
    expectProblem(await call(api, 'publishEvent', late.eventId), 'not-publishable', {
      errors: [['/startsAt', 'starts-in-past']],
    });
    expect(await succeed(api, 'publishEvent', early)).toEqual({ ...early, phase: 'ongoing' });
    const unpublished = await succeed(api, 'unpublishEvent', early);
    expect(unpublished).toMatchObject({ status: 'draft', phase: 'ongoing' });
    expectProblem(await call(api, 'publishEvent', early.eventId), 'not-publishable', {
      errors: [['/startsAt', 'starts-in-past']],
    });
  });
});
