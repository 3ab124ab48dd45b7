/** Requests that meet between two calls to the database, one interleaving in each test. */
import { createRegistrationRepository } from '../../src/domain/registrations/repository.ts';
import { testUsers } from '../support/issuer.ts';
import { createPublished, createStage, type Stage } from './stage.ts';

const minuteLater = '2030-06-01T12:01:00Z';
const twoMinutesLater = '2030-06-01T12:02:00Z';
const { organizer } = testUsers;

const numberOf = async (stage: Stage, who: string) => (await stage.call('getMyRegistration', who)).body?.number;

describe('of two requests of one person at the same time', () => {
  test('both return the registration that is stored, with its code, although their bodies differ', async () => {
    const stage = await createPublished();
    let faster;
    stage.before('put', async () => (faster = await stage.register('anna', { name: 'Anna' })));
    const slower = await stage.register('anna', { name: 'Anna Berg' });
    expect(faster).toMatchObject({ status: 201, body: { number: 1, name: 'Anna' } });
    expect(slower).toMatchObject({ status: 200, body: { number: 1, name: 'Anna Berg' } });
    expect(slower.body?.code).toBe((await stage.call('getMyRegistration', 'anna')).body?.code);
    expect(slower.body?.code).toEqual(expect.stringMatching(/^[\w-]{44}$/));
  });

  test('the slower one gives its number back at once', async () => {
    const stage = await createPublished();
    stage.before('update', () => stage.register('anna'), 1);
    expect(await stage.register('anna')).toMatchObject({ status: 200, body: { number: 2 } });
    expect(await stage.counts()).toMatchObject({ registeredCount: 1 });
    await stage.register('ben');
    expect(await stage.counts()).toEqual({ registeredCount: 2, seatsLeft: 0, waitlistedCount: 0 });
  });

  test('the slower one gives its number back although the capacity has just been raised', async () => {
    const stage = await createPublished({ capacity: 1 });
    await stage.register('ben');
    stage.before('update', () => stage.register('anna'), 1);
    // The first transaction is that of the number which was taken in vain.
    stage.before('transact', () => stage.update({ capacity: 5 }));
    expect(await stage.register('anna')).toMatchObject({ status: 200, body: { number: 3 } });
    expect(await stage.counts()).toEqual({ registeredCount: 2, seatsLeft: 3, waitlistedCount: 0 });
  });

  test('the slower one does not register again if the registration was cancelled since', async () => {
    const stage = await createPublished();
    const registerAndCancel = async () => {
      await stage.register('anna');
      await stage.call('cancelMyRegistration', 'anna');
    };
    stage.before('update', registerAndCancel, 1);
    expect(await stage.register('anna')).toMatchObject({ status: 200, body: { number: 2, status: 'cancelled' } });
  });

  test('one that changes the name does not bring back what the other one erases', async () => {
    const stage = await createPublished();
    await stage.register('anna');
    stage.before('update', () => stage.call('deleteMyRegistration', 'anna'));
    const changed = await stage.register('anna', { name: 'Anna Berg' });
    expect(changed).toMatchObject({ status: 201, body: { number: 2 } });
    const first = stage.database.rows('registrations').find(({ number }) => number === 1);
    expect(first).not.toHaveProperty('name');
  });

  test('one that erases a number that was never used keeps the newer registration', async () => {
    const stage = await createPublished();
    stage.die('put');
    await stage.register('anna').catch(() => undefined);
    // The third transaction of deleteMyRegistration removes the record; the number is void by then.
    stage.before('transact', () => stage.register('anna'), 1);
    expect(await stage.call('deleteMyRegistration', 'anna')).toEqual({ status: 204 });
    expect(await stage.call('getMyRegistration', 'anna')).toEqual({ problem: 'registration-not-found' });
    expect(stage.stored()).not.toContain('anna');
    expect(await stage.counts()).toMatchObject({ registeredCount: 0 });
  });
});

