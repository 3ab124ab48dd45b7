/** Registrations while the database refuses, loses or cuts off single calls. */
import { type TestApi, transports } from '../support/api.ts';
import { startApiThroughProxy } from '../support/through-proxy.ts';
import { call, cancelled, concert, draft, published, succeed } from '../support/events.ts';
import { reset, respond } from '../support/failing-server.ts';
import { type LossyProxy } from '../support/lossy-proxy.ts';
import { expectProblem } from '../support/problems.ts';
import {
  allRegistrations,
  callAs,
  countsNow,
  join,
  joinAll,
  leave,
  mira,
  newPeople,
  newPerson,
  numbered,
  own,
  registrationFrom,
  scanOf,
} from '../support/registrations.ts';
import { sampled } from '../support/sample.ts';
import { storedText } from '../support/stored.ts';

/** The database's response to a write whose condition failed. */
const conditionFailed = respond(400, 'ConditionalCheckFailedException', { message: 'The conditional request failed' });
const transactionFailed = respond(400, 'TransactionCanceledException', {
  Message: 'Transaction cancelled',
  CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }],
});

describe.each(transports)('when another request is always faster (%s),', (transport) => {
  let proxy: LossyProxy;
  let api: TestApi;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ api, proxy, stop } = await startApiThroughProxy(transport));
  });
  afterEach(() => {
    proxy.fail('UpdateItem');
    proxy.fail('TransactWriteItems');
    proxy.fail('PutItem');
  });
  afterAll(() => stop());

  const put = (event: { eventId: string }, person: string, body: object = mira) =>
    callAs(api, person, 'registerForEvent', event, { body });

  it('registerForEvent gives up after five attempts: concurrent-change', async () => {
    const event = await published(api);
    proxy.fail('UpdateItem', conditionFailed);
    proxy.calls.length = 0;
    expectProblem(await put(event, newPerson()), 'concurrent-change');
    expect(proxy.calls.filter((one) => one === 'UpdateItem')).toHaveLength(5);
    proxy.fail('UpdateItem');
    expect(await allRegistrations(api, event)).toEqual([]);
  });

  it('registerForEvent gives up replacing details: concurrent-change', async () => {
    const event = await published(api);
    const person = newPerson();
    const created = await join(api, event, person);
    proxy.fail('UpdateItem', conditionFailed);
    expectProblem(await put(event, person, { name: 'Mira Weber' }), 'concurrent-change');
    proxy.fail('UpdateItem');
    expect(await own(api, event, person)).toEqual(created);
  });

  const cancelling = [
    ['cancelMyRegistration', 'attendee'],
    ['deleteMyRegistration', 'attendee'],
    ['cancelRegistration', 'organizer'],
    ['deleteRegistration', 'organizer'],
  ] as const;
  it.each(sampled(cancelling))('%s gives up after some attempts: concurrent-change', async (operationId, caller) => {
    const event = await published(api);
    const created = await join(api, event, 'attendee');
    proxy.fail('TransactWriteItems', transactionFailed);
    expectProblem(await callAs(api, caller, operationId, event, { number: 1 }), 'concurrent-change');
    proxy.fail('TransactWriteItems');
    expect(await own(api, event, 'attendee')).toEqual(created);
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 1 });
  });

  const changes = [
    ['publishEvent', draft],
    ['unpublishEvent', published],
    ['cancelEvent', published],
    ['deleteEvent', published],
    ['updateEvent', published],
  ] as const;
  it.each(sampled(changes))('%s gives up after five attempts: concurrent-change', async (operationId, make) => {
    const event = await make(api);
    proxy.fail('TransactWriteItems', transactionFailed);
    proxy.calls.length = 0;
    const body = operationId === 'updateEvent' ? { capacity: 500 } : undefined;
    expectProblem(await call(api, operationId, event.eventId, { body }), 'concurrent-change');
    expect(proxy.calls.filter((one) => one === 'TransactWriteItems')).toHaveLength(5);
    proxy.fail('TransactWriteItems');
    expect(await succeed(api, 'getEvent', event)).toEqual(event);
  });

  const transactions = [
    ['unpublishEvent', 'organizer', false],
    ['cancelEvent', 'organizer', false],
    ['cancelMyRegistration', 'attendee', true],
    ['deleteMyRegistration', 'attendee', true],
    ['cancelRegistration', 'organizer', true],
    ['deleteRegistration', 'organizer', true],
  ] as const;
  it.each(sampled(transactions))(
    '%s returns 503 without Retry-After if its write is cut off',
    async (operationId, caller, isOnRegistration) => {
      const event = await published(api);
      if (isOnRegistration) await join(api, event, 'attendee');
      proxy.fail('TransactWriteItems', reset);
      const failed = await callAs(api, caller, operationId, event, isOnRegistration ? { number: 1 } : {});
      expectProblem(failed, 'service-unavailable');
      expect(failed.headers).not.toHaveProperty('retry-after');
    },
  );

  it.each([
    ['createRegistration', 'PutItem', { name: 'Jonas Weber' }],
    ['updateRegistration', 'UpdateItem', { name: 'Mira Weber' }],
    ['deleteCheckIn', 'TransactWriteItems', undefined],
  ] as const)('%s returns 503 without Retry-After if its %s is cut off', async (operationId, write, body) => {
    const event = await published(api);
    await join(api, event, 'attendee');
    const scan = scanOf({ number: 1 });
    await callAs(api, 'organizer', 'createCheckIns', event, { body: { scans: [scan] } });
    proxy.fail(write, reset);
    const failed = await callAs(api, 'organizer', operationId, event, { number: 1, scanId: scan.scanId, body });
    expectProblem(failed, 'service-unavailable');
    expect(failed.headers).not.toHaveProperty('retry-after');
  });
});

