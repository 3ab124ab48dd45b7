/** What becomes of registrations when their event changes, and when they are erased. */
import { maxNumbersPerUser } from '../../src/domain/registrations/model.ts';
import { testUsers } from '../support/issuer.ts';
import { createPublished, createStage, type Stage } from './stage.ts';
import { inFull } from '../support/sample.ts';

const { organizer } = testUsers;
const afterTheEnd = '2030-06-22T12:00:00Z';

/** Makes an event as it was stored before events had counters. */
function withoutCounters({ database, eventId }: Stage): Promise<unknown> {
  return database.transact([{ delete: { TableName: 'registrations', Key: { scope: `${eventId}/seats`, number: 0 } } }]);
}

describe('an event without counters', () => {
  test.each([
    ['getEvent', { body: { registeredCount: 0, seatsLeft: 2 } }],
    ['updateEvent', { status: 200, body: { capacity: 5, seatsLeft: 5 } }],
    ['cancelEvent', { status: 200, body: { status: 'cancelled' } }],
    ['unpublishEvent', { status: 200, body: { status: 'draft' } }],
    ['deleteEvent', { status: 204 }],
    ['listRegistrations', { status: 200, body: { items: [] } }],
  ] as const)('works as any other: %s', async (operationId, expected) => {
    const stage = await createPublished();
    await withoutCounters(stage);
    const parts = operationId === 'updateEvent' ? { body: { capacity: 5 } } : {};
    expect(await stage.call(operationId, organizer, parts)).toMatchObject(expected);
  });

  test('takes registrations at once', async () => {
    const stage = await createPublished({ capacity: 1 });
    await withoutCounters(stage);
    expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number: 1, status: 'confirmed' } });
    expect(await stage.register('ben')).toMatchObject({ status: 201, body: { number: 2, status: 'waitlisted' } });
  });

  test('gets them with the capacity that it has by then', async () => {
    const stage = await createPublished({ capacity: 9 });
    await withoutCounters(stage);
    stage.before('transact', () => stage.update({ capacity: 1 }));
    await stage.register('anna');
    expect(await stage.counts()).toMatchObject({ registeredCount: 1, seatsLeft: 0 });
  });
});

describe('registration', () => {
  test('closes when the event ends, even after the end was moved', async () => {
    const stage = await createPublished();
    await stage.update({ endsAt: '2030-06-21T20:00:00Z' });
    stage.at('2030-06-21T21:00:00Z');
    expect(await stage.register('anna')).toEqual({ problem: 'registration-closed' });
    await stage.update({ endsAt: '2030-06-21T23:00:00Z' });
    expect(await stage.register('anna')).toMatchObject({ status: 201 });
  });

  test('closes when the event ends, even if its own time is later', async () => {
    const stage = await createPublished({ registrationClosesAt: '2030-06-30T12:00:00Z' });
    stage.at(afterTheEnd);
    expect(await stage.register('anna')).toEqual({ problem: 'registration-closed' });
  });

  test('is hidden with a draft, also with one that was published, but not from its organizer', async () => {
    const stage = await createPublished();
    await stage.call('unpublishEvent');
    expect(await stage.register('anna')).toEqual({ problem: 'event-not-found' });
    expect(await stage.register(organizer)).toEqual({ problem: 'not-published' });
    const never = await createStage();
    expect(await never.register(organizer)).toEqual({ problem: 'not-published' });
  });

  test('follows the settings that a draft has when it is published again', async () => {
    const stage = await createPublished({ capacity: 1 });
    await stage.register('anna');
    await stage.call('cancelMyRegistration', 'anna');
    await stage.call('unpublishEvent');
    await stage.update({ capacity: 2, waitlist: false });
    await stage.call('publishEvent');
    for (const who of ['ben', 'chris'])
      expect(await stage.register(who)).toMatchObject({ body: { status: 'confirmed' } });
    expect(await stage.register('dora')).toEqual({ problem: 'event-full' });
  });

  test('is refused to somebody who has taken twenty numbers', async () => {
    const stage = await createPublished();
    for (let number = 1; number <= maxNumbersPerUser; number += 1) {
      expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number } });
      await stage.call('cancelMyRegistration', 'anna');
    }
    expect(await stage.register('anna')).toEqual({ problem: 'too-many-registrations' });
    expect(await stage.register('ben')).toMatchObject({ status: 201 });
  });

  test('of somebody whose number is a stranger’s after a restore takes a new number', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    const Key = { scope: `${stage.eventId}/attendee/ben`, number: 0 };
    await stage.database.put({ TableName: 'registrations', Item: { ...Key, latest: 1, numbers: new Set([1]) } });
    expect(await stage.call('getMyRegistration', 'ben')).toEqual({ problem: 'registration-not-found' });
    expect(await stage.call('cancelMyRegistration', 'ben')).toEqual({ problem: 'registration-not-found' });
    expect(await stage.register('ben')).toMatchObject({ status: 201, body: { number: 2, name: 'Name of ben' } });
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { number: 1, status: 'confirmed' } });
  });

  test('is not copied with the time at which it opens and closes when an event is duplicated', async () => {
    const stage = await createStage({
      waitlist: false,
      registrationOpensAt: '2030-05-01T12:00:00Z',
      registrationClosesAt: '2030-06-20T12:00:00Z',
    });
    const body = { startsAt: '2031-06-21T18:00:00Z', endsAt: '2031-06-21T22:00:00Z' };
    const { body: copy } = await stage.call('duplicateEvent', organizer, { body });
    expect(copy).toMatchObject({ waitlist: false, capacity: 2 });
    expect(copy).not.toHaveProperty('registrationOpensAt');
    expect(copy).not.toHaveProperty('registrationClosesAt');
  });
});

