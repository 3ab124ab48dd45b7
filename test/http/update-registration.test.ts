import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, published, read, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { fullAnswers, minimalAnswers, questions } from '../support/questions.ts';
import { callAs, join, leave, mira, newPerson, numbered, own, registrationFrom } from '../support/registrations.ts';

type EventId = { eventId: string };

describe.each(transports)('updateRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const patch = (event: EventId, body: object, ifMatch?: string, who = 'organizer') =>
    callAs(api, who, 'updateRegistration', event, {
      number: 1,
      body,
      ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
    });

  async function registered(body: object = mira) {
    const event = await published(api, { ...concert, questions });
    const person = newPerson();
    const registration = await join(api, event, person, { answers: minimalAnswers, ...body });
    return { event, person, registration };
  }

  it('replaces the fields in the request and leaves the others unchanged', async () => {
    const { event, person, registration } = await registered();
    const updated = await registrationFrom(patch(event, { name: 'Mira Nováková', answers: fullAnswers }));
    expect(updated).toMatchObject({ number: 1, name: 'Mira Nováková', email: mira.email, answers: fullAnswers });
    expect(updated.etag).toMatch(/^"2-/);
    const { codeDigest: _, ...seen } = updated;
    expect(await own(api, event, person)).toEqual({ ...seen, code: registration.code });
    expect(await numbered(api, event, 1)).toEqual(updated);
    expect(await read(api, event)).toMatchObject({ etag: event.etag });
  });

  it('removes what is null: the address, and all answers, although a question is required', async () => {
    const { event } = await registered();
    const updated = await registrationFrom(patch(event, { email: null, answers: null }));
    expect(updated).not.toHaveProperty('email');
    expect(updated).not.toHaveProperty('answers');
  });

  it('changes nothing with the values that there are', async () => {
    const { event, registration } = await registered();
    for (const body of [{}, { name: ` ${mira.name}` }, { answers: minimalAnswers }])
      expect(await registrationFrom(patch(event, body))).toMatchObject({ etag: registration.etag });
  });

  it('keeps answers that were given when the questions change, and accepts them as they are', async () => {
    const { event, registration } = await registered();
    await succeed(api, 'updateEvent', event, { body: { questions: null } });
    expect(await registrationFrom(patch(event, { name: 'Mira', answers: minimalAnswers }))).toMatchObject({
      name: 'Mira',
      answers: registration.answers,
    });
    expect(await patch(event, { answers: { meal: 'Vegan' } })).toMatchObject({ status: 422 });
  });

  it('returns 422 for answers that do not fit, and nothing changes', async () => {
    const { event, registration } = await registered();
    const response = await patch(event, { name: 'X', answers: { rules: true } });
    expectProblem(response, 'invalid-registration', { errors: [['/answers/meal', 'required']] });
    expect(await numbered(api, event, 1)).toMatchObject({ name: mira.name, etag: registration.etag });
  });

  it('returns 412 if the registration has changed, with its ETag, and before 409 and 422', async () => {
    const { event, person, registration } = await registered();
    expect((await patch(event, { name: 'A' }, registration.etag)).status).toBe(200);
    const stale = await patch(event, { answers: {} }, registration.etag);
    expectProblem(stale, 'precondition-failed');
    expect(stale.headers['etag']).toMatch(/^"2-/);
    expect((await patch(event, { name: 'B' }, '*')).status).toBe(200);
    await leave(api, event, person);
    expectProblem(await patch(event, {}, registration.etag), 'precondition-failed');
    expectProblem(await patch(event, {}, 'anything'), 'precondition-failed');
  });

  it('returns 409 for a registration that is cancelled or erased, also with {}', async () => {
    const { event, person } = await registered();
    await leave(api, event, person);
    for (const body of [{}, { name: 'X' }, { answers: { unknown: 'x' } }])
      expectProblem(await patch(event, body), 'registration-cancelled');
    expect(await numbered(api, event, 1)).toMatchObject({ name: mira.name, status: 'cancelled' });
    await callAs(api, 'organizer', 'deleteRegistration', event, { number: 1 });
    expectProblem(await patch(event, { name: 'X' }), 'registration-cancelled');
  });

  it('is for the organizer of the event', async () => {
    const { event, person } = await registered();
    expectProblem(await patch(event, { name: 'X' }, undefined, 'rival'), 'not-event-organizer');
    expectProblem(await patch(event, { name: 'X' }, undefined, person), 'forbidden');
    expectProblem(
      await callAs(api, 'organizer', 'updateRegistration', event, { number: 2, body: {} }),
      'registration-not-found',
    );
  });
});
