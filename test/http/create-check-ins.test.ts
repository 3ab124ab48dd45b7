import { createHash, randomUUID } from 'node:crypto';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, draft, type Event, published, read, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  allRegistrations,
  callAs,
  checkedInCount,
  checkIn,
  join,
  joinAll,
  leave,
  newPeople,
  newPerson,
  numbered,
  own,
  type Registration,
  registrationsOf,
  type Scan,
  scanOf,
  undo,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { registrationOf, seedRegistration, seedSeats } from '../support/seed.ts';
import { inFull } from '../support/sample.ts';
import { storedText } from '../support/stored.ts';

describe.each(transports)('createCheckIns (%s)', (transport) => {
  let api: TestApi;
  /** How far the tests have advanced the clock, in milliseconds. */
  let advanced = 0;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const advance = (ms: number) => {
    advanced += ms;
    api.advance(ms);
  };
  /** A time relative to that of the API, in whole seconds. */
  const seconds = (from: number) =>
    `${new Date(Math.floor((Date.now() + advanced) / 1_000 + from) * 1_000).toISOString().slice(0, 19)}Z`;

  const single = async (event: Pick<Event, 'eventId'>, scan: Scan) => (await checkIn(api, event, scan))[0];

  /** The item that holds a number. */
  const item = ({ eventId }: Event, number: number) =>
    api.tables.database.get({
      TableName: api.tables.tableNames.registrations,
      Key: { scope: eventId, number },
      ConsistentRead: true,
    });

  /** An event with one attendee. */
  async function attended(content: object = {}) {
    const event = await published(api, { ...concert, ...content });
    const person = newPerson();
    const registration = await join(api, event, person);
    return { event, person, registration, code: registration.code ?? '', number: registration.number };
  }

  describe('for a ticket with a seat', () => {
    it('checks the person in, by code, by number, or by both', async () => {
      const event = await published(api);
      const people = newPeople(3);
      const registrations = await joinAll(api, event, people);
      const codes = registrations.map(({ code = '' }) => code);
      const scans = [
        scanOf({ code: codes[0] ?? '' }),
        scanOf({ number: 2 }),
        scanOf({ code: codes[2] ?? '', number: 3 }),
      ];
      const outcomes = await checkIn(api, event, ...scans);
      for (const [index, outcome] of outcomes.entries()) {
        const { checkedInAt, ...rest } = outcome;
        expect(rest).toEqual({
          scanId: scans[index]?.scanId,
          outcome: 'checked-in',
          number: index + 1,
          name: 'Mira Novak',
          status: 'confirmed',
        });
        expect(checkedInAt).toMatch(/Z$/);
        expect(await numbered(api, event, index + 1)).toMatchObject({ checkedInAt, scanCount: 1 });
        const shown = await own(api, event, people[index] ?? '');
        expect(shown).toMatchObject({ checkedInAt });
        for (const member of ['scanCount', 'codeDigest', 'scans']) expect(shown).not.toHaveProperty(member);
      }
      expect(await checkedInCount(api, event)).toBe(3);
    });

    it('moves neither the ETag nor updatedAt of registration and event', async () => {
      const { event, code, number } = await attended();
      const before = await numbered(api, event, number);
      const eventBefore = await read(api, event);
      advance(5_000);
      const outcome = await single(event, scanOf({ code, scannedAt: seconds(0) }));
      expect(await numbered(api, event, number)).toEqual({
        ...before,
        checkedInAt: outcome?.checkedInAt,
        scanCount: 1,
      });
      expect(await read(api, event)).toEqual({ ...eventBefore, checkedInCount: 1 });
    });

    it('says already-checked-in for a further scan, and counts the person once', async () => {
      const { event, code, number } = await attended();
      await single(event, scanOf({ code }));
      expect(await single(event, scanOf({ code }))).toMatchObject({ outcome: 'already-checked-in', number });
      expect(await numbered(api, event, number)).toMatchObject({ scanCount: 2 });
      expect(await checkedInCount(api, event)).toBe(1);
    });

    it('returns the outcome of a stored scan again, and changes nothing', async () => {
      const { event, code, number } = await attended();
      const scans = [scanOf({ code }), scanOf({ code })];
      const outcomes = await checkIn(api, event, ...scans);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['checked-in', 'already-checked-in']);
      const stored = await item(event, number);
      for (let again = 0; again < 2; again += 1) expect(await checkIn(api, event, ...scans)).toEqual(outcomes);
      expect((await checkIn(api, event, ...[...scans].reverse())).map(({ outcome }) => outcome)).toEqual([
        'already-checked-in',
        'checked-in',
      ]);
      expect(await item(event, number)).toEqual(stored);
    });

    it('returns the same outcome for a scan that is twice in one request', async () => {
      const { event, code, number } = await attended();
      const scan = scanOf({ code });
      const [first, second] = await checkIn(api, event, scan, scan);
      expect(second).toEqual(first);
      expect(await numbered(api, event, number)).toMatchObject({ scanCount: 1 });
    });

    it('takes the earliest scannedAt, in any order of arrival', async () => {
      const { event, code, number } = await attended();
      advance(900_000);
      const times = [-60, -600, -5].map(seconds);
      const seen: (string | undefined)[] = [];
      for (const scannedAt of times) seen.push((await single(event, scanOf({ code, scannedAt })))?.checkedInAt);
      expect(seen).toEqual([times[0], times[1], times[1]]);
      expect(await numbered(api, event, number)).toMatchObject({ checkedInAt: times[1], scanCount: 3 });
    });

    it('cuts a clock that is ahead to now, and stores when the scan arrived', async () => {
      const { event, code } = await attended();
      const scan = scanOf({ code, scannedAt: '2199-12-31T23:59:59.999-23:59' });
      const outcome = await single(event, scan);
      expect(Math.abs(Date.parse(outcome?.checkedInAt ?? '') - Date.parse(seconds(0)))).toBeLessThan(10_000);
      expect(await storedText(api)).toContain(`"receivedAt":"${outcome?.checkedInAt}"`);
    });

    it('cuts a time before the registration to the time of the registration', async () => {
      const { event, code, registration } = await attended();
      const outcome = await single(event, scanOf({ code, scannedAt: '2000-01-01T00:00:00Z' }));
      expect(outcome).toMatchObject({ outcome: 'checked-in', checkedInAt: registration.registeredAt });
    });

    it('checks in a registration that was stored without scans', async () => {
      const event = await published(api);
      const record = registrationOf({ eventId: event.eventId });
      await seedSeats(api.tables, event.eventId, { lastNumber: 1, reclaimedUpTo: 1, confirmedUpTo: 400 });
      await seedRegistration(api.tables, record);
      expect(await single(event, scanOf({ number: 1 }))).toMatchObject({ outcome: 'checked-in' });
    });

    it('checks in somebody without an account, once', async () => {
      const event = await published(api);
      const { userId: _, ...record } = registrationOf({ eventId: event.eventId });
      await seedSeats(api.tables, event.eventId, { lastNumber: 1, reclaimedUpTo: 1, confirmedUpTo: 400 });
      await seedRegistration(api.tables, record);
      const scan = scanOf({ number: 1 });
      expect(await single(event, scan)).toMatchObject({ outcome: 'checked-in', name: record.name });
      expect(await single(event, scanOf({ number: 1 }))).toMatchObject({ outcome: 'already-checked-in' });
      expectProblem(await callAs(api, 'organizer', 'cancelRegistration', event, { number: 1 }), 'already-checked-in');
    });

    inFull('counts the 21st scan without storing it', async () => {
      const { event, code, number } = await attended();
      const scans = Array.from({ length: 25 }, () => scanOf({ code }));
      const outcomes = await checkIn(api, event, ...scans);
      expect(new Set(outcomes.slice(1).map(({ outcome }) => outcome))).toEqual(new Set(['already-checked-in']));
      expect(await numbered(api, event, number)).toMatchObject({ scanCount: 25 });
      const stored = await storedText(api);
      expect(scans.map(({ scanId }) => stored.includes(scanId))).toEqual(scans.map((_, index) => index < 20));
      expectProblem(await undo(api, event, number, scans[20] as Scan), 'check-in-not-found');
      for (const scan of scans.slice(0, 20)) expect((await undo(api, event, number, scan)).status).toBe(204);
      expect(await numbered(api, event, number)).not.toHaveProperty('checkedInAt');
      // Twenty scans that are undone do not keep the person out.
      expect(await single(event, scanOf({ code }))).toMatchObject({ outcome: 'checked-in' });
      expect(await numbered(api, event, number)).toMatchObject({ scanCount: 1 });
      expect(await checkedInCount(api, event)).toBe(1);
    });

    inFull('spreads the count over eight items', async () => {
      const event = await published(api);
      const registrations = await joinAll(api, event, newPeople(18));
      await checkIn(api, event, ...registrations.map(({ number }) => scanOf({ number })));
      const stored = JSON.parse(await storedText(api)) as { scope?: string; number?: number; checkedIn?: number }[];
      const counters = stored.filter(({ scope }) => scope === `${event.eventId}/check-ins`);
      expect(Object.fromEntries(counters.map(({ number, checkedIn }) => [number, checkedIn]))).toEqual({
        0: 2,
        1: 3,
        2: 3,
        3: 2,
        4: 2,
        5: 2,
        6: 2,
        7: 2,
      });
      expect(await checkedInCount(api, event)).toBe(18);
    });
  });

  describe('for a ticket that is not valid', () => {
    it('says cancelled for the ticket of a cancelled registration, and unknown-ticket for a guess', async () => {
      const { event, person, code, number } = await attended();
      await leave(api, event, person);
      expect(await single(event, scanOf({ code }))).toMatchObject({
        outcome: 'cancelled',
        number,
        status: 'cancelled',
      });
      const forged = `${code.slice(0, 28)}${code[28] === 'A' ? 'B' : 'A'}${code.slice(29)}`;
      const scan = scanOf({ code: forged });
      expect(await single(event, scan)).toEqual({ scanId: scan.scanId, outcome: 'unknown-ticket' });
      // Registering again gives another ticket.
      const again = await join(api, event, person);
      expect(await single(event, scanOf({ code }))).toMatchObject({ outcome: 'cancelled', number });
      expect(await single(event, scanOf({ code: again.code ?? '' }))).toMatchObject({ outcome: 'checked-in' });
    });

    it('says unknown-ticket for each change of a code, for numbers that no one has, and without any', async () => {
      const { event, code, number } = await attended();
      const bytes = Buffer.from(code, 'base64url');
      const changed = [...bytes.keys()].map((index) => {
        const copy = Buffer.from(bytes);
        copy[index] = (copy[index] ?? 0) ^ 1;
        return copy.toString('base64url');
      });
      const scans = [
        ...changed.map((one) => scanOf({ code: one })),
        scanOf({ number: 2 }),
        scanOf({ number: 4_294_967_295 }),
        scanOf({}),
        scanOf({ code, number: number + 1 }),
      ];
      const outcomes = await checkIn(api, event, ...scans);
      const expected = scans.map((_, index) => (index >= 1 && index < 17 ? 'other-event' : 'unknown-ticket'));
      expect(outcomes).toEqual(scans.map(({ scanId }, index) => ({ scanId, outcome: expected[index] })));
      expect(await checkedInCount(api, event)).toBe(0);
    });

    it('says other-event for a ticket of another event, and nothing about it', async () => {
      const [one, other] = [await attended(), await attended()];
      const scan = scanOf({ code: other.code, admitted: true });
      expect(await single(one.event, scan)).toEqual({ scanId: scan.scanId, outcome: 'other-event' });
      expect(await checkedInCount(api, other.event)).toBe(0);
    });

    it('says waitlisted, cancelled or event-cancelled, and changes nothing', async () => {
      const { event, person } = await attended({ capacity: 1 });
      await join(api, event);
      const stored = await Promise.all([1, 2].map((number) => item(event, number)));
      const expectRefused = async (number: number, outcome: string) => {
        const scan = scanOf({ number });
        expect(await single(event, scan)).toMatchObject({ outcome, number, name: 'Mira Novak' });
        expect(await storedText(api)).not.toContain(scan.scanId);
        expect(await numbered(api, event, number)).not.toHaveProperty('checkedInAt');
      };
      await expectRefused(2, 'waitlisted');
      expect(await Promise.all([1, 2].map((number) => item(event, number)))).toEqual(stored);
      await leave(api, event, person);
      await expectRefused(1, 'cancelled');
      await succeed(api, 'cancelEvent', event);
      await expectRefused(1, 'event-cancelled');
      await expectRefused(2, 'event-cancelled');
      expect(await checkedInCount(api, event)).toBe(0);
    });

    it('of a refused scan, the outcome can change: only that of a stored scan stays', async () => {
      const { event, person } = await attended({ capacity: 1 });
      const { number } = await join(api, event);
      const scan = scanOf({ number });
      expect(await single(event, scan)).toMatchObject({ outcome: 'waitlisted' });
      await leave(api, event, person);
      expect(await single(event, scan)).toMatchObject({ outcome: 'checked-in', status: 'confirmed' });
    });

    it('stores and counts a scan that was admitted, and still says what is wrong', async () => {
      const { event, person, code } = await attended({ capacity: 1 });
      await join(api, event);
      const waiting = scanOf({ number: 2, admitted: true });
      expect(await single(event, waiting)).toMatchObject({ outcome: 'waitlisted', checkedInAt: expect.any(String) });
      await leave(api, event, person);
      const cancelled = scanOf({ code, admitted: true });
      expect(await single(event, cancelled)).toMatchObject({ outcome: 'cancelled', status: 'cancelled' });
      expect(await numbered(api, event, 1)).toMatchObject({
        status: 'cancelled',
        checkedInAt: expect.any(String),
        scanCount: 1,
      });
      // Number 2 has a seat now. What was stored keeps its outcome; validity comes before duplicates.
      expect(await single(event, waiting)).toMatchObject({ outcome: 'waitlisted', status: 'confirmed' });
      expect(await single(event, scanOf({ number: 2 }))).toMatchObject({ outcome: 'already-checked-in' });
      expect(await single(event, scanOf({ code }))).toMatchObject({ outcome: 'cancelled' });
      expect(await numbered(api, event, 1)).toMatchObject({ scanCount: 1 });
      await succeed(api, 'cancelEvent', event);
      expect(await single(event, scanOf({ number: 2, admitted: true }))).toMatchObject({ outcome: 'event-cancelled' });
      expect(await numbered(api, event, 2)).toMatchObject({ scanCount: 3 });
      expect(await checkedInCount(api, event)).toBe(2);
    });

    it('says unknown-ticket for an erased registration, which has no ticket any more', async () => {
      const { event, person, code, number } = await attended();
      await callAs(api, person, 'deleteMyRegistration', event);
      const scans = [scanOf({ code, admitted: true }), scanOf({ number, admitted: true })];
      expect(await checkIn(api, event, ...scans)).toEqual(
        scans.map(({ scanId }) => ({ scanId, outcome: 'unknown-ticket' })),
      );
      expect(await checkedInCount(api, event)).toBe(0);
    });

    it("finds the free seat of somebody who left the waitlist, as the person's own request does", async () => {
      const event = await published(api, { ...concert, capacity: 1 });
      // Number 1 died after taking its number, two minutes ago.
      await seedSeats(api.tables, event.eventId, { lastNumber: 2, confirmedUpTo: 1 });
      await seedRegistration(api.tables, registrationOf({ eventId: event.eventId, number: 2, userId: newPerson() }));
      expect(await single(event, scanOf({ number: 2 }))).toMatchObject({ outcome: 'checked-in', status: 'confirmed' });
    });
  });

  describe('together with cancelling and erasing', () => {
    it.each([
      ['cancelMyRegistration', true],
      ['deleteMyRegistration', true],
      ['cancelRegistration', false],
      ['deleteRegistration', false],
    ] as const)('%s is rejected while the person is checked in', async (operationId, byPerson) => {
      const { event, person, code, number } = await attended();
      const scan = scanOf({ code });
      await single(event, scan);
      const before = await numbered(api, event, number);
      const send = () => callAs(api, byPerson ? person : 'organizer', operationId, event, { number });
      expectProblem(await send(), 'already-checked-in');
      expect(await numbered(api, event, number)).toEqual(before);
      await undo(api, event, number, scan);
      expect((await send()).status).toBeLessThan(300);
      expect(await numbered(api, event, number)).toMatchObject({ status: 'cancelled' });
    });

    it('of a scan and a cancellation at the same time, one wins', async () => {
      const event = await published(api);
      const people = newPeople(12);
      const registrations = await joinAll(api, event, people);
      const outcomes = await Promise.all(
        registrations.map(async ({ number }, index) => {
          const [scanned, cancelled] = await Promise.all([
            single(event, scanOf({ number })),
            callAs(api, people[index] ?? '', 'cancelMyRegistration', event),
          ]);
          return [number, scanned?.outcome, cancelled.status] as const;
        }),
      );
      for (const [number, outcome, status] of outcomes) {
        const { status: now, checkedInAt } = await numbered(api, event, number);
        expect([outcome, status]).toEqual(now === 'cancelled' ? ['cancelled', 200] : ['checked-in', 409]);
        expect(checkedInAt === undefined).toBe(now === 'cancelled');
      }
      const inside = outcomes.filter(([, outcome]) => outcome === 'checked-in');
      expect(await checkedInCount(api, event)).toBe(inside.length);
    });

    it.each(['deleteMyRegistration', 'deleteRegistration'] as const)(
      'once the event has ended, %s only erases: the person stays counted, and scans, digest and code go',
      async (operationId) => {
        const { event, person, code, number } = await attended({
          startsAt: new Date(Date.now() + advanced + 60_000).toISOString(),
          endsAt: new Date(Date.now() + advanced + 120_000).toISOString(),
        });
        const scan = scanOf({ code });
        const { checkedInAt } = (await single(event, scan)) ?? {};
        advance(180_000);
        const caller = operationId === 'deleteMyRegistration' ? person : 'organizer';
        expect((await callAs(api, caller, operationId, event, { number })).status).toBe(204);
        const erased = await numbered(api, event, number);
        expect(erased).toMatchObject({ status: 'confirmed', checkedInAt });
        for (const member of ['name', 'codeDigest', 'scanCount']) expect(erased).not.toHaveProperty(member);
        const stored = await storedText(api);
        for (const gone of [scan.scanId, code.slice(28), digest(code)]) expect(stored).not.toContain(gone);
        expect(await checkedInCount(api, event)).toBe(1);
        expectProblem(await undo(api, event, number, scan), 'check-in-not-found');
        expect(await single(event, scan)).toEqual({ scanId: scan.scanId, outcome: 'unknown-ticket' });
      },
    );
  });

  const digest = (code: string) => createHash('sha256').update(code).digest('base64url');

  it('codeDigest is the SHA-256 digest of the 44 characters, in base64url, of confirmed registrations', async () => {
    const { event, code, person } = await attended({ capacity: 1 });
    await join(api, event);
    const [first, second] = await allRegistrations(api, event);
    expect(first).toMatchObject({ status: 'confirmed', codeDigest: digest(code) });
    expect(second?.status).toBe('waitlisted');
    expect(second).not.toHaveProperty('codeDigest');
    await leave(api, event, person);
    expect(await numbered(api, event, 1)).not.toHaveProperty('codeDigest');
    expect(await numbered(api, event, 2)).toHaveProperty('codeDigest');
  });

  it('one list of confirmed and waitlisted registrations misses no one who moves up in between', async () => {
    const event = await published(api, { ...concert, capacity: 2 });
    const people = newPeople(6);
    await joinAll(api, event, people);
    const query = 'status=confirmed&status=waitlisted&limit=2';
    const first = await registrationsOf(api, event, query);
    await succeed(api, 'updateEvent', event, { body: { capacity: 4 } });
    const seen: Registration[] = [...first.items];
    for (let cursor = first.nextCursor; cursor !== undefined;) {
      const page = await registrationsOf(api, event, `${query}&cursor=${cursor}`);
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seen.filter(({ codeDigest }) => codeDigest !== undefined)).toHaveLength(4);
  });

  it('codes are in no log line, error, cursor or CSV', async () => {
    const { event, code } = await attended();
    const logged = api.log.length;
    await single(event, scanOf({ code }));
    const wrong = await callAs(api, 'organizer', 'createCheckIns', event, {
      body: { scans: [{ ...scanOf({ code: `${code}x` }), number: 0 }] },
    });
    expectProblem(wrong, 'invalid-request', {
      errors: [
        ['/scans/0/code', 'invalid-format'],
        ['/scans/0/number', 'too-small'],
      ],
    });
    expect(wrong.text).not.toContain(code);
    await join(api, event);
    const { nextCursor = '', ...page } = await registrationsOf(api, event, 'limit=1');
    expect(Buffer.from(nextCursor, 'base64url').toString()).not.toContain(code);
    expect(JSON.stringify(page)).not.toContain(code);
    expect(JSON.stringify(api.log.slice(logged))).not.toContain(code.slice(28));
  });

  it('is rejected for an event that is not the caller’s, and for one that does not exist', async () => {
    const { event, code } = await attended();
    const send = (caller: string, eventId: string) =>
      callAs(api, caller, 'createCheckIns', { eventId }, { body: { scans: [scanOf({ code, admitted: true })] } });
    expectProblem(await send('rival', event.eventId), 'not-event-organizer');
    expectProblem(await send('attendee', event.eventId), 'forbidden');
    expectProblem(await send('organizer', nonexistentEventId), 'event-not-found');
    expect(await checkedInCount(api, event)).toBe(0);
  });

  it('knows no ticket of a draft', async () => {
    const event = await draft(api);
    const scan = scanOf({ number: 1 });
    expect(await single(event, scan)).toEqual({ scanId: scan.scanId, outcome: 'unknown-ticket' });
  });

  it.each([
    ['no scans', { scans: [] }, '/scans', 'required'],
    ['101 scans', { scans: Array.from({ length: 101 }, () => scanOf({ number: 1 })) }, '/scans', 'too-many'],
    ['a scanId of another form', { scans: [scanOf({ scanId: 'x'.repeat(36) })] }, '/scans/0/scanId', 'invalid-format'],
    [
      'an uppercase scanId',
      { scans: [scanOf({ scanId: randomUUID().toUpperCase().replace(/^./, 'A') })] },
      '/scans/0/scanId',
      'invalid-format',
    ],
    ['no scannedAt', { scans: [{ scanId: randomUUID(), number: 1 }] }, '/scans/0/scannedAt', 'required'],
    ['a local time', { scans: [scanOf({ scannedAt: '2030-06-21T18:00:00' })] }, '/scans/0/scannedAt', 'invalid-format'],
    ['another member', { scans: [{ ...scanOf({}), outcome: 'checked-in' }] }, '/scans/0/outcome', 'unknown-field'],
  ] as const)('is rejected for %s', async (_, body, pointer, code) => {
    const { event } = await attended();
    const response = await callAs(api, 'organizer', 'createCheckIns', event, { body });
    expectProblem(response, 'invalid-request', { errors: [[pointer, code]] });
  });

  it('takes 100 scans of the largest size', async () => {
    const event = await published(api);
    const registrations = await joinAll(api, event, newPeople(10));
    const scannedAt = `2030-06-21T18:00:00.${'0'.repeat(30)}+00:00`;
    const scans = Array.from({ length: 100 }, (_, index) => {
      const { code = '', number } = registrations[index % 10] as Registration;
      return scanOf({ code, number, scannedAt, admitted: false });
    });
    const outcomes = await checkIn(api, event, ...scans);
    expect(outcomes.filter(({ outcome }) => outcome === 'checked-in')).toHaveLength(10);
    expect(outcomes.filter(({ outcome }) => outcome === 'already-checked-in')).toHaveLength(90);
  });
});