describe('a cancellation that arrives late', () => {
  test('leaves the new registration alone if it names the old number', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    const cancelFirst = () => stage.call('cancelMyRegistration', 'anna', { body: { number: 1 } });
    await cancelFirst();
    await stage.register('anna');
    expect(await cancelFirst()).toMatchObject({ status: 200, body: { number: 1, status: 'cancelled' } });
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { number: 2, status: 'confirmed' } });
  });

  test('keeps the reason of the first one', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    const cancel = (reason: string) => stage.call('cancelMyRegistration', 'anna', { body: { reason } });
    stage.before('transact', () => cancel('Ill'));
    expect(await cancel('Late')).toMatchObject({ status: 200, body: { cancellation: { reason: 'Ill' } } });
    expect(await stage.counts()).toMatchObject({ registeredCount: 0, seatsLeft: 2 });
  });
});

describe('erasing', () => {
  /** Registers, cancels with a reason, and registers again. */
  async function registerTwice(stage: Stage): Promise<void> {
    await stage.register('anna', { email: 'anna@example.com' });
    await stage.call('cancelMyRegistration', 'anna', { body: { reason: 'Reason of anna' } });
    await stage.register('anna', { email: 'anna@example.com' });
  }

  test('reaches earlier registrations of the person', async () => {
    const stage = await createPublished();
    await registerTwice(stage);
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ status: 204 });
    expect(stage.stored()).not.toContain('anna');
    expect(await stage.counts()).toEqual({ registeredCount: 0, seatsLeft: 2, waitlistedCount: 0 });
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ problem: 'registration-not-found' });
  });

  test('by the organizer reaches earlier registrations, which the person could not find any more', async () => {
    const stage = await createPublished();
    await registerTwice(stage);
    const path = { eventId: stage.eventId, number: 2 };
    expect(await stage.call('deleteRegistration', organizer, { path })).toEqual({ status: 204 });
    expect(stage.stored()).not.toContain('anna');
    expect(await stage.call('deleteRegistration', organizer, { path })).toEqual({ status: 204 });
  });

  test('is possible after the end of the event, and the person stays counted', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    stage.at('2030-06-21T19:00:00Z');
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ problem: 'event-started' });
    stage.at(afterTheEnd);
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ status: 204 });
    expect(stage.stored()).not.toContain('anna');
    expect(await stage.counts()).toMatchObject({ registeredCount: 1 });
  });

  describe('after the end of the event', () => {
    /** Anna was registered, and checked in or not; she or the organizer has erased it since. */
    async function erasedAfterTheEnd({
      by,
      inside,
    }: {
      readonly by: string;
      readonly inside: boolean;
    }): Promise<Stage> {
      const stage = await createPublished();
      await stage.register('anna');
      const scan = { scanId: '00000000-0000-4000-8000-000000000001', number: 1, scannedAt: '2030-06-21T17:30:00Z' };
      stage.at('2030-06-21T17:30:00Z');
      if (inside) await stage.call('createCheckIns', organizer, { body: { scans: [scan] } });
      stage.at(afterTheEnd);
      const erased =
        by === 'anna'
          ? stage.call('deleteMyRegistration', 'anna')
          : stage.call('deleteRegistration', organizer, { path: { eventId: stage.eventId, number: 1 } });
      expect(await erased).toEqual({ status: 204 });
      return stage;
    }

    const cases = [
      { by: 'anna', inside: false },
      { by: 'organizer', inside: false },
      { by: 'anna', inside: true },
    ];

    test.each(cases)('still lets the organizer cancel, without a reason, and delete the event: %j', async (erased) => {
      const stage = await erasedAfterTheEnd(erased);
      const path = { eventId: stage.eventId, number: 1 };
      const cancelled = await stage.call('cancelRegistration', organizer, { path, body: { reason: 'Reason of anna' } });
      expect(cancelled).toMatchObject({
        status: 200,
        body: { status: 'cancelled', cancellation: { by: 'organizer' } },
      });
      expect(stage.stored()).not.toContain('anna');
      expect(stage.stored()).not.toContain('codeDigest');
      expect(await stage.counts()).toMatchObject({ registeredCount: 0, seatsLeft: 2 });
      expect(await stage.call('deleteEvent')).toEqual({ status: 204 });
    });

    test.each(cases)('frees the seat once the event is moved and the organizer deletes it: %j', async (erased) => {
      const stage = await erasedAfterTheEnd(erased);
      const path = { eventId: stage.eventId, number: 1 };
      expect(await stage.call('deleteRegistration', organizer, { path })).toEqual({ status: 204 });
      expect(await stage.counts()).toMatchObject({ registeredCount: 1 });
      await stage.update({ startsAt: '2030-07-21T18:00:00Z', endsAt: '2030-07-21T22:00:00Z' });
      expect(await stage.call('deleteRegistration', organizer, { path })).toEqual({ status: 204 });
      expect(await stage.counts()).toMatchObject({ registeredCount: 0, seatsLeft: 2 });
    });
  });

  test('reaches a reason that the organizer gives in the same moment, after the end', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    stage.at(afterTheEnd);
    stage.before('transact', () => stage.call('deleteMyRegistration', 'anna'));
    const path = { eventId: stage.eventId, number: 1 };
    const cancelled = await stage.call('cancelRegistration', organizer, { path, body: { reason: 'Reason of anna' } });
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(stage.stored()).not.toContain('anna');
  });

  test('removes the id of the request, with which the log names the person', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    expect(stage.stored()).toContain('requestId');
    await stage.call('deleteMyRegistration', 'anna');
    expect(stage.stored()).not.toContain('requestId');
  });

  test('does not let a write that is sent again register a second time', async () => {
    const stage = await createPublished();
    stage.loseResponse('put', () => stage.call('deleteMyRegistration', 'anna'));
    expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number: 1, status: 'cancelled' } });
    expect(stage.stored()).not.toContain('anna');
  });

  test('reaches a reason that was given in the same moment', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    await stage.call('cancelEvent');
    stage.at(afterTheEnd);
    stage.before('transact', () => stage.call('cancelMyRegistration', 'anna', { body: { reason: 'Reason of anna' } }));
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ status: 204 });
    expect(stage.stored()).not.toContain('anna');
  });

  test('is possible for a cancelled registration whose event is a draft or deleted', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    await stage.call('cancelMyRegistration', 'anna');
    await stage.call('unpublishEvent');
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ status: 204 });
    expect(stage.stored()).not.toContain('anna');
  });

  test('of a registration and its record happens together, even if its request dies in between', async () => {
    const stage = await createPublished();
    await registerTwice(stage);
    for (let attempts = 0; attempts < 20; attempts += 1) {
      stage.die('transact');
      const died = await stage.call('deleteMyRegistration', 'anna').catch(() => 'died');
      if (died !== 'died') break;
      expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ status: 200 });
      await stage.call('cancelMyRegistration', 'anna');
    }
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ status: 204 });
    expect(stage.stored()).not.toContain('anna');
  });
});

