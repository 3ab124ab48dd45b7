/** Who can see an event, and what of it: its visibility, the URL of a meeting, and requests without a token. */
import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import {
  asOthersSee,
  call,
  cancelled,
  concert,
  draft,
  type Event,
  nextYear,
  published,
  read,
  register,
  succeed,
  withoutActions,
} from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { callAs, join, leave, newPerson, own, type Registration } from '../support/registrations.ts';
import { sampled } from '../support/sample.ts';

const visibilities = ['public', 'signed-in', 'unlisted'] as const;
type Visibility = (typeof visibilities)[number];
type Caller = 'organizer' | 'rival' | 'attendee' | undefined;

const url = 'https://meet.example.com/zebra';
const online = { ...concert, location: { kind: 'online', url } } as const;
const hybrid = { ...concert, location: { ...concert.location, kind: 'hybrid', url } } as const;

/** Makes an event in each status. */
const makers = { draft, published, cancelled };

describe.each(transports)('the visibility of an event (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const get = (
    { eventId }: Pick<Event, 'eventId'>,
    caller: Caller,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<TestResponse> =>
    api.send({ method, path: `/events/${eventId}`, headers, ...(caller === undefined ? {} : { as: caller }) });

  /** The event as somebody without a token gets it now. */
  async function poster(event: Pick<Event, 'eventId'>): Promise<TestResponse> {
    const response = await get(event, undefined);
    expect(response).toMatchObject({
      status: 200,
      headers: { etag: response.body.etag, 'cache-control': 'public, max-age=60', vary: 'Authorization, Origin' },
    });
    return response;
  }

  describe('in requests', () => {
    it('is signed-in unless the organizer chooses another one', async () => {
      expect(await draft(api)).toMatchObject({ visibility: 'signed-in' });
      for (const visibility of visibilities)
        expect(await draft(api, { ...concert, visibility })).toMatchObject({ visibility });
    });

    it('can be changed while the event is a draft or published, and is copied to duplicates', async () => {
      const event = await draft(api);
      const changed = await succeed(api, 'updateEvent', event, { body: { visibility: 'unlisted' } });
      expect(changed).toMatchObject({ visibility: 'unlisted' });
      await succeed(api, 'publishEvent', event);
      const again = await succeed(api, 'updateEvent', event, { body: { visibility: 'public' } });
      expect(again).toMatchObject({ visibility: 'public', status: 'published' });
      const { status, body } = await call(api, 'duplicateEvent', event.eventId, { body: nextYear });
      expect([status, body]).toMatchObject([201, { visibility: 'public', status: 'draft' }]);
    });

    it('changes nothing if it is the default and was never set', async () => {
      const event = await draft(api);
      expect(await succeed(api, 'updateEvent', event, { body: { visibility: 'signed-in' } })).toEqual(event);
    });

    it('cannot be removed, nor have another value', async () => {
      const { eventId } = await draft(api);
      for (const [visibility, code] of [
        [null, 'invalid-type'],
        ['secret', 'invalid-value'],
      ] as const)
        expectProblem(await call(api, 'updateEvent', eventId, { body: { visibility } }), 'invalid-request', {
          errors: [['/visibility', code]],
        });
    });
  });

  describe('decides who can get it', () => {
    const callers: readonly Caller[] = ['organizer', 'rival', 'attendee', undefined];
    const cases = visibilities.flatMap((visibility) =>
      (['draft', 'published', 'cancelled'] as const).flatMap((status) =>
        callers.map((caller) => [visibility, status, caller] as const),
      ),
    );
    const mayGet = (visibility: Visibility, status: Event['status'], caller: Caller) =>
      caller === 'organizer' || (status !== 'draft' && (caller !== undefined || visibility !== 'signed-in'));

    it.each(sampled(cases))('%s, %s, got by %s', async (visibility, status, caller) => {
      const event = await makers[status](api, { ...concert, visibility });
      const response = await get(event, caller);
      if (!mayGet(visibility, status, caller)) return expectProblem(response, 'event-not-found');
      expect(response).toMatchObject({ status: 200, headers: { etag: response.body.etag } });
      const { etag, ...shown } = caller === 'organizer' ? event : asOthersSee(event);
      expect(withoutActions(response.body)).toEqual({
        ...shown,
        etag: caller === undefined ? expect.not.stringMatching(etag) : etag,
      });
    });

    it('lets signed-in users register for an unlisted event whose id they have', async () => {
      const event = await published(api, { ...concert, visibility: 'unlisted' });
      expect(await join(api, event)).toMatchObject({ status: 'confirmed' });
      const person = newPerson();
      await join(api, event, person);
      const { body } = await callAs(api, person, 'listMyRegistrations');
      expect(body).toMatchObject({ items: [{ event: { eventId: event.eventId, visibility: 'unlisted' } }] });
    });

    it('is needed for every other operation on a public event: those require a token', async () => {
      const { eventId } = await published(api, { ...concert, visibility: 'public' });
      for (const [method, path] of [
        ['GET', '/events'],
        ['PATCH', `/events/${eventId}`],
        ['DELETE', `/events/${eventId}`],
        ['POST', `/events/${eventId}/duplicate`],
        ['GET', `/events/${eventId}/registration`],
        ['PUT', `/events/${eventId}/registration`],
        ['GET', `/events/${eventId}/registrations`],
      ] as const)
        expectProblem(await api.send({ method, path }), 'unauthenticated');
    });
  });

  describe('decides which lists it is in', () => {
    const listed = async (query: string, as: 'organizer' | 'rival'): Promise<string[]> => {
      const { status, body } = await api.send({ path: `/events?limit=100&${query}`, as });
      expect(status).toBe(200);
      return (body as { items: Event[] }).items.map(({ eventId }) => eventId);
    };
    const inLists = async ({ eventId, organizerId }: Event) => ({
      everybody: (await listed('', 'rival')).includes(eventId),
      byOrganizer: (await listed(`organizerId=${organizerId}`, 'rival')).includes(eventId),
      own: (await listed('organizerId=me', 'organizer')).includes(eventId),
    });

    it.each([
      ['public', { everybody: true, byOrganizer: true, own: true }],
      ['signed-in', { everybody: true, byOrganizer: true, own: true }],
      ['unlisted', { everybody: false, byOrganizer: false, own: true }],
    ] as const)('%s', async (visibility, expected) => {
      const event = await published(api, { ...concert, visibility });
      expect(await inLists(event)).toEqual(expected);
    });

    it('moves a published event into the lists and out of them', async () => {
      const event = await published(api);
      for (const visibility of ['unlisted', 'public', 'unlisted', 'signed-in'] as const) {
        await succeed(api, 'updateEvent', event, { body: { visibility } });
        const isListed = visibility !== 'unlisted';
        expect(await inLists(event)).toEqual({ everybody: isListed, byOrganizer: isListed, own: true });
      }
    });

    it('brings no draft and no cancelled event into the lists of others', async () => {
      const event = await draft(api, { ...concert, visibility: 'unlisted' });
      await succeed(api, 'updateEvent', event, { body: { visibility: 'public' } });
      expect(await inLists(event)).toEqual({ everybody: false, byOrganizer: false, own: true });
      await succeed(api, 'publishEvent', event);
      await succeed(api, 'cancelEvent', event);
      expect(await inLists(event)).toEqual({ everybody: false, byOrganizer: false, own: true });
    });
  });

  const meetings: readonly (readonly [kind: string, body: typeof online | typeof hybrid])[] = [
    ['online', online],
    ['hybrid', hybrid],
  ];
  describe.each(sampled(meetings))('the URL of a meeting, %s', (_, body) => {
    const { url: _url, ...withoutUrl } = body.location;

    it.each(sampled(visibilities))(
      'is for the organizer and people with a confirmed registration, if the event is %s',
      async (visibility) => {
        const event = await published(api, { ...body, visibility, capacity: 1 });
        const [confirmed, waiting, gone] = [newPerson(), newPerson(), newPerson()];
        await join(api, event, gone);
        await leave(api, event, gone);
        await join(api, event, confirmed);
        expect(await join(api, event, waiting)).toMatchObject({ status: 'waitlisted' });
        const seenBy = async (person: string) =>
          ((await callAs(api, person, 'getEvent', event)).body as Event).location;
        expect(await seenBy('organizer')).toEqual(body.location);
        expect(await seenBy(confirmed)).toEqual(body.location);
        for (const person of [waiting, gone, newPerson(), 'rival', 'attendee'])
          expect(await seenBy(person)).toEqual(withoutUrl);
        if (visibility !== 'signed-in') expect((await poster(event)).body.location).toEqual(withoutUrl);

        // The seat passes to the person who waits.
        await leave(api, event, confirmed);
        expect(await own(api, event, waiting)).toMatchObject({ status: 'confirmed' });
        expect(await seenBy(waiting)).toEqual(body.location);
        expect(await seenBy(confirmed)).toEqual(withoutUrl);
      },
    );

    it('is still for those who had a seat when the event was cancelled, and ends with their registration', async () => {
      const event = await published(api, body);
      const person = newPerson();
      await join(api, event, person);
      await succeed(api, 'cancelEvent', event);
      expect((await callAs(api, person, 'getEvent', event)).body.location).toEqual(body.location);
      expect((await callAs(api, 'organizer', 'deleteRegistration', event, { number: 1 })).status).toBe(204);
      expect((await callAs(api, person, 'getEvent', event)).body.location).toEqual(withoutUrl);
    });

    it('is in lists of events for the organizer only', async () => {
      const event = await published(api, body);
      const person = newPerson();
      await join(api, event, person);
      const inList = async (who: string, query: string) => {
        const { items } = (await callAs(api, who, 'listEvents', undefined, { query: `limit=100${query}` })).body as {
          items: Event[];
        };
        return items.find(({ eventId }) => eventId === event.eventId)?.location;
      };
      for (const query of ['', '&organizerId=me']) expect(await inList('organizer', query)).toEqual(body.location);
      for (const query of ['', `&organizerId=${event.organizerId}`])
        for (const who of [person, 'rival', 'attendee']) expect(await inList(who, query)).toEqual(withoutUrl);
    });

    it('is in the list of own registrations while they are confirmed', async () => {
      const event = await published(api, { ...body, capacity: 1 });
      const [confirmed, waiting] = [newPerson(), newPerson()];
      for (const person of [confirmed, waiting]) await join(api, event, person);
      const inList = async (person: string) => {
        const { items } = (await callAs(api, person, 'listMyRegistrations')).body as { items: Registration[] };
        return items.map(({ status, event: listed }) => [status, listed?.location]);
      };
      expect(await inList(confirmed)).toEqual([['confirmed', body.location]]);
      expect(await inList(waiting)).toEqual([['waitlisted', withoutUrl]]);
      await leave(api, event, confirmed);
      expect(await inList(confirmed)).toEqual([['cancelled', withoutUrl]]);
      expect(await inList(waiting)).toEqual([['confirmed', body.location]]);
    });

    it('is in the own registration while it is confirmed, and for no one else', async () => {
      const event = await published(api, { ...body, capacity: 1 });
      const [confirmed, waiting] = [newPerson(), newPerson()];
      expect(await join(api, event, confirmed)).toMatchObject({ status: 'confirmed', meetingUrl: url });
      expect(await join(api, event, waiting)).not.toHaveProperty('meetingUrl');
      expect(await own(api, event, confirmed)).toMatchObject({ meetingUrl: url });
      expect(await own(api, event, waiting)).not.toHaveProperty('meetingUrl');
      for (const operationId of ['getRegistration', 'listRegistrations'] as const)
        expect((await callAs(api, 'organizer', operationId, event, { number: 1 })).text).not.toContain(url);
      expect(await leave(api, event, confirmed)).not.toHaveProperty('meetingUrl');
      expect(await own(api, event, waiting)).toMatchObject({ status: 'confirmed', meetingUrl: url });
      const walkIn = await callAs(api, 'organizer', 'createRegistration', event, { body: { name: 'Mira Novak' } });
      expect(walkIn.text).not.toContain(url);
    });
  });

  describe('a response without a token', () => {
    it('can be kept by caches, and one with a token cannot', async () => {
      const event = await published(api, { ...concert, visibility: 'public' });
      await poster(event);
      for (const caller of ['organizer', 'rival', 'attendee'] as const) {
        const { headers } = await get(event, caller);
        expect(headers).toMatchObject({ 'cache-control': 'no-store', vary: 'Authorization, Origin' });
      }
    });

    it('is the same for every caller, and shows no person and no count of people who wait', async () => {
      const event = await published(api, { ...concert, visibility: 'public', capacity: 1 });
      const body = { name: 'Quagga Novak', email: 'quagga@example.com' };
      for (const person of [newPerson(), newPerson()]) await join(api, event, person, body);
      const { text, body: shown } = await poster(event);
      expect(text).not.toMatch(/quagga/i);
      expect(shown).toMatchObject({ registeredCount: 1, seatsLeft: 0 });
      expect(shown).not.toHaveProperty('waitlistedCount');
      expect(shown).not.toHaveProperty('checkedInCount');
      expect((await poster(event)).text).toBe(text);
    });

    it('has an ETag that changes with everything that is shown', async () => {
      const minute = 60_000;
      const times = {
        startsAt: new Date(Date.now() + 10 * minute).toISOString(),
        endsAt: new Date(Date.now() + 20 * minute).toISOString(),
      };
      const event = await published(api, { ...concert, ...times, visibility: 'public', capacity: 3 });
      const etags = new Set<string>();
      const expectNew = async (what: string) => {
        const { etag } = (await poster(event)).body as Event;
        expect([what, etags.has(etag)]).toEqual([what, false]);
        etags.add(etag);
      };
      await expectNew('at first');
      expect((await poster(event)).headers['etag']).toBe([...etags][0]);
      expect(await register(api, event, 1)).toBe(true);
      await expectNew('one seat less');
      await succeed(api, 'updateEvent', event, { body: { capacity: 4 } });
      await expectNew('another capacity');
      await succeed(api, 'updateEvent', event, { body: { visibility: 'unlisted' } });
      await expectNew('another visibility');
      api.advance(11 * minute);
      await expectNew('another phase');
      await succeed(api, 'cancelEvent', event);
      await expectNew('another status');
    });

    it('names no action, as all of them need a token', async () => {
      const event = await published(api, { ...concert, visibility: 'public' });
      expect((await poster(event)).body).toMatchObject({ allowedActions: [] });
    });

    it('has an ETag that no change may be based on', async () => {
      const event = await published(api, { ...concert, visibility: 'public' });
      const { etag } = (await poster(event)).body as Event;
      const response = await call(api, 'updateEvent', event.eventId, { ifMatch: etag, body: { capacity: 7 } });
      expectProblem(response, 'precondition-failed');
      expect(await read(api, event)).toEqual(event);
    });

    it('is 304 without a body if the client has it already', async () => {
      const event = await published(api, { ...concert, visibility: 'public' });
      const { etag } = (await poster(event)).body as Event;
      for (const known of [etag, `W/${etag}`, `"1-000000000000", ${etag}`, '*'])
        for (const method of ['GET', 'HEAD']) {
          const response = await get(event, undefined, { 'If-None-Match': known }, method);
          expect([known, response]).toMatchObject([
            known,
            {
              status: 304,
              text: '',
              headers: { etag, 'cache-control': 'public, max-age=60', vary: 'Authorization, Origin' },
            },
          ]);
          expect(response.headers).not.toHaveProperty('content-type');
        }
      for (const other of [event.etag, etag.replaceAll('"', ''), etag.slice(0, -2), '"1-000000000000"'])
        expect((await get(event, undefined, { 'If-None-Match': other })).status).toBe(200);
      expect(await register(api, event, 1)).toBe(true);
      expect((await get(event, undefined, { 'If-None-Match': etag })).status).toBe(200);
    });

    it('is never 304 for an event that the caller may not see, nor for a request with a token', async () => {
      const event = await published(api, { ...concert, visibility: 'public' });
      for (const known of [event.etag, '*'])
        expect((await get(event, 'rival', { 'If-None-Match': known })).status).toBe(200);
      const { eventId } = await published(api);
      expectProblem(await get({ eventId }, undefined, { 'If-None-Match': '*' }), 'event-not-found');
    });

    it('names no caller in the log line', async () => {
      const { eventId } = await published(api, { ...concert, visibility: 'public' });
      const before = api.log.length;
      await get({ eventId }, undefined);
      expect(api.log.slice(before)).toEqual([expect.objectContaining({ operationId: 'getEvent', status: 200 })]);
      expect(api.log.at(-1)).not.toHaveProperty('sub');
    });

    it('does not exist for a token that is invalid or has expired', async () => {
      const event = await published(api, { ...concert, visibility: 'public' });
      const expired = await api.issuer.token({ exp: Math.floor(Date.now() / 1000) - 60 });
      for (const authorization of [`Bearer ${expired}`, 'Bearer x', 'Bearer', 'Basic eDp5', '']) {
        expect(await get(event, undefined, { authorization })).toMatchObject({
          status: 401,
          headers: { 'cache-control': 'no-store', vary: 'Authorization, Origin' },
          body: { code: 'unauthenticated' },
        });
      }
    });
  });
});
