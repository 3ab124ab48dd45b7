/** What others see of an event: the URL of a meeting, and the representation without a token. */
import fc from 'fast-check';
import { draftRecord } from '../../../test/support/event-records.ts';
import { pick } from '../../lib/pick.ts';
import { newSeats, type Seats } from '../shared/seats/model.ts';
import { type EventRecord, registrationPeriodOf } from './model.ts';
import { toEvent, toListedEvent, toPoster } from './view.ts';
import { scaled } from '../../../test/support/sample.ts';

const record = draftRecord({ revision: 2 });
const at = record.startsAt;
const venue = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12' } as const;
const online = { kind: 'online', url: 'https://meet.example.com/zebra' } as const;
const hybrid = { ...venue, ...online, kind: 'hybrid' } as const;

describe('the URL of a meeting', () => {
  const view = { roles: [], at };

  it.each([venue, online, hybrid])('is for the organizer and those who attend: $kind', (location) => {
    const event = { ...record, status: 'published', location } as const;
    const { url: _, ...shown } = { url: undefined, ...location };
    for (const one of [toEvent, toListedEvent]) {
      expect(one(event, undefined, { ...view, caller: 'owner' }).location).toEqual(location);
      expect(one(event, undefined, { ...view, caller: 'somebody', attends: true }).location).toEqual(location);
      expect(one(event, undefined, { ...view, caller: 'somebody', attends: false }).location).toEqual(shown);
      expect(one(event, undefined, { ...view, caller: 'somebody' }).location).toEqual(shown);
      expect(one(event, undefined, { ...view, caller: undefined }).location).toEqual(shown);
    }
    expect(toPoster(event, undefined, at).location).toEqual(shown);
  });

  it('is not there for an event without a location', () => {
    const event = draftRecord();
    expect(event).not.toHaveProperty('location');
    expect(toPoster(event, undefined, at)).not.toHaveProperty('location');
  });
});

