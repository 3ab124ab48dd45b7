/** People whom the organizer registers, with and without an idempotency key, while requests race and die. */
import { withoutActions } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { minimalAnswers, questions } from '../support/questions.ts';
import { createPublished, createStage, type Result, type Stage } from './stage.ts';

const { organizer } = testUsers;
const ada = { name: 'Name of ada', email: 'ada@example.com' };

const keyed = (key: string | undefined) => ({ headers: key === undefined ? {} : { 'Idempotency-Key': key } });
const walkIn = (stage: Stage, key?: string, body: object = ada): Promise<Result> =>
  stage.call('createRegistration', organizer, { body, ...keyed(key) });
const at = (stage: Stage, number: number) => ({ path: { eventId: stage.eventId, number } });
const cancel = (stage: Stage, number: number) =>
  stage.call('cancelRegistration', organizer, { ...at(stage, number), body: {} });
const erase = (stage: Stage, number: number) => stage.call('deleteRegistration', organizer, at(stage, number));
const patch = (stage: Stage, number: number, body: object) =>
  stage.call('updateRegistration', organizer, { ...at(stage, number), body });

const replayed = { 'Idempotency-Replayed': 'true' };

describe('a walk-in has no user, and', () => {
  test('can be cancelled, once', async () => {
    const stage = await createPublished({ capacity: 1 });
    await walkIn(stage);
    await stage.register('anna');
    expect(await cancel(stage, 1)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await cancel(stage, 1)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { status: 'confirmed' } });
    expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  test('a number that was voided meanwhile is not taken for the walk-in', async () => {
    const stage = await createPublished({ capacity: 9 });
    stage.before('put', async () => {
      // A minute later somebody looks: the number counts as a gap.
      await walkIn(stage, undefined, { name: 'Name of ben' });
      stage.at('2030-06-01T12:05:00Z');
      await stage.call('listRegistrations');
    });
    expect(await walkIn(stage)).toMatchObject({ status: 201, body: { number: 3, name: ada.name } });
    expect((await stage.call('listRegistrations')).body?.items).toMatchObject([{ number: 2 }, { number: 3 }]);
    expect(await stage.counts()).toEqual({ registeredCount: 2, seatsLeft: 7, waitlistedCount: 0 });
  });

  test('a write whose response was lost knows its own', async () => {
    const stage = await createPublished();
    stage.loseResponse('put');
    expect(await walkIn(stage)).toMatchObject({ status: 201, body: { number: 1, name: ada.name } });
    expect(await stage.counts()).toMatchObject({ registeredCount: 1, seatsLeft: 1 });
  });

  test('is erased alone, and with the event', async () => {
    const stage = await createPublished();
    await walkIn(stage, 'key-1');
    expect(stage.stored()).toContain(ada.name);
    expect(await erase(stage, 1)).toEqual({ status: 204 });
    expect(stage.stored()).not.toMatch(/of ada|ada@/);
    expect(stage.stored()).not.toContain('fingerprint');
    expect(await erase(stage, 1)).toEqual({ status: 204 });
    await walkIn(stage, 'key-2');
    await cancel(stage, 2);
    expect(await stage.call('deleteEvent')).toEqual({ status: 204 });
    expect(stage.stored()).not.toMatch(/of ada|ada@/);
    expect(stage.stored()).not.toContain('fingerprint');
  });

  test('is erased although another request cancels it in the same moment', async () => {
    const stage = await createPublished();
    await walkIn(stage);
    stage.at('2030-06-22T12:00:00Z');
    stage.before('transact', () => cancel(stage, 1));
    expect(await erase(stage, 1)).toEqual({ status: 204 });
    expect(stage.stored()).not.toMatch(/of ada|ada@/);
  });
});

describe('the organizer', () => {
  test('ignores the registration period until the event ends', async () => {
    const stage = await createPublished({
      registrationOpensAt: '2030-06-10T12:00:00Z',
      registrationClosesAt: '2030-06-11T12:00:00Z',
    });
    expect(await stage.register('anna')).toEqual({ problem: 'registration-not-open' });
    expect(await walkIn(stage)).toMatchObject({ status: 201, body: { number: 1 } });
    stage.at('2030-06-21T21:00:00Z');
    expect(await stage.register('anna')).toEqual({ problem: 'registration-closed' });
    expect(await walkIn(stage)).toMatchObject({ status: 201, body: { number: 2 } });
    stage.at('2030-06-21T22:00:00Z');
    expect(await walkIn(stage)).toEqual({ problem: 'registration-closed' });
  });

  test('does not ignore the capacity', async () => {
    const stage = await createPublished({ capacity: 1 });
    await stage.register('anna');
    expect(await walkIn(stage)).toMatchObject({ status: 201, body: { number: 2, status: 'waitlisted', ahead: 0 } });
    const full = await createPublished({ capacity: 1, waitlist: false });
    await full.register('anna');
    expect(await walkIn(full)).toEqual({ problem: 'event-full' });
    await full.call('cancelMyRegistration', 'anna');
    expect(await walkIn(full)).toMatchObject({ status: 201, body: { number: 2, status: 'confirmed' } });
  });

  test('gets a seat that a request which died has left, before the event counts as full', async () => {
    const stage = await createPublished({ capacity: 1, waitlist: false });
    stage.die('put');
    await expect(walkIn(stage)).rejects.toThrow('died');
    stage.at('2030-06-01T12:02:00Z');
    expect(await walkIn(stage)).toMatchObject({ status: 201, body: { status: 'confirmed' } });
  });

  test('needs a published event', async () => {
    const draft = await createStage();
    expect(await walkIn(draft)).toEqual({ problem: 'not-published' });
    const stage = await createPublished();
    await stage.call('cancelEvent');
    expect(await walkIn(stage)).toEqual({ problem: 'event-cancelled' });
  });

  test('does not register a person again with a key whose registration was cancelled', async () => {
    const stage = await createPublished();
    await walkIn(stage, 'key-1');
    await cancel(stage, 1);
    const response = await walkIn(stage, 'key-1');
    expect(response).toMatchObject({ status: 201, headers: replayed, body: { number: 1, status: 'cancelled' } });
    expect(response.body).not.toHaveProperty('code');
    expect(await stage.counts()).toMatchObject({ registeredCount: 0 });
  });

  test('cannot use a key again once its registration is erased', async () => {
    const stage = await createPublished();
    await walkIn(stage, 'key-1');
    await erase(stage, 1);
    expect(await walkIn(stage, 'key-1')).toEqual({ problem: 'idempotency-key-consumed' });
    expect(await walkIn(stage, 'key-1', { name: 'Somebody else' })).toEqual({ problem: 'idempotency-key-consumed' });
  });
});

describe('a key', () => {
  test('registers one person, regardless of what changes in between', async () => {
    const stage = await createPublished({ capacity: 1, waitlist: false });
    const first = await walkIn(stage, 'key-1');
    expect(first).toMatchObject({ status: 201, body: { number: 1, code: expect.any(String) as string } });
    expect(first).not.toHaveProperty(['headers', 'Idempotency-Replayed']);
    await stage.update({ questions: [...questions] });
    const replay = { status: 201, headers: replayed, body: withoutActions(first.body ?? {}) };
    expect(await walkIn(stage, 'key-1')).toMatchObject(replay);
    await stage.call('cancelEvent');
    expect(await walkIn(stage, 'key-1')).toMatchObject(replay);
    stage.at('2030-06-22T12:00:00Z');
    expect(await walkIn(stage, 'key-1')).toMatchObject(replay);
  });

  test('returns the registration as it is now, even after an update', async () => {
    const stage = await createPublished();
    await walkIn(stage, 'key-1');
    await patch(stage, 1, { name: 'Ada Fischer', email: null });
    const { body } = await walkIn(stage, 'key-1');
    expect(body).toMatchObject({ number: 1, name: 'Ada Fischer' });
    expect(body).not.toHaveProperty('email');
  });

  test('cannot be used for another request', async () => {
    const stage = await createPublished();
    await walkIn(stage, 'key-1');
    for (const body of [{ ...ada, name: 'Ben' }, { name: ada.name }, { ...ada, answers: {} }])
      expect(await walkIn(stage, 'key-1', body)).toEqual({ problem: 'idempotency-key-reused' });
    expect(await stage.counts()).toMatchObject({ registeredCount: 1 });
  });

  test('belongs to one event', async () => {
    const stage = await createPublished();
    const other = await createPublished();
    await walkIn(stage, 'key-1');
    expect(await walkIn(other, 'key-1', { name: 'Ben' })).toMatchObject({ status: 201, body: { name: 'Ben' } });
  });

  test('does not matter where there is none: each request registers a person', async () => {
    const stage = await createPublished();
    for (const number of [1, 2]) expect(await walkIn(stage)).toMatchObject({ status: 201, body: { number } });
  });

  test('registers one person if two requests with it run at the same time', async () => {
    for (const call of ['get', 'update', 'put'] as const) {
      for (const skip of call === 'put' ? [0] : [0, 1]) {
        const stage = await createPublished({ capacity: 9 });
        let other: Result = {};
        stage.before(call, async () => void (other = await walkIn(stage, 'key-1')), skip);
        const one = await walkIn(stage, 'key-1');
        for (const response of [one, other]) expect(response).toMatchObject({ status: 201, body: one.body });
        expect((await stage.call('listRegistrations')).body?.items).toHaveLength(1);
        stage.at('2030-06-01T12:30:00Z');
        await stage.call('listRegistrations');
        expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 8, waitlistedCount: 0 });
      }
    }
  });

  test('of another request that is faster is found at once: only the slower one writes in vain', async () => {
    const stage = await createPublished();
    stage.before('put', () => walkIn(stage, 'key-1', { name: 'Faster' }));
    expect(await walkIn(stage, 'key-1')).toEqual({ problem: 'idempotency-key-reused' });
    expect(await stage.counts()).toMatchObject({ registeredCount: 1 });
  });

  test.each([
    ['taking the number', 'update', 0],
    ['claiming it', 'update', 1],
    ['writing the registration', 'put', 0],
  ] as const)('is safe to send again after a request died before %s', async (_, call, skip) => {
    const stage = await createPublished({ capacity: 9 });
    stage.die(call, skip);
    await expect(walkIn(stage, 'key-1')).rejects.toThrow('died');
    const response = await walkIn(stage, 'key-1');
    expect(response).toMatchObject({ status: 201, body: { name: ada.name } });
    expect(response).not.toHaveProperty(['headers', 'Idempotency-Replayed']);
    expect(await walkIn(stage, 'key-1')).toMatchObject({ status: 201, headers: replayed, body: response.body });
    stage.at('2030-06-01T12:30:00Z');
    await stage.call('listRegistrations');
    expect(await stage.counts()).toEqual({ registeredCount: 1, seatsLeft: 8, waitlistedCount: 0 });
  });

  test('keeps the last seat for the request that died, although the event is full', async () => {
    const stage = await createPublished({ capacity: 1, waitlist: false });
    stage.die('put');
    await expect(walkIn(stage, 'key-1')).rejects.toThrow('died');
    expect(await walkIn(stage)).toEqual({ problem: 'event-full' });
    expect(await walkIn(stage, 'key-1')).toMatchObject({ status: 201, body: { number: 1, status: 'confirmed' } });
  });

  test('takes another number if that of the request that died was voided', async () => {
    const stage = await createPublished({ capacity: 9 });
    stage.die('put');
    await expect(walkIn(stage, 'key-1')).rejects.toThrow('died');
    stage.at('2030-06-01T12:30:00Z');
    await stage.call('listRegistrations');
    expect(await walkIn(stage, 'key-1')).toMatchObject({ status: 201, body: { number: 2 } });
    expect(await walkIn(stage, 'key-1')).toMatchObject({ status: 201, headers: replayed, body: { number: 2 } });
  });
});

