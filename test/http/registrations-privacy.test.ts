/** Who may do what with whose registrations, and where personal data may appear. */
import type { OperationId } from '../../src/contract/operations.ts';
import type { ProblemCode } from '../../src/contract/generated/types.ts';
import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import { call, concert, draft, type Event, published, succeed, withoutActions } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { callAs, join, leave, newPerson, type Registration, scanOf } from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';
import { storedText } from '../support/stored.ts';

type Caller = 'the attendee' | 'another attendee' | 'the organizer' | 'another organizer' | 'an anonymous caller';
type Outcome = number | ProblemCode;

/** What each caller gets for an event for which one attendee is registered, with number 1. */
const matrix: readonly (readonly [OperationId, Readonly<Record<Caller, Outcome>>, accept?: 'text/csv'])[] = [
  ['getMyRegistration', rowOf(200, 'registration-not-found', 'registration-not-found', 'registration-not-found')],
  ['registerForEvent', rowOf(200, 201, 201, 201)],
  ['cancelMyRegistration', rowOf(200, 'registration-not-found', 'registration-not-found', 'registration-not-found')],
  ['deleteMyRegistration', rowOf(204, 'registration-not-found', 'registration-not-found', 'registration-not-found')],
  ['listMyRegistrations', rowOf(200, 200, 200, 200)],
  ['listRegistrations', rowOf('forbidden', 'forbidden', 200, 'not-event-organizer')],
  ['listRegistrations', rowOf('forbidden', 'forbidden', 200, 'not-event-organizer'), 'text/csv'],
  ['getRegistration', rowOf('forbidden', 'forbidden', 200, 'not-event-organizer')],
  ['createRegistration', rowOf('forbidden', 'forbidden', 201, 'not-event-organizer')],
  ['updateRegistration', rowOf('forbidden', 'forbidden', 200, 'not-event-organizer')],
  ['cancelRegistration', rowOf('forbidden', 'forbidden', 200, 'not-event-organizer')],
  ['createCheckIns', rowOf('forbidden', 'forbidden', 200, 'not-event-organizer')],
  ['deleteCheckIn', rowOf('forbidden', 'forbidden', 'check-in-not-found', 'not-event-organizer')],
  ['deleteRegistration', rowOf('forbidden', 'forbidden', 204, 'not-event-organizer')],
];

function rowOf(attendee: Outcome, other: Outcome, organizer: Outcome, rival: Outcome): Record<Caller, Outcome> {
  return {
    'the attendee': attendee,
    'another attendee': other,
    'the organizer': organizer,
    'another organizer': rival,
    'an anonymous caller': 'unauthenticated',
  };
}

const cases = matrix.flatMap(([operationId, row, accept = '*/*']) =>
  (Object.entries(row) as [Caller, Outcome][]).map(
    ([caller, outcome]) => [operationId, caller, outcome, accept] as const,
  ),
);

/** Whether a caller may see the name and the address of the attendee in the response to an operation. */
const sees = (operationId: OperationId, caller: Caller) =>
  caller === 'the attendee' ||
  (caller === 'the organizer' && /^((list|get|update|cancel)Registrations?|createCheckIns)$/.test(operationId));