describe.each(transports)('when the database fails after a number was taken (%s),', (transport) => {
  let proxy: LossyProxy;
  let api: TestApi;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ api, proxy, stop } = await startApiThroughProxy(transport));
  });
  afterAll(() => stop());

  const put = (event: { eventId: string }, person: string) =>
    callAs(api, person, 'registerForEvent', event, { body: mira });

  it('registerForEvent returns 503 without Retry-After, and the next request gets the same number', async () => {
    const event = await published(api, { ...concert, capacity: 1, waitlist: false });
    const person = newPerson();
    proxy.fail('PutItem', reset);
    const failed = await put(event, person);
    expectProblem(failed, 'service-unavailable');
    expect(failed.headers).not.toHaveProperty('retry-after');
    proxy.fail('PutItem');
    // No one else gets the seat meanwhile.
    expectProblem(await put(event, newPerson()), 'event-full');
    expect(await join(api, event, person)).toMatchObject({ number: 1, status: 'confirmed' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  it('registerForEvent returns 503 without Retry-After even if the failed write is safe to repeat', async () => {
    const event = await published(api);
    proxy.fail('PutItem', respond(400, 'ThrottlingException'));
    const failed = await put(event, newPerson());
    expectProblem(failed, 'service-unavailable');
    expect(failed.headers).not.toHaveProperty('retry-after');
    proxy.fail('PutItem');
  });

  it('registerForEvent returns 503 with Retry-After if no number could be taken', async () => {
    const event = await published(api);
    proxy.fail('UpdateItem', respond(400, 'ThrottlingException'));
    const failed = await put(event, newPerson());
    expectProblem(failed, 'service-unavailable');
    expect(failed.headers).toMatchObject({ 'retry-after': '1' });
    proxy.fail('UpdateItem');
    expect(await join(api, event)).toMatchObject({ number: 1 });
  });

  it.each(['UpdateItem', 'PutItem'] as const)(
    'registerForEvent succeeds once, with one number, after a lost response to %s',
    async (lost) => {
      const event = await published(api, { ...concert, capacity: 1, waitlist: false });
      const person = newPerson();
      proxy.loseNextResponse(lost);
      const created = await join(api, event, person);
      expect(created).toMatchObject({ number: 1, status: 'confirmed' });
      expect(await own(api, event, person)).toEqual(created);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
    },
  );

  it.each(['with If-Match', 'without it'])(
    'updateRegistration succeeds once after a lost response to its write, %s',
    async (condition) => {
      const event = await published(api);
      const { etag } = await join(api, event);
      proxy.loseNextResponse('UpdateItem');
      proxy.calls.length = 0;
      const headers: Record<string, string> = condition === 'with If-Match' ? { 'if-match': etag } : {};
      const body = { name: 'Mira Late' };
      const updated = await registrationFrom(
        callAs(api, 'organizer', 'updateRegistration', event, { number: 1, body, headers }),
      );
      expect(proxy.calls.filter((one) => one === 'UpdateItem')).toHaveLength(2);
      expect(updated).toMatchObject({ ...body, etag: expect.stringMatching(/^"2-/) });
      expect(await numbered(api, event, 1)).toEqual(updated);
    },
  );

  it('cancelMyRegistration releases one seat after a lost response to the transaction', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    proxy.loseNextResponse('TransactWriteItems');
    expect(await leave(api, event, people[0] ?? '')).toMatchObject({ status: 'cancelled' });
    expect(await own(api, event, people[2] ?? '')).toMatchObject({ status: 'waitlisted', ahead: 0 });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
  });

  it('deleteMyRegistration erases after a lost response to the transaction', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await leave(api, event, person);
    proxy.loseNextResponse('TransactWriteItems');
    expect((await callAs(api, person, 'deleteMyRegistration', event)).status).toBe(204);
    expect(await storedText(api)).not.toContain(person);
  });

  it('a registration is the state of the event at the time of its write, not of its read', async () => {
    const event = await published(api);
    proxy.beforeNext('UpdateItem', () => succeed(api, 'cancelEvent', event));
    expectProblem(await put(event, newPerson()), 'event-cancelled');
    const other = await published(api);
    proxy.beforeNext('UpdateItem', () => call(api, 'deleteEvent', other.eventId));
    expectProblem(await put(other, newPerson()), 'event-not-found');
  });

  it('details are not written to a registration that was erased or cancelled meanwhile', async () => {
    const event = await published(api);
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    const body = { name: 'Mira Late' };
    proxy.beforeNext('UpdateItem', () => callAs(api, 'organizer', 'deleteRegistration', event, { number: 1 }));
    // The person is not registered any more: this registers again.
    const again = await callAs(api, first, 'registerForEvent', event, { body });
    expect(again).toMatchObject({ status: 201, body: { number: 3 } });
    expect(await numbered(api, event, 1)).not.toHaveProperty('name');
    proxy.beforeNext('UpdateItem', () => callAs(api, 'organizer', 'cancelRegistration', event, { number: 2 }));
    const other = await callAs(api, second, 'registerForEvent', event, { body });
    expect(other).toMatchObject({ status: 201, body: { number: 4 } });
    expect(await numbered(api, event, 2)).toMatchObject({ status: 'cancelled', name: mira.name });
  });

  describe('deleteEvent', () => {
    /** An event whose registrations are all cancelled, by people whose names begin with `Zebra`. */
    async function emptied(count: number) {
      const event = await published(api);
      const people = newPeople(count);
      for (const person of people) {
        await join(api, event, person, { name: `Zebra ${person}`, email: `zebra-${person}@example.com` });
        await leave(api, event, person, { reason: `Zebra reason ${person}` });
      }
      return { event, people };
    }

    it('erases all registrations: names, addresses, reasons, users and codes', async () => {
      const { event, people } = await emptied(3);
      const before = await storedText(api);
      for (const person of people) expect(before).toContain(person);
      expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
      const after = await storedText(api);
      expect(after).not.toMatch(/zebra/i);
      expect(after).not.toContain('erasing');
      for (const person of people) expect(after).not.toContain(person);
      for (const person of people) {
        expectProblem(await callAs(api, person, 'getMyRegistration', event), 'event-not-found');
        expectProblem(await callAs(api, person, 'deleteMyRegistration', event), 'registration-not-found');
      }
      expectProblem(await call(api, 'deleteEvent', event.eventId), 'event-not-found');
    });

    it('continues the erasure if it was cut off, for its organizer only', async () => {
      const { event, people } = await emptied(3);
      // The event is replaced by the first write; the erasure begins with a query.
      proxy.fail('Query', reset);
      expectProblem(await call(api, 'deleteEvent', event.eventId), 'service-unavailable');
      proxy.fail('Query');
      expectProblem(await call(api, 'getEvent', event.eventId), 'event-not-found');
      expect(await storedText(api)).toMatch(/Zebra/);
      expectProblem(await call(api, 'deleteEvent', event.eventId, { as: 'rival' }), 'event-not-found');
      // People can erase their own meanwhile.
      expect((await callAs(api, people[0] ?? '', 'deleteMyRegistration', event)).status).toBe(204);
      expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
      const after = await storedText(api);
      expect(after).not.toMatch(/zebra/i);
      for (const person of people) expect(after).not.toContain(person);
      expectProblem(await call(api, 'deleteEvent', event.eventId), 'event-not-found');
    });

    it('leaves the idempotency key of an event with registrations consumed for ever', async () => {
      const headers = { 'Idempotency-Key': 'with-registrations' };
      const created = await call(api, 'createEvent', undefined, { body: concert, headers });
      const event = created.body as { eventId: string };
      await succeed(api, 'publishEvent', event);
      await join(api, event, 'attendee');
      await leave(api, event, 'attendee');
      expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
      const stored = await api.tables.database.get({
        TableName: api.tables.tableNames.events,
        Key: { eventId: event.eventId },
      });
      expect(stored).toHaveProperty('deletedAt');
      expect(stored).not.toHaveProperty('expiresAt');
      const again = await call(api, 'createEvent', undefined, { body: concert, headers });
      expectProblem(again, 'idempotency-key-consumed');
    });

    it('is possible a minute after a request died that had taken a number', async () => {
      const event = await published(api);
      proxy.fail('PutItem', reset);
      await put(event, newPerson());
      proxy.fail('PutItem');
      expectProblem(await call(api, 'deleteEvent', event.eventId), 'event-has-registrations');
      expectProblem(await call(api, 'unpublishEvent', event.eventId), 'event-has-registrations');
      api.advance(61_000);
      expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
    });

    it('is rejected while somebody is registered or waits, and for a cancelled event too', async () => {
      const event = await published(api, { ...concert, capacity: 1 });
      const people = newPeople(2);
      await joinAll(api, event, people);
      await leave(api, event, people[0] ?? '');
      expectProblem(await call(api, 'deleteEvent', event.eventId), 'event-has-registrations');
      await succeed(api, 'cancelEvent', event);
      expectProblem(await call(api, 'deleteEvent', event.eventId), 'event-has-registrations');
      await leave(api, event, people[1] ?? '');
      expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
      expect((await call(api, 'deleteEvent', (await cancelled(api)).eventId)).status).toBe(204);
    });
  });
});