describe('an update does not revive what was erased,', () => {
  test('by the organizer', async () => {
    const stage = await createPublished();
    await walkIn(stage);
    stage.at('2030-06-22T12:00:00Z');
    stage.before('update', () => erase(stage, 1));
    expect(await patch(stage, 1, { name: 'Name of ada again' })).toEqual({ problem: 'registration-cancelled' });
    expect(stage.stored()).not.toMatch(/of ada|ada@/);
  });

  test('by the attendee, with answers', async () => {
    const stage = await createPublished({ questions: [...questions] });
    await stage.register('anna', { answers: minimalAnswers });
    stage.before('update', () => stage.call('deleteMyRegistration', 'anna'));
    await stage.register('anna', { answers: { ...minimalAnswers, talk: 'About anna' } });
    // The person is registered again, with a new number; of the first one nothing is left.
    expect((await stage.call('listRegistrations')).body?.items?.[0]).not.toHaveProperty('answers');
    expect(await stage.call('getMyRegistration', 'anna')).toMatchObject({ body: { number: 2 } });
  });

  test('nor changes what was cancelled', async () => {
    const stage = await createPublished();
    await walkIn(stage);
    stage.before('update', () => cancel(stage, 1));
    expect(await patch(stage, 1, { name: 'Ada' })).toEqual({ problem: 'registration-cancelled' });
    expect((await stage.call('getRegistration', organizer, at(stage, 1))).body).toMatchObject({ name: ada.name });
  });

  test('nor changes another revision than the one that If-Match names, even if it was changed in the same moment', async () => {
    const stage = await createPublished();
    const { body } = await walkIn(stage);
    stage.before('update', () => patch(stage, 1, { name: 'Ada Fischer' }));
    const headers = { 'If-Match': body?.etag };
    const parts = { ...at(stage, 1), headers, body: { name: 'Somebody else' } };
    expect(await stage.call('updateRegistration', organizer, parts)).toMatchObject({ problem: 'precondition-failed' });
    expect((await stage.call('getRegistration', organizer, at(stage, 1))).body).toMatchObject({ name: 'Ada Fischer' });
  });

  test('nor overwrites another update: it is decided again', async () => {
    const stage = await createPublished();
    await walkIn(stage);
    stage.before('update', () => patch(stage, 1, { name: 'Ada Fischer' }));
    expect(await patch(stage, 1, { email: null })).toMatchObject({ status: 200, body: { name: 'Ada Fischer' } });
  });
});