describe('deleting an event', () => {
  async function withCancelled(): Promise<Stage> {
    const stage = await createPublished({ capacity: 9 });
    for (const who of ['anna', 'ben', 'chris']) {
      await stage.register(who);
      await stage.call('cancelMyRegistration', who, { body: { reason: `Reason of ${who}` } });
    }
    return stage;
  }

  test('erases everything personal of those who were registered', async () => {
    const stage = await withCancelled();
    expect(await stage.call('deleteEvent')).toEqual({ status: 204 });
    expect(stage.stored()).not.toMatch(/anna|ben|chris/);
  });

  inFull('erases in few transactions, so that thousands fit into one request', async () => {
    const stage = await createPublished();
    for (let person = 1; person <= 450; person += 1) {
      await stage.register(`person-${person}`);
      await stage.call('cancelMyRegistration', `person-${person}`);
    }
    stage.calls.length = 0;
    expect(await stage.call('deleteEvent')).toEqual({ status: 204 });
    expect(stage.calls.length).toBeLessThan(20);
    expect(stage.stored()).not.toContain('person-');
  });

  test('erases the others although somebody erases one of them in the same moment', async () => {
    const stage = await withCancelled();
    stage.before('transact', () => stage.call('deleteMyRegistration', 'ben'), 1);
    expect(await stage.call('deleteEvent')).toEqual({ status: 204 });
    expect(stage.stored()).not.toMatch(/anna|ben|chris/);
  });

  test.each([1, 2])('continues the erasure where it was cut off (%i)', async (transactions) => {
    const stage = await withCancelled();
    stage.die('transact', transactions);
    await expect(stage.call('deleteEvent')).rejects.toThrow('died');
    expect(await stage.call('getEvent')).toEqual({ problem: 'event-not-found' });
    expect(await stage.call('deleteEvent')).toEqual({ status: 204 });
    expect(stage.stored()).not.toMatch(/anna|ben|chris/);
    expect(await stage.call('deleteEvent')).toEqual({ problem: 'event-not-found' });
  });

  test('keeps its id consumed for ever if people have registered, and for a day otherwise', async () => {
    const stage = await withCancelled();
    await stage.call('deleteEvent');
    expect(stage.database.rows('events')).toEqual([expect.not.objectContaining({ expiresAt: expect.anything() })]);
    const empty = await createPublished();
    await empty.call('deleteEvent');
    expect(empty.database.rows('events')).toEqual([expect.objectContaining({ expiresAt: expect.any(Number) })]);
  });
});

