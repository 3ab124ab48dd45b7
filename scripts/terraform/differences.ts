/** Where items of the tables contradict each other, as they can after a restore: it may contain one half of a transaction. */

import type { Seats } from '../../src/domain/shared/seats/model.ts';

/** An item of a table as it is, not yet known to be anything. */
type Item = Readonly<Record<string, unknown>>;

interface Event {
  readonly capacity?: number;
  readonly erasing?: boolean;
}

interface Entry {
  readonly number: number;
  readonly void?: true;
  readonly userId?: string;
  readonly cancellation?: object;
  readonly toSettle?: true;
  readonly checkedInAt?: string;
}

interface Attendee {
  readonly latest: number;
  readonly numbers: ReadonlySet<number>;
}

/** What is stored of one event. */
interface Stored {
  event?: Event;
  seats?: Seats;
  readonly entries: Map<number, Entry>;
  /** By user. */
  readonly attendees: Map<string, Attendee>;
  checkedIn: number;
}

/**
 * The differences, one sentence for each, which starts with the id of the event. There are none in tables that no request is writing to.
 *
 * @param events the items of the events table
 * @param registrations the items of the registrations table
 */
export function differencesIn(events: Iterable<Item>, registrations: Iterable<Item>): string[] {
  const stored = new Map<string, Stored>();
  const storedOf = (eventId: string): Stored => {
    const known: Stored = stored.get(eventId) ?? { entries: new Map(), attendees: new Map(), checkedIn: 0 };
    stored.set(eventId, known);
    return known;
  };
  for (const event of events) storedOf(String(event['eventId'])).event = event;
  for (const item of registrations) {
    const [eventId = '', kind, id = ''] = String(item['scope']).split('/');
    const one = storedOf(eventId);
    const value: unknown = item;
    if (kind === undefined) one.entries.set(Number(item['number']), value as Entry);
    else if (kind === 'seats') one.seats = value as Seats;
    else if (kind === 'attendee') one.attendees.set(id, value as Attendee);
    else if (kind === 'check-ins') one.checkedIn += Number(item['checkedIn']);
  }
  return [...stored].flatMap(([eventId, one]) => [...differencesOf(one)].map((text) => `${eventId}: ${text}`));
}

function* differencesOf({ event, seats, entries, attendees, checkedIn }: Stored): Generator<string, void> {
  const all = [...entries.values()];
  if (seats === undefined) {
    if (all.length > 0) yield `there are ${all.length} registrations, and no counters`;
    return;
  }
  const { lastNumber, confirmedUpTo, released, withdrawn, accepting } = seats;
  const highest = Math.max(0, ...all.map(({ number }) => number));
  if (highest > lastNumber) yield `lastNumber is ${lastNumber}, but ${highest} is taken`;

  const givenUp = all.filter((entry) => entry.void === true || entry.cancellation !== undefined);
  const waiting = givenUp.filter(({ toSettle }) => toSettle === true).length;
  if (released !== givenUp.length - waiting)
    yield `released is ${released}, but ${givenUp.length - waiting} numbers are released`;
  if (withdrawn !== waiting) yield `withdrawn is ${withdrawn}, but ${waiting} people have left the waitlist`;

  const capacity = event?.capacity;
  const seated = confirmedUpTo === undefined ? undefined : confirmedUpTo - released;
  // The counters of an event that takes no registrations get its capacity when it is published again.
  if (accepting && seated !== capacity)
    yield `the capacity is ${capacity ?? 'unlimited'}, but confirmedUpTo − released is ${seated ?? 'missing'}`;

  const inside = all.filter(({ checkedInAt }) => checkedInAt !== undefined).length;
  if (checkedIn !== inside) yield `${checkedIn} people are counted as checked in, but ${inside} are`;

  // Those of a deleted event are removed before its registrations are erased.
  if (event?.erasing === true) return;
  for (const { number, userId, cancellation } of all) {
    if (userId === undefined) continue;
    const attendee = attendees.get(userId);
    if (cancellation === undefined ? attendee?.latest !== number : attendee?.numbers.has(number) !== true)
      yield `the attendee record of ${userId} does not name registration ${number}`;
  }
  for (const [userId, { latest }] of attendees) {
    const entry = entries.get(latest);
    if (entry !== undefined && entry.void !== true && entry.userId !== userId)
      yield `the attendee record of ${userId} names registration ${latest}, which is of somebody else`;
  }
}
