/** What must hold after every call. */
import type { Handlers } from '../../src/contract/binding.ts';
import type { CheckInOutcome, Event, Registration } from '../../src/contract/generated/types.ts';
import type { StoredScan } from '../../src/domain/registrations/model.ts';
import { maxScans } from '../../src/domain/registrations/check-ins/scans.ts';
import { ticketCode } from '../../src/domain/registrations/ticket.ts';
import { countsOf, hasSeat, type Seats } from '../../src/domain/shared/seats/model.ts';
import { canonicalJson } from '../../src/lib/canonical-json.ts';
import type { Item } from '../../src/storage/database.ts';

type OperationId = keyof Handlers;

interface Request {
  readonly operationId: OperationId;
  readonly who: string;
  readonly call: { readonly path: object; readonly headers: object; readonly body: unknown };
}

interface Dump {
  readonly events: readonly Item[];
  readonly registrations: readonly Item[];
}

/** An item that holds a number. */
interface Entry extends Item {
  readonly number: number;
  readonly userId?: string;
  readonly fingerprint?: string;
  readonly secret?: string;
  readonly cancellation?: { readonly reason?: string };
  readonly void?: true;
  readonly toSettle?: true;
  readonly erasedAt?: string;
  readonly scans?: Readonly<Record<string, StoredScan>>;
  readonly scanCount?: number;
  readonly checkedInAt?: string;
}

interface State {
  /** The event; a tombstone if it was deleted. */
  readonly event: Item;
  readonly seats: Seats | undefined;
  /** By number. */
  readonly entries: ReadonlyMap<number, Entry>;
  /** By user. */
  readonly attendees: ReadonlyMap<string, { readonly latest: number; readonly numbers: ReadonlySet<number> }>;
  readonly registrations: readonly Item[];
  /** How many people are checked in, by the counters. */
  readonly checkedIn: number;
}

const personal = [
  'answers',
  'fingerprint',
  'userId',
  'registeredAtId',
  'name',
  'email',
  'secret',
  'codeDigest',
  'scans',
  'scanCount',
  'scanRevision',
  'requestId',
];

/** Stands for a person without a user id. */
const walkIn = 'walk-in';
const isPersonOf = (entry: Entry | undefined, who: string) => entry?.userId === (who === walkIn ? undefined : who);

const isActive = (entry: Entry) => entry.void === undefined && entry.cancellation === undefined;

function stateOf({ events, registrations }: Dump, eventId: string): State {
  const entries = new Map<number, Entry>();
  const attendees = new Map<string, { latest: number; numbers: Set<number> }>();
  let seats: Seats | undefined;
  let checkedIn = 0;
  const prefix = `${eventId}/attendee/`;
  for (const item of registrations) {
    const scope = item['scope'] as string;
    if (scope === eventId) entries.set(item['number'] as number, item as Entry);
    else if (scope === `${eventId}/seats`) seats = item as unknown as Seats;
    else if (scope === `${eventId}/check-ins`) checkedIn += item['checkedIn'] as number;
    // The number of an idempotency key, which says nothing of a person.
    else if (scope.startsWith(`${eventId}/key/`)) continue;
    else attendees.set(scope.slice(prefix.length), item as unknown as { latest: number; numbers: Set<number> });
  }
  const [event = {}] = events;
  return { event, seats, entries, attendees, registrations, checkedIn };
}

class Violation extends Error {
  override readonly name = 'Violation';
}

function must(condition: boolean, message: string, details?: unknown): void {
  if (!condition) throw new Violation(details === undefined ? message : `${message}: ${JSON.stringify(details)}`);
}

/** What a person was told about a registration. */
interface Acknowledged {
  readonly who: string;
  readonly confirmed: boolean;
}

export interface BookOptions {
  readonly eventId: string;
  /** Whether a write for a person may still be applied, although its request has ended. */
  hasLateWrites(who: string): boolean;
}

export type Book = ReturnType<typeof createBook>;