describe('an event without a token', () => {
  const event = { ...record, status: 'published', visibility: 'public', capacity: 3, location: hybrid } as const;
  const seats: Seats = { ...newSeats(registrationPeriodOf(event), 3, record.createdAt), lastNumber: 5 };

  it('is shown without counts of people who wait, without actions, and with an ETag of its own', () => {
    const poster = toPoster(event, seats, at);
    const { etag, ...shown } = toEvent(event, seats, { caller: undefined, roles: [], at });
    expect(poster).toEqual({ ...shown, etag: expect.stringMatching(/^"2-[0-9a-f]{12}"$/) as string });
    expect(poster.etag).not.toBe(etag);
    expect(poster).toMatchObject({ registeredCount: 3, seatsLeft: 0, allowedActions: [] });
    expect(poster).not.toHaveProperty('waitlistedCount');
    expect(Object.keys(poster)).toEqual(Object.keys(toEvent(event, seats, { caller: undefined, roles: [], at })));
  });

  it('has the same bytes in any order in which the database returns the members', () => {
    const names = Object.keys(event) as (keyof typeof event)[];
    const places = Object.keys(hybrid) as (keyof typeof hybrid)[];
    const inOrder = <T extends object>(source: T, order: readonly (keyof T)[]) =>
      Object.fromEntries(order.map((name) => [name, source[name]])) as unknown as T;
    const expected = JSON.stringify(toPoster(event, seats, at));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(names, { minLength: names.length }),
        fc.shuffledSubarray(places, { minLength: places.length }),
        (order, placeOrder) => {
          const shuffled = { ...inOrder<EventRecord>(event, order), location: inOrder(hybrid, placeOrder) };
          expect(JSON.stringify(toPoster(inOrder(shuffled, order), seats, at))).toBe(expected);
        },
      ),
    );
  });

  it('has the same ETag in one revision if and only if everything that is shown is the same', () => {
    /** Few values for each member, of which some differ in what is hidden only. */
    const values = {
      name: ['Jazz', 'jazz'],
      organizerName: [undefined, 'Riverside'],
      description: [undefined, 'Three bands.'],
      imageUrl: [undefined, 'https://a.example/1'],
      timeZone: ['UTC', 'Etc/UTC'],
      endsAt: [record.endsAt, '2030-06-22T22:00:00Z'],
      registrationOpensAt: [undefined, '2030-01-01T00:00:00Z'],
      registrationClosesAt: [undefined, '2030-06-01T00:00:00Z'],
      location: [undefined, venue, online, hybrid, { ...hybrid, url: 'https://meet.example.com/quagga' }],
      capacity: [undefined, 3, 4],
      tags: [undefined, ['jazz'], ['music', 'jazz'], ['jazz', 'music']],
      questions: [undefined, [{ questionId: 'meal', kind: 'text', label: 'Which meal?' }]],
      waitlist: [undefined, true, false],
      visibility: ['public', 'unlisted'],
      status: ['published', 'cancelled'],
      cancellation: [undefined, { at }, { at, reason: 'A storm is coming.' }],
      updatedAt: [record.updatedAt, '2031-01-01T00:00:00Z'],
      nonce: ['000000000000', '111111111111'],
      lastNumber: [0, 1, 3, 5],
      confirmedUpTo: [undefined, 3, 4],
      lastNumberAt: [record.createdAt, at],
      now: [at, '2030-06-21T18:00:01Z', '2030-06-23T00:00:00Z'],
    } as const;
    const names = Object.keys(values) as (keyof typeof values)[];
    const states = fc.record(
      Object.fromEntries(names.map((name) => [name, fc.constantFrom<unknown>(...values[name])])),
    );
    const posterOf = (state: Readonly<Record<string, unknown>>) => {
      const known = Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
      const { now, lastNumber, confirmedUpTo, lastNumberAt, ...members } = known;
      const { confirmedUpTo: _, ...counters } = seats;
      const seen = { ...counters, lastNumber, lastNumberAt, ...(confirmedUpTo === undefined ? {} : { confirmedUpTo }) };
      return toPoster({ ...record, ...members }, seen as unknown as Seats, now as string);
    };
    let [same, different] = [0, 0];
    const numRuns = scaled({ all: 1_000, sample: 200 });
    fc.assert(
      fc.property(states, states, fc.subarray(names, { maxLength: 2 }), (before, others, changed) => {
        const [one, other] = [posterOf(before), posterOf({ ...before, ...pick(others, changed) })];
        const { etag: etagOfOne, ...shownInOne } = one;
        const { etag: etagOfOther, ...shownInOther } = other;
        const isSame = JSON.stringify(shownInOne) === JSON.stringify(shownInOther);
        if (isSame) same += 1;
        else different += 1;
        expect(etagOfOne === etagOfOther).toBe(isSame);
      }),
      { numRuns },
    );
    expect(Math.min(same, different)).toBeGreaterThan(numRuns / 10);
  });

  it('has another ETag whenever something that is shown differs, and the same if only something hidden does', () => {
    const etagWith = (changes: Partial<EventRecord>, counters: Partial<Seats> = {}, now = at) =>
      toPoster({ ...event, ...changes }, { ...seats, ...counters }, now).etag;
    const different = [
      etagWith({}),
      etagWith({ name: 'Another' }),
      etagWith({ visibility: 'unlisted' }),
      etagWith({ status: 'cancelled' }),
      etagWith({ capacity: 4 }),
      etagWith({}, { confirmedUpTo: 6 }),
      etagWith({}, { lastNumber: 2 }),
      etagWith({}, {}, event.endsAt),
      etagWith({ updatedAt: '2031-01-01T00:00:00Z' }),
    ];
    expect(new Set(different).size).toBe(different.length);
    const hidden = [
      etagWith({ nonce: '000000000000' }),
      etagWith({ location: { ...hybrid, url: 'https://meet.example.com/quagga' } }),
      etagWith({}, { lastNumber: 6 }),
    ];
    expect(new Set(hidden)).toEqual(new Set([different[0]]));
  });
});
