import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, draft, published, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { fullAnswers, minimalAnswers, questions } from '../support/questions.ts';
import {
  allRegistrations,
  callAs,
  countsNow,
  join,
  newPerson,
  numbered,
  own,
  type Registration,
  registrationFrom,
} from '../support/registrations.ts';
import { storedText } from '../support/stored.ts';

const ada = { name: 'Ada Fischer', email: 'ada.fischer@example.com' };
type EventId = { eventId: string };

describe.each(transports)('createRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const create = (event: EventId, body: object = ada, key?: string, who = 'organizer') =>
    callAs(api, who, 'createRegistration', event, {
      body,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });

  it('returns the registration with its number and the code of the ticket', async () => {
    const event = await published(api, { ...concert, questions });
    await join(api, event, newPerson(), { name: 'Mira Novak', answers: minimalAnswers });
    const response = await create(event, { ...ada, answers: fullAnswers });
    const { etag, code, registeredAt } = response.body as Registration;
    expect(response).toMatchObject({
      status: 201,
      headers: { location: `/events/${event.eventId}/registrations/2`, etag, 'cache-control': 'no-store' },
    });
    expect(response.headers).not.toHaveProperty('idempotency-replayed');
    expect(response.body).toMatchObject({
      eventId: event.eventId,
      number: 2,
      status: 'confirmed',
      ...ada,
      answers: fullAnswers,
      updatedAt: registeredAt,
    });
    expect(Buffer.from(code ?? '', 'base64url')).toHaveLength(33);
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 2 });
  });

  it('shows the code again in getRegistration, but in no list and after no update', async () => {
    const event = await published(api);
    const { code } = await registrationFrom(create(event), 201);
    expect(await numbered(api, event, 1)).toMatchObject({ code });
    expect((await callAs(api, 'organizer', 'listRegistrations', event)).text).not.toContain(code);
    const updated = await callAs(api, 'organizer', 'updateRegistration', event, { number: 1, body: { name: 'Ada' } });
    expect(updated.body).not.toHaveProperty('code');
    const cancelled = await callAs(api, 'organizer', 'cancelRegistration', event, { number: 1 });
    expect(cancelled.body).not.toHaveProperty('code');
    expect(await numbered(api, event, 1)).not.toHaveProperty('code');
  });

  it('shows the code of no person who has an account', async () => {
    const event = await published(api);
    await join(api, event);
    expect(await numbered(api, event, 1)).not.toHaveProperty('code');
  });

  it('waits for a seat like everybody, and gets the ticket with it', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const person = newPerson();
    await join(api, event, person);
    const waiting = await registrationFrom(create(event), 201);
    expect(waiting).toMatchObject({ number: 2, status: 'waitlisted', ahead: 0 });
    expect(waiting).not.toHaveProperty('code');
    await callAs(api, person, 'deleteMyRegistration', event);
    expect(await numbered(api, event, 2)).toMatchObject({ status: 'confirmed', code: expect.any(String) as string });
  });

  it('returns 409 for an event that is full, cancelled, over, or not published', async () => {
    const full = await published(api, { ...concert, capacity: 1, waitlist: false });
    await join(api, full);
    expectProblem(await create(full), 'event-full');
    const cancelled = await published(api);
    await succeed(api, 'cancelEvent', cancelled);
    expectProblem(await create(cancelled), 'event-cancelled');
    expectProblem(await create(await draft(api)), 'not-published');
  });

  it('is for the organizer of the event', async () => {
    const event = await published(api);
    expectProblem(await create(event, ada, undefined, 'rival'), 'not-event-organizer');
    expectProblem(await create(event, ada, undefined, newPerson()), 'forbidden');
    expectProblem(await create({ eventId: '0b7a5b0e-3f0c-4c64-9a4e-6f3df3a0c001' }), 'event-not-found');
  });

  it('reads the event before the answers are checked: 404 and 409 come before 422', async () => {
    const body = { ...ada, answers: { unknown: 'x' } };
    expectProblem(await create({ eventId: '0b7a5b0e-3f0c-4c64-9a4e-6f3df3a0c001' }, body), 'event-not-found');
    expectProblem(await create(await draft(api), body), 'not-published');
    const event = await published(api);
    expectProblem(await create(event, body), 'invalid-registration', {
      errors: [['/answers/unknown', 'unknown-field']],
    });
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 0 });
  });

  describe('with an Idempotency-Key', () => {
    it('registers one person, however often it is sent', async () => {
      const event = await published(api);
      const first = await create(event, ada, 'a');
      expect(first.status).toBe(201);
      const again = await create(event, { email: ada.email, name: `  ${ada.name}` }, 'a');
      expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
      expect(again.body).toEqual(first.body);
      expect(await allRegistrations(api, event)).toHaveLength(1);
    });

    it('registers one person with requests at the same time', async () => {
      const event = await published(api);
      const responses = await Promise.all(Array.from({ length: 5 }, () => create(event, ada, 'a')));
      expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(201));
      expect(new Set(responses.map(({ body }) => (body as Registration).number)).size).toBe(1);
      expect(await allRegistrations(api, event)).toHaveLength(1);
    });

    it('returns the cancelled registration, and 409 once it is erased, of which nothing is left', async () => {
      const event = await published(api);
      const zebra = { name: 'Zebra Fischer' };
      await create(event, zebra, 'a');
      await callAs(api, 'organizer', 'cancelRegistration', event, { number: 1 });
      const replayed = await create(event, zebra, 'a');
      expect(replayed).toMatchObject({ status: 201, body: { number: 1, status: 'cancelled' } });
      await callAs(api, 'organizer', 'deleteRegistration', event, { number: 1 });
      expectProblem(await create(event, zebra, 'a'), 'idempotency-key-consumed');
      expect(await storedText(api)).not.toMatch(/zebra/i);
    });

    it('returns 422 for a key that was used for another request', async () => {
      const event = await published(api);
      await create(event, ada, 'a');
      expectProblem(await create(event, { ...ada, name: 'Ben' }, 'a'), 'idempotency-key-reused');
    });

    it('leaves the key of a rejected request unused', async () => {
      const event = await published(api);
      expect(await create(event, { ...ada, answers: { unknown: true } }, 'a')).toMatchObject({ status: 422 });
      expect(await create(event, ada, 'a')).toMatchObject({ status: 201, body: { number: 1 } });
    });
  });

  it('keeps walk-ins out of the registrations of the organizer', async () => {
    const event = await published(api);
    await create(event);
    const mine = await callAs(api, 'organizer', 'getMyRegistration', event);
    expectProblem(mine, 'registration-not-found');
    await join(api, event, 'organizer');
    expect(await own(api, event, 'organizer')).toMatchObject({ number: 2 });
  });
});