/** Remembers what people were told, and compares it with what is stored. */
export function createBook({ eventId, hasLateWrites }: BookOptions) {
  let state: State | undefined;
  let previousEvent: string | undefined;
  /** What was told since the last check. */
  let news: (() => void)[] = [];
  const acknowledged = new Map<number, Acknowledged>();
  const everSeated = new Set<number>();
  const everCancelled = new Set<number>();
  /** The numbers that somebody has asked to cancel, and the people who have asked to cancel their latest one. */
  const cancelledNumbers = new Set<number>();
  const cancelledPeople = new Set<string>();
  /** How many requests to register a person are running, and how many have been started. */
  const registering = new Map<string, { running: number; started: number }>();
  const erased = new Set<string>();
  /** The numbers that keys have registered. */
  const numberOfKey = new Map<string, number>();
  const codes = new Map<number, string>();
  /** Stored scans, by number and id. */
  const everScanned = new Map<string, StoredScan>();
  let deleted = false;

  const registeringOf = (who: string) => {
    const known = registering.get(who) ?? { running: 0, started: 0 };
    registering.set(who, known);
    return known;
  };

  /** Records a request; the function that it returns takes the result, or undefined if the request failed. */
  function started({ operationId, who, call }: Request): (result: unknown) => void {
    const { number } = call.path as { readonly number?: number };
    if (operationId === 'cancelMyRegistration') {
      const own = (call.body as { readonly number?: number }).number;
      if (own === undefined) cancelledPeople.add(who);
      else cancelledNumbers.add(own);
    }
    if (operationId === 'deleteMyRegistration') cancelledPeople.add(who);
    if (number !== undefined && operationId !== 'deleteCheckIn') cancelledNumbers.add(number);
    const registration = registeringOf(who);
    if (operationId === 'registerForEvent') {
      registration.running += 1;
      registration.started += 1;
      erased.delete(who);
    }
    const { running: runningBefore, started: startedBefore } = registration;
    return (result) => {
      if (operationId === 'registerForEvent') registration.running -= 1;
      if (result === undefined) return;
      const { status, body, problem } = result as { status?: number; body?: unknown; problem?: string };
      news.push(() => {
        if (status !== undefined && body !== undefined) told(operationId, who, body);
        if (operationId === 'createRegistration' && status === 201) toldWalkIn(body as Registration, call.headers);
        if (operationId === 'deleteEvent' && status === 204) deleted = true;
        if (operationId !== 'deleteMyRegistration' || (status !== 204 && problem !== 'registration-not-found')) return;
        const quiet = runningBefore === 0 && registration.started === startedBefore && !hasLateWrites(who);
        if (quiet) erased.add(who);
      });
    };
  }

  function told(operationId: OperationId, who: string, body: unknown): void {
    if (operationId === 'getEvent') return checkCounts(body as Event);
    if (operationId === 'createCheckIns') return toldOutcomes((body as { outcomes: CheckInOutcome[] }).outcomes);
    if (operationId === 'listMyRegistrations' || operationId === 'listRegistrations') {
      for (const item of (body as { items: Registration[] }).items) {
        if (operationId === 'listMyRegistrations') toldRegistration(item, who);
      }
      return;
    }
    if (['registerForEvent', 'getMyRegistration', 'cancelMyRegistration'].includes(operationId))
      toldRegistration(body as Registration, who);
    if (operationId === 'cancelRegistration') toldCancelled(body as Registration);
  }

  function toldRegistration(registration: Registration, who: string): void {
    if (registration.status === 'cancelled') return toldCancelled(registration);
    const { number } = registration;
    const before = acknowledged.get(number);
    must(before === undefined || before.who === who, 'A number belongs to one person', { number, who, before });
    const confirmed = registration.status === 'confirmed' || before?.confirmed === true;
    acknowledged.set(number, { who, confirmed });
    const entry = state?.entries.get(number);
    const secret = isPersonOf(entry, who) ? entry?.secret : undefined;
    if (registration.code !== undefined && secret !== undefined) {
      must(registration.code === ticketCode({ eventId, number }, secret), 'The code in a response is the stored one', {
        number,
        who,
      });
    }
  }

  function toldWalkIn(registration: Registration, headers: { readonly 'Idempotency-Key'?: string }): void {
    toldRegistration(registration, walkIn);
    const key = headers['Idempotency-Key'];
    if (key === undefined) return;
    const before = numberOfKey.get(key) ?? registration.number;
    must(before === registration.number, 'A key registers one person', { key, before, registration });
    numberOfKey.set(key, before);
  }

  function toldCancelled({ number }: Registration): void {
    const entry = state?.entries.get(number);
    must(entry?.cancellation !== undefined, 'What was told to be cancelled is cancelled', { number });
  }

  /** The outcome that was told of a scan is the one that is stored with it; who was told to be checked in has a scan. */
  function toldOutcomes(outcomes: readonly CheckInOutcome[]): void {
    for (const { scanId, outcome, number = 0 } of outcomes) {
      const entry = state?.entries.get(number);
      if (entry === undefined || entry.erasedAt !== undefined) continue;
      if (Object.keys(entry.scans ?? {}).length === maxScans) continue;
      const stored = entry.scans?.[scanId];
      if (stored !== undefined) must(stored.outcome === outcome, 'A scan has one outcome', { outcome, stored });
      else
        must(!['checked-in', 'not-processed'].includes(outcome), 'A scan that checks in is stored', { scanId, entry });
    }
  }

  function checkScans({ entries, checkedIn }: State): void {
    const inside = [...entries.values()].filter(({ checkedInAt }) => checkedInAt !== undefined);
    must(checkedIn === inside.length, 'Everybody who is checked in is counted once', { checkedIn, inside });
    for (const entry of entries.values()) {
      if (entry.void === true || entry.erasedAt !== undefined) continue;
      if (entry.secret !== undefined)
        codes.set(entry.number, ticketCode({ eventId, number: entry.number }, entry.secret));
      const scans = Object.entries(entry.scans ?? {});
      const live = scans.flatMap(([, scan]) => (scan.undoneAt === undefined ? [scan] : []));
      const [earliest] = live.map(({ scannedAt }) => scannedAt).sort();
      must(entry.checkedInAt === earliest, 'The check-in is the earliest scan that is not undone', entry);
      const { scanCount } = entry;
      if (live.length === 0) must(scanCount === undefined, 'Without a scan there is no count', entry);
      // Beyond those that are stored, scans are only counted.
      else if (scans.length < maxScans) must(scanCount === live.length, 'Every scan is counted once', entry);
      else must((scanCount ?? 0) >= live.length, 'Every stored scan is counted', entry);
      must(scans.length <= maxScans, 'The number of stored scans is limited', entry);
      if (!isActive(entry))
        must(
          live.every(({ admitted }) => admitted === true),
          'No one is cancelled and inside without being admitted',
          entry,
        );
      for (const [scanId, scan] of scans) {
        const { undoneAt, ...kept } = scan;
        const key = `${entry.number} ${scanId}`;
        const { undoneAt: undoneBefore, ...before } = everScanned.get(key) ?? scan;
        must(canonicalJson(kept) === canonicalJson(before), 'A stored scan does not change', { before, scan });
        must(undoneBefore === undefined || undoneAt === undoneBefore, 'An undo is final', { undoneBefore, scan });
        const valid = ['checked-in', 'already-checked-in'].includes(scan.outcome);
        must(valid || scan.admitted === true, 'A scan that is refused is not stored', scan);
        everScanned.set(key, scan);
      }
    }
    for (const key of everScanned.keys()) {
      const [number = '', scanId = ''] = key.split(' ');
      const entry = entries.get(Number(number));
      const isKept = entry?.erasedAt !== undefined || entry?.scans?.[scanId] !== undefined;
      // Of too many, one that is undone makes room.
      const madeRoom =
        everScanned.get(key)?.undoneAt !== undefined && Object.keys(entry?.scans ?? {}).length === maxScans;
      must(isKept || madeRoom, 'A stored scan is never lost', { key });
    }
  }

  function checkCounts({ registeredCount, seatsLeft = 0, waitlistedCount = 0 }: Event): void {
    must(Math.min(registeredCount, seatsLeft, waitlistedCount) >= 0, 'Counts are never negative');
  }

  /** @param byOrganizer whether the last call belongs to an operation that may change the event; absent if there was none */
  function check(dump: Dump, byOrganizer: boolean | undefined): void {
    state = stateOf(dump, eventId);
    const event = canonicalJson(state.event);
    must(byOrganizer !== false || event === previousEvent, 'Registrations do not change the event');
    previousEvent = event;
    const told = news;
    news = [];
    checkNumbers(state);
    checkSeats(state);
    checkPeople(state);
    checkScans(state);
    for (const tell of told) tell();
    checkAcknowledged(state);
    checkErasedPeople(state);
  }

  function checkNumbers({ seats, entries }: State): void {
    if (seats === undefined) return must(entries.size === 0, 'There are no registrations without counters');
    let released = 0;
    let withdrawn = 0;
    for (const entry of entries.values()) {
      must(entry.number >= 1 && entry.number <= seats.lastNumber, 'Every number was taken', entry);
      if (entry.toSettle) withdrawn += 1;
      else if (!isActive(entry)) released += 1;
      if (everCancelled.has(entry.number)) must(!isActive(entry), 'A cancellation is final', entry);
      if (!isActive(entry)) everCancelled.add(entry.number);
      if (entry.erasedAt !== undefined) {
        must(!personal.some((name) => entry[name] !== undefined), 'An erased registration has nothing personal', entry);
        must(entry.cancellation?.reason === undefined, 'An erased registration has no reason', entry);
      }
    }
    must(seats.released === released, 'Every number is released once', { seats, released });
    must(seats.withdrawn === withdrawn, 'Everybody who left the waitlist is counted', { seats, withdrawn });
    for (let number = 1; number <= seats.reclaimedUpTo; number += 1) {
      const entry = entries.get(number);
      must(entry !== undefined && entry.toSettle === undefined, 'Nothing is left where all was reclaimed', {
        number,
        seats,
      });
    }
  }

  function checkSeats({ event, seats, entries }: State): void {
    if (seats === undefined) return;
    const active = [...entries.values()].filter(isActive);
    const seated = active.filter(({ number }) => hasSeat(number, seats));
    for (const { number } of active) {
      must(!everSeated.has(number) || hasSeat(number, seats), 'A seat is never lost', { number, seats });
    }
    for (const { number } of seated) everSeated.add(number);
    if (event['deletedAt'] !== undefined)
      return must(active.length === 0, 'No one is registered for a deleted event', active);
    if (event['status'] === 'draft') return must(active.length === 0, 'No one is registered for a draft', active);
    const capacity = event['capacity'] as number | undefined;
    const { confirmedUpTo, released } = seats;
    const difference = confirmedUpTo === undefined ? undefined : confirmedUpTo - released;
    must(difference === capacity, 'The seats without those released are the capacity', { seats, capacity });
    must(capacity === undefined || seated.length <= capacity, 'No more people have a seat than there are seats', {
      seats,
      seated: seated.length,
      capacity,
    });
    const { registered } = countsOf(seats);
    must(registered >= seated.length, 'The count is at most too high', { registered, seated: seated.length });
  }

  function checkPeople({ event, entries, attendees }: State): void {
    const active = new Map<string, number>();
    const keyed = [...entries.values()].flatMap(({ fingerprint }) => fingerprint ?? []);
    must(new Set(keyed).size === keyed.length, 'A request with a key registers one person', keyed);
    for (const entry of entries.values()) {
      const { userId, number } = entry;
      if (userId === undefined) continue;
      if (event['deletedAt'] === undefined) {
        const known = attendees.get(userId);
        must(known?.numbers.has(number) === true, 'Everybody can find all that is stored of them', entry);
      }
      if (!isActive(entry)) continue;
      must(!active.has(userId), 'No one is registered twice', { userId, numbers: [active.get(userId), number] });
      active.set(userId, number);
      must(attendees.get(userId)?.latest === number, 'A registration is the latest of its person', entry);
    }
  }

  function checkAcknowledged({ seats, entries }: State): void {
    for (const [number, { who, confirmed }] of acknowledged) {
      const entry = entries.get(number);
      must(entry !== undefined && entry.void === undefined, 'An acknowledged registration is never lost', {
        number,
        who,
      });
      if (entry === undefined) continue;
      must(isPersonOf(entry, who) || entry.erasedAt !== undefined, 'A registration stays with its person', entry);
      if (!isActive(entry)) {
        must(
          cancelledNumbers.has(number) || cancelledPeople.has(who),
          'Nothing is cancelled unless somebody asked for it',
          entry,
        );
      } else if (confirmed) must(seats !== undefined && hasSeat(number, seats), 'Who was confirmed stays so', entry);
    }
  }

  function checkErasedPeople({ registrations }: State): void {
    if (erased.size === 0) return;
    const text = JSON.stringify(registrations);
    for (const who of erased) must(!text.includes(who), 'Nothing is stored of somebody who was erased', { who });
  }

  /** What holds once the seats were reclaimed, long after the last request. */
  function checkHealed(dump: Dump): void {
    const { seats, entries, event } = stateOf(dump, eventId);
    if (seats === undefined || event['status'] === 'draft') return;
    const active = [...entries.values()].filter(isActive);
    const seated = active.filter(({ number }) => hasSeat(number, seats));
    const { registered, waitlisted, left } = countsOf(seats);
    const waiting = active.length - seated.length;
    const capacity = event['capacity'] as number | undefined;
    must(registered === seated.length, 'The count of those with a seat is exact in the end', {
      seats,
      registered,
      seated: seated.length,
    });
    must(waiting === 0 || left === 0, 'No seat is free while somebody waits', { seats, waiting });
    must(waiting === 0 || seated.length === capacity, 'All seats are taken while somebody waits', { seats, waiting });
    if (left !== undefined) must(left === (capacity ?? 0) - seated.length, 'The count of free seats is exact', seats);
    // Gaps among those who wait are only found once they have a seat.
    must(waitlisted >= waiting, 'Everybody who waits is counted', { seats, waitlisted, waiting });
  }

  /** What holds once an event was deleted. */
  function checkErased(dump: Dump): void {
    const { event, entries, attendees } = stateOf(dump, eventId);
    must(event['deletedAt'] !== undefined && event['erasing'] === undefined, 'The erasure is finished', event);
    const text = JSON.stringify([...entries.values()]);
    must(!/person-|walk-in/.test(text), 'Nothing is stored of those who were registered');
    for (const [who, { latest }] of attendees) {
      // A request died after it had claimed the number. Only the person can find this record, and delete it.
      const died = entries.get(latest)?.void === true || !entries.has(latest);
      must(died, 'No record remains of somebody who was registered', { who, latest });
    }
  }

  return {
    started,
    check,
    checkHealed,
    checkErased,
    hasNews: () => news.length > 0,
    isDeleted: () => state?.event['deletedAt'] !== undefined,
    /** A number that exists; undefined if none does. */
    pick: (index: number) => {
      const numbers = [...(state?.entries.keys() ?? [])].sort((one, other) => one - other);
      return numbers[index % numbers.length];
    },
    /** The code of a number's ticket; undefined if it was never seen. */
    codeOf: (number: number) => codes.get(number),
    personWith: (number: number) => state?.entries.get(number)?.userId,
    /** The number that a person was told last. */
    numberOf: (who: string) => [...acknowledged].findLast(([, told]) => told.who === who)?.[0],
    /** Whether the organizer was told that the event is deleted. */
    toldDeleted: () => deleted,
  };
}
