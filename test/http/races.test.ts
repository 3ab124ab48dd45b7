import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import {
  call,
  concert,
  draft,
  type Event,
  minimal,
  published,
  read,
  register,
  revisionOf,
  succeed,
  withoutActions,
} from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  allRegistrations,
  callAs,
  countsNow,
  join,
  mira,
  newPeople,
  newPerson,
  own,
  type Registration,
} from '../support/registrations.ts';
import { sampled, scaled } from '../support/sample.ts';

/** Calls a function several times at once. */
function atOnce<T>(times: number, send: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => send(index)));
}

/** How often each race is repeated: eight times, or a sample of that. `RACE_ROUNDS=100` for a thorough run. */
const times = Number(process.env['RACE_ROUNDS'] ?? sampled([1, 2, 3, 4, 5, 6, 7, 8]).length);

/** How many people want 20 seats at once; a multiple of 20. */
const crowd = Math.min(200, Number(process.env['REGISTRATIONS'] || scaled({ all: 60, sample: 40 })));

/** How many requests are sent at once where one of them wins. */
const many = scaled({ all: 50, sample: 15 });

/** Repeats a race sequentially, so that the requests of each race overlap. */
async function rounds(race: () => Promise<void>): Promise<void> {
  for (let round = 0; round < times; round += 1) await race();
}

const withStatus = (responses: readonly TestResponse[], status: number) =>
  responses.filter((response) => response.status === status);

