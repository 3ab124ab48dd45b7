/** Questions on events, and answers to them in registrations. */
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, draft, nextYear, published, read, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { fullAnswers, minimalAnswers, questions } from '../support/questions.ts';
import {
  allRegistrations,
  callAs,
  join,
  leave,
  mira,
  newPerson,
  numbered,
  own,
  registrationFrom,
  registrationsOf,
  seedEntries,
} from '../support/registrations.ts';
import { recordOf, registrationOf, seed, seedSeats } from '../support/seed.ts';
import { inFull } from '../support/sample.ts';
import { storedText } from '../support/stored.ts';

const [text, , choice] = questions;

describe.each(transports)('questions (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const asked = (body: object = {}) => published(api, { ...concert, questions, ...body });
  const put = (event: { eventId: string }, person: string, body: object) =>
    callAs(api, person, 'registerForEvent', event, { body: { ...mira, ...body } });

  describe('of an event', () => {
    it('are returned as they were sent, in normal form, and are replaced and removed as a whole', async () => {
      const spelled = questions.map((question) => ({ ...question, label: ` ${question.label} ` }));
      const event = await draft(api, { ...concert, questions: spelled });
      expect(event.questions).toEqual(questions);
      const updated = await succeed(api, 'updateEvent', event, { body: { questions: [text] } });
      expect(updated.questions).toEqual([text]);
      expect(await read(api, event)).toEqual(updated);
      expect(await succeed(api, 'updateEvent', event, { body: { questions: null } })).not.toHaveProperty('questions');
    });

    it('are copied to a duplicate', async () => {
      const event = await draft(api, { ...concert, questions });
      const { body } = await call(api, 'duplicateEvent', event.eventId, { body: nextYear });
      expect(body).toMatchObject({ questions });
    });

    it('are neither in lists of events nor in the event of a registration', async () => {
      const event = await asked();
      const person = newPerson();
      await join(api, event, person, { ...mira, answers: minimalAnswers });
      const lists = [
        await api.send({ path: '/events?organizerId=me', as: 'organizer' }),
        await callAs(api, person, 'listMyRegistrations'),
      ];
      for (const { status, text: response } of lists) {
        expect(status).toBe(200);
        expect(response).toContain(event.eventId);
        expect(response).not.toContain('"questions"');
      }
      expect(lists[1]?.text).toContain('"answers"');
    });

    it.each<[object, string, FieldErrorCode]>([
      [{ questions: [text, text] }, '/questions/1/questionId', 'duplicate-item'],
      [
        {
          questions: Array.from({ length: 20 }, (_, index) => ({
            ...text,
            questionId: `q${index}`,
            label: 'ü'.repeat(200),
          })),
        },
        '/questions',
        'too-many-bytes',
      ],
    ])('are checked together: 422', async (body, pointer, code) => {
      expectProblem(await call(api, 'updateEvent', (await draft(api)).eventId, { body }), 'invalid-event', {
        errors: [[pointer, code]],
      });
    });

    it.each<[object, string, FieldErrorCode]>([
      [{ ...choice, options: undefined }, '/options', 'required'],
      [{ ...choice, options: [] }, '/options', 'required'],
      [{ ...choice, options: ['A', ' A'] }, '/options', 'duplicate-item'],
      [{ ...choice, options: ['A', ''] }, '/options/1', 'too-short'],
      [{ ...text, options: ['A'] }, '/options', 'unknown-field'],
      [{ ...text, kind: 'number' }, '/kind', 'invalid-value'],
      [{ ...text, questionId: 'Meal' }, '/questionId', 'invalid-format'],
      [{ ...text, label: 'two\nlines' }, '/label', 'invalid-format'],
    ])('have one form for each kind: %j is 400', async (question, pointer, code) => {
      const body = { ...concert, questions: [text, question] };
      const response = await api.send({ method: 'POST', path: '/events', as: 'organizer', body });
      expectProblem(response, 'invalid-request', { errors: [[`/questions/1${pointer}`, code]] });
    });
  });

  describe('and answers', () => {
    it('are returned to the attendee and to the organizer', async () => {
      const event = await asked();
      const person = newPerson();
      const created = await join(api, event, person, { ...mira, answers: fullAnswers });
      expect(created.answers).toEqual(fullAnswers);
      expect(await own(api, event, person)).toEqual(created);
      expect(await numbered(api, event, 1)).toMatchObject({ answers: fullAnswers });
      expect(await registrationsOf(api, event)).toMatchObject({ items: [{ answers: fullAnswers }] });
      const mine = await callAs(api, person, 'listMyRegistrations');
      expect(mine.body).toMatchObject({ items: [{ answers: fullAnswers }] });
    });

    it('are stored in normal form', async () => {
      const event = await asked();
      const sent = { ...minimalAnswers, meal: ' Vegan', allergies: 'Nu\u0308sse ', talk: 'a\r\nb' };
      const created = await join(api, event, newPerson(), { ...mira, answers: sent });
      expect(created.answers).toEqual({ ...minimalAnswers, allergies: 'N\u00fcsse', talk: 'a\nb' });
    });

    it('are stored with any id of a question, also with the name of a member that every object has', async () => {
      const answers = { constructor: 'Yes' };
      const event = await published(api, { ...concert, questions: [{ ...text, questionId: 'constructor' }] });
      const person = newPerson();
      expect((await join(api, event, person, { ...mira, answers })).answers).toEqual(answers);
      expect((await own(api, event, person)).answers).toEqual(answers);
      const changed = { constructor: 'No' };
      const updated = await callAs(api, 'organizer', 'updateRegistration', event, {
        number: 1,
        body: { answers: changed },
      });
      expect(updated.body).toMatchObject({ answers: changed });
    });

    it('must fit the questions: 422 with an error for each answer, and no number is taken', async () => {
      const event = await asked();
      const answers = { meal: 'Soup', rules: false, days: ['Friday', 'Monday'], allergies: 'x'.repeat(201), age: '7' };
      expectProblem(await put(event, newPerson(), { answers }), 'invalid-registration', {
        errors: [
          ['/answers/allergies', 'too-long'],
          ['/answers/meal', 'invalid-value'],
          ['/answers/days/1', 'invalid-value'],
          ['/answers/rules', 'required'],
          ['/answers/age', 'unknown-field'],
        ],
      });
      expectProblem(await put(event, newPerson(), {}), 'invalid-registration', {
        errors: [
          ['/answers/meal', 'required'],
          ['/answers/rules', 'required'],
        ],
      });
      expect(await join(api, event, newPerson(), { ...mira, answers: minimalAnswers })).toMatchObject({ number: 1 });
    });

    it.each<[object, string, FieldErrorCode]>([
      [{ answers: 'x' }, '/answers', 'invalid-type'],
      [{ answers: { meal: 7 } }, '/answers/meal', 'invalid-type'],
      [{ answers: { meal: null } }, '/answers/meal', 'invalid-type'],
      [{ answers: { meal: ' ' } }, '/answers/meal', 'too-short'],
      [{ answers: { meal: '\u0007x' } }, '/answers/meal', 'invalid-format'],
      [{ answers: { talk: 'x'.repeat(1_001) } }, '/answers/talk', 'too-long'],
      [{ answers: { days: [] } }, '/answers/days', 'required'],
      [{ answers: { days: ['Friday', ' Friday'] } }, '/answers/days', 'duplicate-item'],
      [{ answers: { days: ['Friday', true] } }, '/answers/days/1', 'invalid-type'],
      [{ answers: { 'a/b~': 'x' } }, '/answers/a~1b~0', 'unknown-field'],
      [{ answers: JSON.parse('{ "__proto__": "x" }') as object }, '/answers/__proto__', 'unknown-field'],
      [{ answers: { ['x'.repeat(41)]: 'x' } }, `/answers/${'x'.repeat(41)}`, 'unknown-field'],
      [
        { answers: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`q${index}`, 'x'])) },
        '/answers',
        'too-many',
      ],
    ])('have a form of their own: %j is 400', async (body, pointer, code) => {
      const event = await published(api);
      expectProblem(await put(event, newPerson(), body), 'invalid-request', { errors: [[pointer, code]] });
    });

    it('are replaced by PUT: what is left out is removed, and required questions count', async () => {
      const event = await asked();
      const person = newPerson();
      await join(api, event, person, { ...mira, answers: fullAnswers });
      const replaced = await registrationFrom(put(event, person, { answers: minimalAnswers }));
      expect(replaced.answers).toEqual(minimalAnswers);
      expect(await put(event, person, {})).toMatchObject({ status: 422 });
      expect(await own(api, event, person)).toEqual(replaced);
      await succeed(api, 'updateEvent', event, { body: { questions: null } });
      expect(await registrationFrom(put(event, person, {}))).not.toHaveProperty('answers');
    });

    it('remain when the questions change; sending them again changes nothing', async () => {
      const event = await asked();
      const person = newPerson();
      const created = await join(api, event, person, { ...mira, answers: minimalAnswers });
      await succeed(api, 'updateEvent', event, { body: { questions: [{ ...text, required: true }] } });
      expect(await own(api, event, person)).toEqual(created);
      expect(await registrationFrom(put(event, person, { answers: minimalAnswers }))).toEqual(created);
      expectProblem(await put(event, person, { name: 'M', answers: minimalAnswers }), 'invalid-registration', {
        errors: [
          ['/answers/allergies', 'required'],
          ['/answers/meal', 'unknown-field'],
          ['/answers/rules', 'unknown-field'],
        ],
      });
    });

    it('are erased with the rest, and stay with a cancellation', async () => {
      const event = await asked();
      const person = newPerson();
      await join(api, event, person, { ...mira, answers: { ...minimalAnswers, talk: 'Okapis' } });
      expect(await leave(api, event, person)).toMatchObject({ answers: { talk: 'Okapis' } });
      expect((await callAs(api, person, 'deleteMyRegistration', event)).status).toBe(204);
      expect(await numbered(api, event, 1)).not.toHaveProperty('answers');
      expect(await storedText(api)).not.toContain('Okapis');
    });

    it('come after what the event does not allow: 404 and 409 before 422', async () => {
      const full = await asked({ capacity: 1, waitlist: false });
      await join(api, full, newPerson(), { ...mira, answers: minimalAnswers });
      expectProblem(await put(full, newPerson(), {}), 'event-full');
      expectProblem(await put(await draft(api, { ...concert, questions }), newPerson(), {}), 'event-not-found');
    });
  });

  inFull('a page of registrations ends at 3 MB, and the next one continues', async () => {
    const record = recordOf();
    await seed(api.tables, [record]);
    const count = 850;
    await seedSeats(api.tables, record.eventId, { lastNumber: count, reclaimedUpTo: count });
    const answers = Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, 'x'.repeat(980)]));
    const entries = Array.from({ length: count }, (_, index) =>
      registrationOf({ eventId: record.eventId, number: index + 1, userId: `u-${index}`, answers }),
    );
    await seedEntries(api.tables, entries);
    for (const order of ['asc', 'desc']) {
      const first = await registrationsOf(api, record, `limit=1000&order=${order}`);
      expect(first.items.length).toBeLessThan(count);
      expect(first.items.length).toBeGreaterThan(600);
      expect(JSON.stringify(first).length).toBeLessThan(3_300_000);
      const all = await allRegistrations(api, record, `limit=1000&order=${order}`);
      const numbers = all.map(({ number }) => number);
      expect(order === 'asc' ? numbers : numbers.reverse()).toEqual(entries.map(({ number }) => number));
    }
  });
});