describe('a response that was lost', () => {
  test('of taking the last number gives the seat to the one who took it', async () => {
    const stage = await createPublished({ capacity: 1, waitlist: false });
    stage.loseResponse('update');
    expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number: 1, status: 'confirmed' } });
  });

  test('of taking a number does not take a second one', async () => {
    const stage = await createPublished();
    stage.loseResponse('update');
    await stage.register('anna');
    expect(await stage.register('ben')).toMatchObject({ body: { number: 2 } });
  });

  test('of writing the registration does not make it look like that of another request', async () => {
    const stage = await createPublished();
    stage.loseResponse('put');
    expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number: 1 } });
  });
});

describe('a number that was claimed by a request that died', () => {
  async function dieAfterClaiming(stage: Stage, who: string): Promise<void> {
    stage.die('put');
    await expect(stage.register(who)).rejects.toThrow('died');
  }

  test('is used by the next request of the person', async () => {
    const stage = await createPublished({ capacity: 1, waitlist: false });
    await dieAfterClaiming(stage, 'anna');
    expect(await stage.register('ben')).toEqual({ problem: 'event-full' });
    expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number: 1, status: 'confirmed' } });
  });

  test('is not used once the event takes no registrations', async () => {
    const stage = await createPublished();
    await dieAfterClaiming(stage, 'anna');
    await stage.call('cancelEvent');
    expect(await stage.register('anna')).toEqual({ problem: 'event-cancelled' });
  });

  test('is not used by a request that was late, once it was released', async () => {
    const stage = await createPublished({ capacity: 1 });
    stage.before('put', async () => {
      await stage.register('ben');
      stage.at(twoMinutesLater);
      expect(await stage.call('getMyRegistration', 'ben')).toMatchObject({ body: { number: 2, status: 'confirmed' } });
    });
    expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number: 3, status: 'waitlisted' } });
  });

  test('leaves nothing of the person if the event was deleted since', async () => {
    const stage = await createPublished();
    stage.before(
      'update',
      async () => {
        stage.at(twoMinutesLater);
        expect(await stage.call('deleteEvent')).toEqual({ status: 204 });
      },
      1,
    );
    expect(await stage.register('anna')).toEqual({ problem: 'event-not-found' });
    expect(stage.stored()).not.toContain('anna');
  });
});

describe('a gap', () => {
  async function gapThen(stage: Stage, ...people: readonly string[]): Promise<void> {
    stage.die('update', 1);
    await expect(stage.register('somebody')).rejects.toThrow('died');
    for (const who of people) await stage.register(who);
  }

  test('is not released while its request may still be running', async () => {
    const stage = await createPublished({ capacity: 1 });
    await gapThen(stage, 'anna');
    stage.at('2030-06-01T12:00:59Z');
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { status: 'waitlisted' } });
  });

  test('is released a minute later, and the next number has the seat', async () => {
    const stage = await createPublished({ capacity: 1 });
    await gapThen(stage, 'anna');
    stage.at(minuteLater);
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { status: 'confirmed' } });
  });

  test('is found again if it was too young when somebody looked', async () => {
    const stage = await createPublished({ capacity: 2 });
    await stage.register('ben');
    await gapThen(stage, 'anna');
    stage.at('2030-06-01T12:00:30Z');
    await stage.call('getMyRegistration', 'anna');
    stage.at(minuteLater);
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { status: 'confirmed' } });
  });

  test('is as old as the registration after it, however many people come later', async () => {
    const stage = await createPublished({ capacity: 1 });
    await gapThen(stage, 'anna');
    stage.at('2030-06-01T12:00:45Z');
    await stage.register('ben');
    stage.at(minuteLater);
    await stage.register('chris');
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { status: 'confirmed' } });
  });

  test('is released before an event counts as full', async () => {
    const stage = await createPublished({ capacity: 1, waitlist: false });
    await gapThen(stage);
    expect(await stage.register('anna')).toEqual({ problem: 'event-full' });
    stage.at(minuteLater);
    expect(await stage.register('anna')).toMatchObject({ status: 201, body: { number: 2, status: 'confirmed' } });
  });

  test.each([
    ['unpublishEvent', undefined, { status: 200 }],
    ['deleteEvent', undefined, { status: 204 }],
    ['updateEvent', { capacity: 1 }, { status: 200 }],
  ] as const)('does not count as somebody who is registered: %s', async (operationId, body, expected) => {
    const stage = await createPublished({ capacity: 2 });
    await gapThen(stage);
    if (operationId === 'updateEvent') await stage.register('anna');
    stage.at(twoMinutesLater);
    expect(await stage.call(operationId, organizer, { ...(body && { body }) })).toMatchObject(expected);
  });

  test('is found by those who look even if the clock of another request was ahead', async () => {
    const stage = await createPublished({ capacity: 1 });
    await gapThen(stage, 'anna');
    stage.at('2030-06-01T12:00:40Z');
    await stage.call('listRegistrations');
    stage.at('2030-06-01T12:00:20Z');
    await stage.call('listRegistrations');
    stage.at(minuteLater);
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { status: 'confirmed' } });
  });

  test.each([
    ['the last number', []],
    ['a number in between', ['anna']],
  ])('keeps no seat empty for as long as the clock of its request was ahead: %s', async (_, others) => {
    const stage = await createPublished({ capacity: 1 });
    stage.at('2030-06-02T12:00:00Z');
    await gapThen(stage, ...others);
    stage.at('2030-06-01T12:00:00Z');
    await stage.call('listRegistrations');
    expect(await stage.counts()).toEqual({
      registeredCount: others.length,
      seatsLeft: 1 - others.length,
      waitlistedCount: 0,
    });
  });
});