describe.each(transports)('of concurrent requests (%s),', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('many createEvent requests with one key create one event', async () => {
    const headers = { 'Idempotency-Key': 'many-at-once' };
    const responses = await atOnce(many, () => call(api, 'createEvent', undefined, { body: concert, headers }));
    const [first] = responses;
    for (const { status, body } of responses)
      expect({ status, body: body as unknown }).toEqual({ status: 201, body: first?.body as unknown });
    expect(responses.filter(({ headers: { 'idempotency-replayed': replayed } }) => replayed === 'true')).toHaveLength(
      many - 1,
    );
    const listed = await api.send({ path: '/events?organizerId=me&startsFrom=2000-01-01T00:00:00Z', as: 'organizer' });
    expect(listed.body.items).toEqual([first?.body]);
  });

  it('createEvent requests with one key and two bodies create an event from one body', async () => {
    const headers = { 'Idempotency-Key': 'two-bodies' };
    const responses = await atOnce(20, (index) =>
      call(api, 'createEvent', undefined, { body: index % 2 ? concert : minimal, headers }),
    );
    const created = withStatus(responses, 201);
    expect(created).toHaveLength(10);
    for (const { body } of created) expect(body).toEqual(created[0]?.body);
    for (const rejected of responses.filter((response) => !created.includes(response)))
      expectProblem(rejected, 'idempotency-key-reused');
  });

  it('exactly one of many updates with the same If-Match succeeds', async () => {
    const event = await draft(api);
    const responses = await atOnce(many, (index) =>
      call(api, 'updateEvent', event.eventId, { body: { name: `Name ${index}` }, ifMatch: event.etag }),
    );
    const [winner, ...others] = withStatus(responses, 200);
    expect(others).toEqual([]);
    expect(await read(api, event)).toEqual(withoutActions(winner?.body ?? {}));
    expect(revisionOf(winner?.body as Event)).toBe(2);
    const losers = responses.filter((response) => response !== winner);
    expect(losers).toHaveLength(many - 1);
    for (const loser of losers) {
      expectProblem(loser, 'precondition-failed');
      expect(loser.headers).toMatchObject({ etag: winner?.headers['etag'] });
    }
  });

  it('no update without If-Match that got 200 is lost', async () => {
    const event = await draft(api);
    const responses = await atOnce(20, (index) =>
      call(api, 'updateEvent', event.eventId, { body: { description: `Version ${index}` } }),
    );
    const won = withStatus(responses, 200);
    for (const lost of responses.filter((response) => !won.includes(response)))
      expectProblem(lost, 'concurrent-change');
    const revisions = won.map(({ body }) => revisionOf(body as Event)).sort((a, b) => a - b);
    expect(revisions).toEqual(won.map((_, index) => index + 2));
    const last = won.find(({ body }) => revisionOf(body as Event) === won.length + 1);
    expect(await read(api, event)).toEqual(withoutActions(last?.body ?? {}));
  });

  it('updates of different fields are all kept', async () => {
    const event = await draft(api);
    const members = [
      { name: 'Another name' },
      { description: 'Another description.' },
      { tags: ['other'] },
      { capacity: 7 },
    ];
    const { seatsLeft: _left, ...before } = event;
    const responses = await atOnce(4, (index) => call(api, 'updateEvent', event.eventId, { body: members[index] }));
    expect(withStatus(responses, 200)).toHaveLength(4);
    const { etag: _, seatsLeft, ...now } = await read(api, event);
    expect(now).toEqual({ ...before, ...Object.assign({}, ...members), etag: undefined, updatedAt: now.updatedAt });
    expect(seatsLeft).toBe(7);
  });

  it('publish, cancel and delete leave the event deleted', async () => {
    await rounds(async () => {
      const event = await draft(api);
      const send = (operationId: 'publishEvent' | 'cancelEvent' | 'deleteEvent') =>
        call(api, operationId, event.eventId);
      const [publish, cancel, remove] = await Promise.all([
        send('publishEvent'),
        send('cancelEvent'),
        send('deleteEvent'),
      ]);
      // In any order, the deletion succeeds, and nothing restores the event.
      expect(remove.status).toBe(204);
      expect([200, 404]).toContain(publish.status);
      expect([200, 404, 409]).toContain(cancel.status);
      // Only a published event can be cancelled.
      if (cancel.status === 200) expect(publish).toMatchObject({ status: 200 });
      expectProblem(await call(api, 'getEvent', event.eventId), 'event-not-found');
    });
  });

  it('publish, unpublish and cancel leave the event in the state of the last success', async () => {
    await rounds(async () => {
      const event = await published(api);
      const transitions = ['unpublishEvent', 'publishEvent', 'cancelEvent', 'unpublishEvent', 'cancelEvent'] as const;
      const responses = await atOnce(transitions.length, (index) =>
        call(api, transitions[index] ?? 'publishEvent', event.eventId),
      );
      for (const { status, body } of responses)
        expect([undefined, 'not-published', 'event-cancelled']).toContain(status === 200 ? undefined : body.code);
      const now = await read(api, event);
      const returned = withStatus(responses, 200).map(({ body }) => withoutActions(body as Event));
      expect(returned).toContainEqual(now);
      expect(Math.max(...returned.map(revisionOf))).toBe(revisionOf(now));
      expect(now.cancellation === undefined).toBe(now.status !== 'cancelled');
    });
  });

  it('an update never changes an event that was cancelled meanwhile', async () => {
    await rounds(async () => {
      const event = await published(api);
      const [update, cancel] = await Promise.all([
        call(api, 'updateEvent', event.eventId, { body: { name: 'Changed' } }),
        call(api, 'cancelEvent', event.eventId),
      ]);
      expect(cancel.status).toBe(200);
      if (update.status === 200) expect(revisionOf(update.body as Event)).toBe(3);
      else expectProblem(update, 'event-cancelled');
      expect(await read(api, event)).toMatchObject({
        status: 'cancelled',
        name: update.status === 200 ? 'Changed' : event.name,
      });
    });
  });

  it('an update never sets the capacity below the registrations', async () => {
    await rounds(async () => {
      const event = await published(api, { ...concert, capacity: 10 });
      const [registered, ...updates] = await Promise.all([
        atOnce(6, () => register(api, event, 1)),
        ...[8, 5, 3, 1].map((capacity) => call(api, 'updateEvent', event.eventId, { body: { capacity } })),
      ]);
      const { capacity = 0, registeredCount, waitlistedCount = 0 } = await read(api, event);
      expect(registeredCount + waitlistedCount).toBe(registered.filter(Boolean).length);
      expect(capacity).toBeGreaterThanOrEqual(registeredCount);
      for (const update of updates.filter(({ status }) => status !== 200)) {
        expect(['capacity-below-registrations', 'concurrent-change']).toContain(update.body.code);
      }
    });
  });

  it('a registration and a deletion never both succeed', async () => {
    await rounds(async () => {
      const event = await published(api);
      const [registered, removed] = await Promise.all([
        register(api, event, 1),
        call(api, 'deleteEvent', event.eventId),
      ]);
      expect(removed.status).toBe(registered ? 409 : 204);
    });
  });

  it(`${crowd} people for 20 seats, with double clicks and cancellations, leave 20 with a seat and the others in order`, async () => {
    const event = await published(api, { ...concert, capacity: 20 });
    const people = newPeople(crowd);
    const cancelled = crowd / 10;
    const put = (person: string) => callAs(api, person, 'registerForEvent', event, { body: mira });
    const responses: TestResponse[][] = [];
    const waiting = [...people.keys()];
    // 20 at a time, so that no request meets its deadline on a busy machine.
    await atOnce(20, async () => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const person = people[index] ?? '';
        // Every tenth person clicks twice, and every tenth one cancels at once.
        const clicks = await Promise.all(index % 10 === 0 ? [put(person), put(person)] : [put(person)]);
        const last = index % 10 === 5 ? [await callAs(api, person, 'cancelMyRegistration', event)] : [];
        responses[index] = [...clicks, ...last];
      }
    });
    for (const { status, body } of responses.flat())
      expect({ status, body: body as unknown }).toMatchObject({ status: status === 201 ? 201 : 200 });

    // The numbers that double clicks have taken in vain are reclaimed a minute later, when somebody looks.
    api.advance(61_000);
    await allRegistrations(api, event, 'limit=1');
    const all = await allRegistrations(api, event);
    expect(new Set(all.map(({ number }) => number)).size).toBe(crowd);
    const active = all.filter(({ status }) => status !== 'cancelled');
    expect(all.length - active.length).toBe(cancelled);
    expect(active.map(({ status }) => status)).toEqual([
      ...Array<string>(20).fill('confirmed'),
      ...Array<string>(crowd - cancelled - 20).fill('waitlisted'),
    ]);
    const { waitlistedCount = 0, ...counts } = await countsNow(api, event);
    expect(counts).toEqual({ registeredCount: 20, seatsLeft: 0 });
    // Numbers that were taken in vain count as waiting until a seat passes them.
    expect(waitlistedCount).toBeGreaterThanOrEqual(crowd - cancelled - 20);
    expect(waitlistedCount).toBeLessThanOrEqual(crowd - 20);

    // What each person was told is what the organizer sees.
    for (const [index, person] of people.entries()) {
      const numbers = new Set(responses[index]?.map(({ body }) => (body as Registration).number));
      expect(numbers.size).toBe(1);
      if (index % 20 === 0) {
        const { code, ...mine } = await own(api, event, person);
        const digest = code === undefined ? {} : { codeDigest: expect.any(String) as string };
        expect(all).toContainEqual({ ...mine, ...digest });
      }
    }
    // A confirmed person was never sent back to the waitlist.
    const told = responses.flat().filter(({ body }) => (body as Registration).status === 'confirmed');
    for (const { body } of told) {
      const now = all.find(({ number }) => number === (body as Registration).number);
      expect(now?.status).not.toBe('waitlisted');
    }
  }, 120_000);

  it('a registration and a cancellation of the event leave no one who was not told so', async () => {
    await rounds(async () => {
      const event = await published(api);
      const people = newPeople(4);
      const [responses] = await Promise.all([
        Promise.all(people.map((person) => callAs(api, person, 'registerForEvent', event, { body: mira }))),
        succeed(api, 'cancelEvent', event),
      ]);
      const registered = withStatus(responses, 201);
      for (const rejected of responses.filter((response) => !registered.includes(response)))
        expectProblem(rejected, 'event-cancelled');
      const all = await allRegistrations(api, event);
      expect(all.map(({ number }) => number).sort()).toEqual(
        registered.map(({ body }) => (body as Registration).number).sort(),
      );
      expect(await countsNow(api, event)).toMatchObject({ registeredCount: registered.length });
    });
  });

  it('a capacity that is lowered while people register takes no seat from anybody', async () => {
    await rounds(async () => {
      const event = await published(api, { ...concert, capacity: 10 });
      const [told, ...updates] = await Promise.all([
        Promise.all(newPeople(8).map((person) => join(api, event, person))),
        ...[9, 6, 4, 2].map((capacity) => call(api, 'updateEvent', event.eventId, { body: { capacity } })),
      ]);
      for (const { status, body } of updates)
        if (status !== 200) expect(['capacity-below-registrations', 'concurrent-change']).toContain(body.code);
      const { capacity = 0 } = await read(api, event);
      const all = await allRegistrations(api, event);
      expect(all.map(({ status }) => status)).toEqual(
        all.map((_, index) => (index < capacity ? 'confirmed' : 'waitlisted')),
      );
      for (const { number, status } of told.filter(({ status }) => status === 'confirmed'))
        expect([number, status]).toEqual([number, all.find((one) => one.number === number)?.status]);
      expect(await countsNow(api, event)).toEqual({
        registeredCount: Math.min(8, capacity),
        seatsLeft: Math.max(0, capacity - 8),
        waitlistedCount: Math.max(0, 8 - capacity),
      });
    });
  });

  it('a capacity that is raised while people cancel and register leaves no seat free while somebody waits', async () => {
    await rounds(async () => {
      const event = await published(api, { ...concert, capacity: 3 });
      const people = newPeople(8);
      for (const person of people) await join(api, event, person);
      await Promise.all([
        ...people.slice(0, 5).map((person) => callAs(api, person, 'cancelMyRegistration', event)),
        ...newPeople(3).map((person) => join(api, event, person)),
        call(api, 'updateEvent', event.eventId, { body: { capacity: 4 } }),
      ]);
      api.advance(11_000);
      const active = (await allRegistrations(api, event)).filter(({ status }) => status !== 'cancelled');
      expect(active.map(({ status }) => status)).toEqual([
        ...Array<string>(4).fill('confirmed'),
        ...Array<string>(active.length - 4).fill('waitlisted'),
      ]);
      expect(await countsNow(api, event)).toEqual({
        registeredCount: 4,
        seatsLeft: 0,
        waitlistedCount: active.length - 4,
      });
    });
  });

  it('a person who registers, cancels and erases at once is registered at most once, and is erased', async () => {
    await rounds(async () => {
      const event = await published(api, { ...concert, capacity: 2 });
      const person = newPerson();
      const operations = [
        'registerForEvent',
        'cancelMyRegistration',
        'registerForEvent',
        'deleteMyRegistration',
      ] as const;
      await Promise.all(
        operations.map((operationId) =>
          callAs(api, person, operationId, event, operationId === 'registerForEvent' ? { body: mira } : {}),
        ),
      );
      const active = (await allRegistrations(api, event)).filter(({ status }) => status !== 'cancelled');
      expect(active.length).toBeLessThanOrEqual(1);
      const erased = await callAs(api, person, 'deleteMyRegistration', event);
      expect([204, 404]).toContain(erased.status);
      for (const registration of await allRegistrations(api, event)) {
        expect(registration).toMatchObject({ status: 'cancelled' });
        expect(registration).toHaveProperty('erasedAt');
      }
    });
  });
});