describe('lists', () => {
  test('show no gaps and no numbers without a registration', async () => {
    const stage = await createPublished({ capacity: 9 });
    await stage.register('anna');
    stage.die('put');
    await stage.register('ben').catch(() => undefined);
    await stage.register('chris');
    const numbers = async () => (await stage.call('listRegistrations')).body?.items?.map(({ number }) => number);
    expect(await numbers()).toEqual([1, 3]);
    stage.at('2030-06-01T12:05:00Z');
    await numbers();
    expect(stage.stored()).toContain('"void":true');
    expect(await numbers()).toEqual([1, 3]);
  });

  test('of one’s own registrations keep apart those of the same second', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    await stage.call('cancelMyRegistration', 'anna');
    await stage.register('anna');
    const { body } = await stage.call('listMyRegistrations', 'anna');
    expect(body?.items).toEqual([expect.objectContaining({ number: 2, status: 'confirmed' })]);
    const positions = stage.database.rows('registrations').flatMap(({ registeredAtId = [] }) => registeredAtId);
    expect(new Set(positions).size).toBe(2);
  });

  test('of one’s own registrations show nothing that was erased since the index was written', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    stage.before('batchGet', () => stage.call('deleteMyRegistration', 'anna'));
    expect(await stage.call('listMyRegistrations', 'anna')).toMatchObject({ status: 200, body: { items: [] } });
  });
});