describe('people who leave the waitlist', () => {
  test('are settled once, also by themselves', async () => {
    const stage = await createPublished({ capacity: 1 });
    await stage.register('anna');
    await stage.register('ben');
    await stage.call('cancelMyRegistration', 'ben');
    const repository = createRegistrationRepository(stage.database, 'registrations');
    const { signal } = new AbortController();
    const entry = await repository.get(stage.eventId, 2, signal);
    const settle = () => repository.transact(entry ? [repository.settling(entry)] : [], signal);
    expect(await settle()).toBe('done');
    expect(await settle()).toEqual([expect.objectContaining({ conditionFailed: true })]);
  });

  /** Anna has the only seat; then so many people wait and leave, and Zoe waits. */
  async function manyLeave(count: number): Promise<Stage> {
    const stage = await createPublished({ capacity: 1 });
    await stage.register('anna');
    for (let person = 1; person <= count; person += 1) {
      await stage.register(`person-${person}`);
      await stage.call('cancelMyRegistration', `person-${person}`);
    }
    await stage.register('zoe');
    return stage;
  }

  test('leave no seat empty, however many they are', async () => {
    const stage = await manyLeave(250);
    stage.calls.length = 0;
    await stage.call('cancelMyRegistration', 'anna');
    // One cancels, and each of the others releases up to 99 numbers.
    expect(stage.calls.filter((call) => call === 'transact')).toHaveLength(4);
    expect(await stage.call('getMyRegistration', 'zoe')).toMatchObject({ body: { status: 'confirmed' } });
    expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  test('are released by the next look at once if one had not enough time', async () => {
    const stage = await manyLeave(250);
    stage.callsTake(400);
    await stage.call('cancelMyRegistration', 'anna');
    for (const status of ['waitlisted', 'confirmed'])
      expect(await stage.call('getMyRegistration', 'zoe')).toMatchObject({ body: { status } });
  });

  test('are looked for every ten seconds, and not more often', async () => {
    const stage = await createPublished({ capacity: 1 });
    stage.die('update', 1);
    await expect(stage.register('somebody')).rejects.toThrow('died');
    await stage.register('anna');
    stage.calls.length = 0;
    await stage.call('getMyRegistration', 'anna');
    expect(stage.calls).not.toContain('query');
  });

  test('let no registration take longer than a few seconds when the event is full', async () => {
    const stage = await manyLeave(600);
    await stage.update({ waitlist: false });
    await stage.call('cancelMyRegistration', 'zoe');
    stage.callsTake(1_000);
    await stage.call('cancelMyRegistration', 'anna');
    stage.calls.length = 0;
    expect(await stage.register('ben')).toEqual({ problem: 'event-full' });
    expect(stage.calls.length).toBeLessThan(14);
    stage.callsTake(0);
    expect(await stage.register('ben')).toMatchObject({ status: 201, body: { status: 'confirmed' } });
  });

  test('are released although a number before theirs has just been taken, and its registration is not written yet', async () => {
    const stage = await createPublished({ capacity: 1 });
    await stage.register('anna');
    stage.die('update', 1);
    await expect(stage.register('somebody')).rejects.toThrow('died');
    for (const who of ['ben', 'chris']) await stage.register(who);
    await stage.call('cancelMyRegistration', 'ben');
    await stage.update({ capacity: 3 });
    expect(await stage.call('getMyRegistration', 'chris')).toMatchObject({ body: { status: 'confirmed' } });
    stage.at(minuteLater);
    await stage.call('listRegistrations');
    expect(await stage.counts()).toEqual({ registeredCount: 2, seatsLeft: 1, waitlistedCount: 0 });
  });

  test('are released in smaller numbers if one of them was released meanwhile', async () => {
    const stage = await manyLeave(40);
    stage.before('transact', () => stage.call('listRegistrations'), 1);
    await stage.call('cancelMyRegistration', 'anna');
    expect(await stage.call('getMyRegistration', 'zoe')).toMatchObject({ body: { status: 'confirmed' } });
    expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  test('leave no seat empty when there are more seats, even if no one else waits', async () => {
    const stage = await createPublished({ capacity: 1 });
    for (const who of ['anna', 'ben', 'chris']) await stage.register(who);
    for (const who of ['ben', 'chris']) await stage.call('cancelMyRegistration', who);
    await stage.update({ capacity: 3 });
    expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 2, waitlistedCount: 0 });
    expect(await stage.register('dora')).toMatchObject({ body: { number: 4, status: 'confirmed' } });
    expect(await stage.counts()).toEqual({ registeredCount: 2, seatsLeft: 1, waitlistedCount: 0 });
  });

  test('are released with a seat if they got one in the same moment', async () => {
    const stage = await createPublished({ capacity: 1 });
    for (const who of ['anna', 'ben', 'chris']) await stage.register(who);
    stage.before('transact', () => stage.call('cancelMyRegistration', 'anna'));
    expect(await stage.call('cancelMyRegistration', 'ben')).toMatchObject({ body: { status: 'cancelled' } });
    expect(await stage.call('getMyRegistration', 'chris')).toMatchObject({ body: { status: 'confirmed' } });
    expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  test('are found although they leave while a seat before theirs is released', async () => {
    const stage = await createPublished({ capacity: 1 });
    stage.die('update', 1);
    await expect(stage.register('somebody')).rejects.toThrow('died');
    for (const who of ['anna', 'ben']) await stage.register(who);
    stage.at(minuteLater);
    stage.before('transact', () => stage.call('cancelMyRegistration', 'anna'));
    expect(await stage.call('getMyRegistration', 'ben')).toMatchObject({ body: { number: 3, status: 'confirmed' } });
    expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  test('are released once, although two requests look at the same time', async () => {
    const stage = await createPublished({ capacity: 1 });
    for (const who of ['anna', 'ben', 'chris', 'dora']) await stage.register(who);
    await stage.call('cancelMyRegistration', 'ben');
    await stage.update({ capacity: 2 });
    stage.at('2030-06-01T12:00:20Z');
    stage.before('transact', async () => {
      stage.at('2030-06-01T12:00:40Z');
      await stage.call('listRegistrations');
    });
    expect(await stage.call('getMyRegistration', 'dora')).toMatchObject({ body: { status: 'waitlisted', ahead: 0 } });
    expect(await stage.call('getMyRegistration', 'chris')).toMatchObject({ body: { status: 'confirmed' } });
    expect(await stage.counts()).toEqual({ registeredCount: 2, seatsLeft: 0, waitlistedCount: 1 });
  });

  test('are not counted when the capacity is lowered', async () => {
    const stage = await createPublished({ capacity: 3 });
    for (const who of ['anna', 'ben', 'chris', 'dora']) await stage.register(who);
    for (const who of ['dora', 'chris']) await stage.call('cancelMyRegistration', who);
    expect(await stage.update({ capacity: 2 })).toMatchObject({
      status: 200,
      body: { registeredCount: 2, seatsLeft: 0 },
    });
  });
});

describe('an event that changes while something else is written', () => {
  test('is published with the capacity that it has by then', async () => {
    const stage = await createStage({ capacity: 10 });
    stage.before('transact', () => stage.update({ capacity: 1 }));
    expect(await stage.call('publishEvent')).toMatchObject({ body: { capacity: 1, seatsLeft: 1 } });
    await stage.register('anna');
    expect(await stage.register('ben')).toMatchObject({ body: { status: 'waitlisted' } });
  });

  test('keeps the seat of somebody who registers while the capacity is lowered', async () => {
    const stage = await createPublished({ capacity: 2 });
    await stage.register('anna');
    stage.before('transact', () => stage.register('ben'));
    expect(await stage.update({ capacity: 1 })).toEqual({ problem: 'capacity-below-registrations' });
    expect(await stage.call('getMyRegistration', 'ben')).toMatchObject({ body: { status: 'confirmed' } });
  });

  test.each(['unpublishEvent', 'deleteEvent'] as const)(
    'keeps somebody who registers meanwhile: %s',
    async (operation) => {
      const stage = await createPublished();
      stage.before('transact', () => stage.register('anna'));
      expect(await stage.call(operation)).toEqual({ problem: 'event-has-registrations' });
      expect(await numberOf(stage, 'anna')).toBe(1);
    },
  );

  test.each(['registerForEvent', 'getMyRegistration', 'getRegistration'] as const)(
    'shows no seat to a number that was taken after the capacity was lowered: %s',
    async (operation) => {
      const stage = await createPublished({ capacity: 2 });
      await stage.register('anna');
      // After the event and its seats were read, and before what tells the number.
      const lowerAndRegister = async () => {
        await stage.update({ capacity: 1 });
        await stage.register('ben');
      };
      stage.before('get', lowerAndRegister, 2);
      const path = { eventId: stage.eventId, number: 2 };
      const result =
        operation === 'getRegistration'
          ? await stage.call(operation, organizer, { path })
          : await stage.call(operation, 'ben', { body: { name: 'Name of ben' } });
      expect(result).toMatchObject({ status: 200, body: { number: 2, status: 'waitlisted' } });
    },
  );

  test('gets a first capacity with all of its seats, although somebody leaves meanwhile', async () => {
    const stage = await createPublished({ capacity: undefined });
    await stage.register('anna');
    stage.before('transact', () => stage.call('cancelMyRegistration', 'anna'));
    expect(await stage.update({ capacity: 2 })).toMatchObject({
      body: { capacity: 2, registeredCount: 0, seatsLeft: 2 },
    });
    expect(await stage.counts()).toEqual({ registeredCount: 0, seatsLeft: 2, waitlistedCount: 0 });
  });

  test('is unpublished in spite of somebody who came and left meanwhile', async () => {
    const stage = await createPublished();
    const comeAndLeave = async () => {
      await stage.register('anna');
      await stage.call('cancelMyRegistration', 'anna');
    };
    stage.before('transact', comeAndLeave);
    expect(await stage.call('unpublishEvent')).toMatchObject({ status: 200, body: { status: 'draft' } });
    expect(await stage.register('ben')).toEqual({ problem: 'event-not-found' });
  });

  test('reports a concurrent change after losing five races', async () => {
    const stage = await createPublished();
    let description = 0;
    const keepChanging = async () => {
      description += 1;
      if (description < 5) stage.before('transact', keepChanging);
      await stage.update({ description: `Version ${description}` });
    };
    stage.before('transact', keepChanging);
    expect(await stage.update({ capacity: 5 })).toEqual({ problem: 'concurrent-change' });
    expect(description).toBe(5);
  });
});

describe('a registration whose event is read before another change, and its counters after it,', () => {
  test.each([
    ['registerForEvent', 'anna'],
    ['createRegistration', organizer],
  ] as const)('is rejected for what the event is now: %s', async (operationId, who) => {
    const stage = await createPublished();
    stage.before('get', () => stage.call('cancelEvent'), 1);
    expect(await stage.call(operationId, who, { body: { name: 'Anna' } })).toEqual({ problem: 'event-cancelled' });
  });
});
