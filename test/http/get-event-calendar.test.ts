import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import { entriesOf } from '../support/calendars.ts';
import { call, cancelled, concert, draft, published, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { callAs, join, newPerson } from '../support/registrations.ts';

const online = { kind: 'online', url: 'https://meet.example.com/secret-meeting' } as const;

describe.each(transports)('getEventCalendar (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const anonymous = (eventId: string, headers: Readonly<Record<string, string>> = {}) =>
    api.send({ path: `/events/${eventId}/calendar`, headers });
  const entryIn = (response: TestResponse) => {
    expect(response).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="event.ics"',
        etag: expect.stringMatching(/^"[\w-]{22}"$/),
      },
    });
    const entries = entriesOf(response.text);
    expect(entries).toHaveLength(1);
    return entries[0];
  };

  it('returns the event as one entry', async () => {
    const event = await published(api);
    expect(entryIn(await call(api, 'getEventCalendar', event.eventId, { as: 'attendee' }))).toEqual({
      uid: event.eventId,
      sequence: 4,
      status: 'CONFIRMED',
      summary: 'Riverside Jazz Night',
      description: 'Three bands, one stage, and the river.',
      location: 'Harbour Stage, Uferstraße 12, 10115 Berlin',
      start: '2030-06-21T18:00:00.000Z',
      end: '2030-06-21T22:00:00.000Z',
      stamp: event.updatedAt.replace('Z', '.000Z'),
      created: event.createdAt.replace('Z', '.000Z'),
      modified: event.updatedAt.replace('Z', '.000Z'),
      conference: undefined,
      image: 'https://pictures.example.com/riverside.jpg',
      categories: ['music', 'jazz'],
    });
  });

  it('keeps its UID and gets a greater number with each change, even when it is cancelled', async () => {
    const event = await draft(api);
    const steps = [await call(api, 'getEventCalendar', event.eventId)];
    for (const step of ['publishEvent', 'cancelEvent'] as const) {
      await succeed(api, step, event);
      steps.push(await call(api, 'getEventCalendar', event.eventId));
    }
    const entries = steps.map(entryIn);
    expect(entries.map((entry) => entry?.status)).toEqual(['TENTATIVE', 'CONFIRMED', 'CANCELLED']);
    expect(new Set(entries.map((entry) => entry?.uid))).toEqual(new Set([event.eventId]));
    const numbers = entries.map((entry) => entry?.sequence ?? 0);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
    expect(new Set(steps.map(({ headers }) => headers['etag'])).size).toBe(steps.length);
  });

  it('has the URL of the meeting for the organizer and those with a seat only', async () => {
    const event = await published(api, { ...concert, location: online, capacity: 1, visibility: 'public' });
    const [seated, waiting] = [newPerson(), newPerson()];
    await join(api, event, seated);
    await join(api, event, waiting);
    const seenBy = async (person: string) => (await callAs(api, person, 'getEventCalendar', event)).text;
    for (const person of ['organizer', seated]) expect(await seenBy(person)).toContain(online.url);
    for (const person of [waiting, 'rival', newPerson()]) expect(await seenBy(person)).not.toContain('secret-meeting');
    expect((await anonymous(event.eventId)).text).not.toContain('secret-meeting');
    expect(entryIn(await callAs(api, waiting, 'getEventCalendar', event))).toMatchObject({ status: 'TENTATIVE' });
    expect(entryIn(await callAs(api, seated, 'getEventCalendar', event))).toMatchObject({
      status: 'CONFIRMED',
      location: online.url,
      conference: online.url,
    });
  });

  it.each([
    ['signed-in', false],
    ['public', true],
    ['unlisted', true],
  ] as const)('of a %s event is public: %s, as the event is', async (visibility, isPublic) => {
    for (const make of [published, cancelled]) {
      const event = await make(api, { ...concert, visibility });
      const response = await anonymous(event.eventId);
      expect((await api.send({ path: `/events/${event.eventId}` })).status).toBe(response.status);
      if (isPublic) expect(entryIn(response)).toMatchObject({ uid: event.eventId });
      else expectProblem(response, 'event-not-found');
    }
  });

  it('of a draft is returned to its organizer only', async () => {
    const event = await draft(api, { ...concert, visibility: 'public' });
    expectProblem(await anonymous(event.eventId), 'event-not-found');
    expectProblem(await call(api, 'getEventCalendar', event.eventId, { as: 'rival' }), 'event-not-found');
    expect(entryIn(await call(api, 'getEventCalendar', event.eventId))).toMatchObject({ status: 'TENTATIVE' });
  });

  it('can be cached without a token, and only then', async () => {
    const event = await published(api, { ...concert, visibility: 'public' });
    const { headers } = await anonymous(event.eventId);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=60',
      vary: expect.stringContaining('Authorization'),
    });
    const known = { 'If-None-Match': headers['etag'] ?? '' };
    expect(await anonymous(event.eventId, known)).toMatchObject({
      status: 304,
      text: '',
      headers: { etag: headers['etag'], 'cache-control': 'public, max-age=60' },
    });
    const own = await call(api, 'getEventCalendar', event.eventId, { as: 'attendee', headers: known });
    expect(own).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(await anonymous(event.eventId, { authorization: 'Bearer nonsense' })).toMatchObject({ status: 401 });
  });
});