describe.each(transports)('the registration of an attendee (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const scan = scanOf({ number: 1 });
  const secrets = { name: 'Zebra Novak', email: 'zebra.novak@example.com' };

  function send(
    caller: Caller,
    operationId: OperationId,
    event: Event,
    person: string,
    accept: string,
  ): Promise<TestResponse> {
    const subs = {
      'the attendee': person,
      'another attendee': newPerson(),
      'the organizer': 'organizer',
      'another organizer': 'rival',
      'an anonymous caller': 'attendee',
    };
    const details = caller === 'the attendee' ? secrets : { name: 'Somebody Else' };
    return callAs(api, subs[caller], operationId, event, {
      number: 1,
      scanId: scan.scanId,
      ...(operationId === 'registerForEvent' ? { body: details } : {}),
      ...(operationId === 'createRegistration' ? { body: details } : {}),
      ...(operationId === 'updateRegistration' ? { body: {} } : {}),
      ...(operationId === 'createCheckIns' ? { body: { scans: [scan] } } : {}),
      headers: { accept, ...(caller === 'an anonymous caller' ? { authorization: '' } : {}) },
    });
  }

  it.each(sampled(cases))('gets for %s, called by %s: %s (%s)', async (operationId, caller, outcome, accept) => {
    const event = await published(api);
    const person = newPerson();
    const created = await join(api, event, person, secrets);
    const response = await send(caller, operationId, event, person, accept);
    if (typeof outcome === 'number') expect(response.status).toBe(outcome);
    else expectProblem(response, outcome);

    const { text } = response;
    if (operationId !== 'deleteMyRegistration' && typeof outcome === 'number' && sees(operationId, caller))
      expect(text).toContain(secrets.name);
    if (!sees(operationId, caller)) expect(text).not.toMatch(/zebra/i);
    // Only the attendee sees the code, and no one sees the id of the user.
    if (caller !== 'the attendee') expect(text).not.toContain(created.code);
    expect(text).not.toContain(person);
    const changed = typeof outcome === 'number' && sees(operationId, caller) && /^cancel|^delete/.test(operationId);
    const erased = typeof outcome === 'number' && operationId.startsWith('delete');
    const now = await callAs(api, person, 'getMyRegistration', event);
    if (erased) expectProblem(now, 'registration-not-found');
    else if (changed) expect(now.body).toMatchObject({ status: 'cancelled' });
    else {
      const { checkedInAt, ...others } = withoutActions(now.body as Registration);
      expect(others).toEqual(created);
      expect(checkedInAt !== undefined).toBe(operationId === 'createCheckIns' && outcome === 200);
    }
  });

  it('is not in the event, nor in lists of events, for any caller', async () => {
    const event = await published(api, { ...concert, visibility: 'public' });
    const person = newPerson();
    await join(api, event, person, secrets);
    await leave(api, event, person, { reason: 'Zebra reason' });
    await join(api, event, person, secrets);
    const poster = await api.send({ path: `/events/${event.eventId}` });
    expect(poster.status).toBe(200);
    expect(poster.text).not.toMatch(/zebra/i);
    expect(poster.text).not.toContain(person);
    for (const as of ['organizer', 'rival', 'attendee'] as const) {
      for (const path of [`/events/${event.eventId}`, '/events?limit=100', '/events?organizerId=me&limit=100']) {
        const { status, text } = await api.send({ path, as });
        expect(status).toBe(200);
        expect(text).not.toMatch(/zebra/i);
        expect(text).not.toContain(person);
      }
    }
  });

  it("has the same response from an organizer's rival for numbers that exist, do not exist, or are erased", async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = [newPerson(), newPerson(), newPerson()];
    for (const person of people) await join(api, event, person, secrets);
    await callAs(api, people[2] ?? '', 'deleteMyRegistration', event);
    const bytes = async (operationId: OperationId, number: number) => {
      const { status, headers, text } = await callAs(api, 'rival', operationId, event, { number, scanId: scan.scanId });
      const { date: _date, 'x-request-id': id = '', ...others } = headers;
      return JSON.stringify([status, others, text.replaceAll(id, 'id')]);
    };
    for (const operationId of [
      'getRegistration',
      'cancelRegistration',
      'deleteRegistration',
      'deleteCheckIn',
    ] as const) {
      const expected = await bytes(operationId, 4_294_967_295);
      expect(expected).toContain('not-event-organizer');
      for (const number of [1, 2, 3, 4]) expect([number, await bytes(operationId, number)]).toEqual([number, expected]);
    }
  });

  it('is in no log line, error or cursor, regardless of the operation', async () => {
    const { log } = api;
    log.splice(0);
    const event = await published(api, { ...concert, capacity: 2 });
    const hidden = await draft(api);
    const people = [newPerson(), newPerson(), newPerson()];
    const reason = 'Zebra reason: illness';
    const errors: string[] = [];
    const codes: string[] = [];
    const keep = (response: TestResponse) => {
      if (response.status >= 400) errors.push(response.text);
      return response;
    };
    for (const person of people) {
      const created = await callAs(api, person, 'registerForEvent', event, { body: secrets });
      codes.push((created.body as Registration).code ?? 'no code');
      await callAs(api, person, 'getMyRegistration', event);
      await callAs(api, person, 'listMyRegistrations', undefined, { query: 'limit=1' });
      // Requests that are invalid, or come at the wrong time.
      keep(await callAs(api, person, 'registerForEvent', event, { body: { ...secrets, note: secrets.email } }));
      keep(await callAs(api, person, 'registerForEvent', event, { body: { ...secrets, email: 'zebra at example' } }));
      keep(await callAs(api, person, 'registerForEvent', hidden, { body: secrets }));
      keep(await callAs(api, person, 'registerForEvent', { eventId: nonexistentEventId }, { body: secrets }));
      keep(await callAs(api, person, 'cancelMyRegistration', event, { body: { reason, note: reason } }));
      keep(await callAs(api, person, 'cancelMyRegistration', hidden, { body: { reason } }));
      keep(await callAs(api, person, 'listMyRegistrations', undefined, { query: 'name=Zebra' }));
      keep(await callAs(api, person, 'listRegistrations', event, { query: 'status=Zebra' }));
    }
    await callAs(api, people[0] ?? '', 'cancelMyRegistration', event, { body: { reason } });
    const page = await callAs(api, 'organizer', 'listRegistrations', event, { query: 'limit=1' });
    const headers = { accept: 'text/csv' };
    const table = await callAs(api, 'organizer', 'listRegistrations', event, { query: 'limit=1', headers });
    const [, cursor = ''] = /cursor=([\w-]+)/.exec(table.headers['link'] ?? '') ?? [];
    await callAs(api, 'organizer', 'getRegistration', event, { number: 2 });
    await callAs(api, 'organizer', 'cancelRegistration', event, { number: 2, body: { reason } });
    await callAs(api, 'organizer', 'deleteRegistration', event, { number: 3 });
    await callAs(api, people[0] ?? '', 'deleteMyRegistration', event);
    await succeed(api, 'cancelEvent', event);
    keep(await callAs(api, newPerson(), 'registerForEvent', event, { body: secrets }));

    expect(errors.length).toBeGreaterThan(20);
    const { nextCursor } = page.body as { nextCursor: string };
    const cursors = [nextCursor, cursor].map((one) => Buffer.from(one, 'base64url').toString());
    expect(cursors.map((one) => one.length > 20)).toEqual([true, true]);
    const texts = [...errors, ...cursors, JSON.stringify(log)];
    expect(log.length).toBeGreaterThan(40);
    for (const text of texts) {
      expect(text).not.toMatch(/zebra|illness/i);
      for (const code of codes) expect(text).not.toContain(code);
    }
    // Log lines have the id of the caller, which no other line has.
    for (const { sub, ...line } of log) for (const one of people) expect(JSON.stringify(line)).not.toContain(one);
  });

  it('has a ticket whose code is in no log line, error, list of the organizer or response to a scan', async () => {
    const event = await published(api);
    const other = await published(api);
    const person = newPerson();
    const { log } = api;
    log.splice(0);
    const { code: own = 'no code' } = await join(api, event, person, secrets);
    const walkIn = await callAs(api, 'organizer', 'createRegistration', event, { body: { name: 'Ada' } });
    const codes = [own, (walkIn.body as Registration).code ?? 'no code'];
    const responses: TestResponse[] = [];
    for (const code of codes) {
      expect(code).toHaveLength(44);
      const send = async (status: number, caller: string, at: Event, body: object, query?: string) => {
        const response = await callAs(api, caller, 'createCheckIns', at, { body, ...(query ? { query } : {}) });
        expect([code, body, response.status]).toEqual([code, body, status]);
        responses.push(response);
      };
      const scans = [scanOf({ code })];
      for (const at of [event, other]) await send(200, 'organizer', at, { scans });
      await send(200, 'organizer', event, { scans: [scanOf({ code, number: 99 })] });
      for (const caller of ['rival', person]) await send(403, caller, event, { scans });
      await send(400, 'organizer', event, { scans: [{ ...scanOf({}), code: `${code}A` }] });
      await send(400, 'organizer', event, { scans: [{ ...scanOf({}), number: code }] });
      await send(400, 'organizer', event, { scans, note: code });
      await send(400, 'organizer', event, { scans }, `code=${code}`);
    }
    for (const accept of ['application/json', 'text/csv'])
      responses.push(await callAs(api, 'organizer', 'listRegistrations', event, { headers: { accept } }));

    const texts = [...responses.map(({ text }) => text), JSON.stringify(log)];
    expect(log).toHaveLength(2 + responses.length);
    for (const text of texts) for (const code of codes) expect(text).not.toContain(code);
  });

  it('is nowhere in the database once the event is deleted, and nowhere but in the registrations before', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person, { name: 'Quagga Novak', email: 'quagga@example.com' });
    await leave(api, event, person, { reason: 'Quagga reason' });
    const { database, tableNames } = api.tables;
    const stored = await database.get({ TableName: tableNames.events, Key: { eventId: event.eventId } });
    expect(JSON.stringify(stored)).not.toMatch(/quagga/i);
    expect(JSON.stringify(stored)).not.toContain(person);
    expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
    const text = await storedText(api);
    expect(text).not.toMatch(/quagga/i);
    expect(text).not.toContain(person);
  });
});
