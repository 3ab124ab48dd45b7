/**
 * Events, and the concepts around them.
 *
 * - An *organizer* is a caller with the organizer role. Organizers create events; each event belongs permanently to the organizer
 *   who created it, and only that organizer can change it.
 * - An *event* is a *draft* when it is created. A draft is invisible to everyone except its organizer. Publishing shows the event to
 *   every authenticated caller, unpublishing makes it a draft again, and cancelling is final: a cancelled event stays visible and
 *   cannot be modified. Whether a published event is upcoming, ongoing or ended (its *phase*) is computed when it is read.
 * - The *seats* of an event are counters of their own (src/domain/shared/seats/), because they change with each registration. An
 *   event with registrations can be neither unpublished nor deleted, and its capacity cannot fall below them.
 * - A *revision* is one state of an event. Every change by the organizer increments it, and the ETag names it. Each write
 *   requires the revision that was read: of two changes to one revision, at most one is applied. Registrations do not change
 *   the revision, so that they never make an organizer's change fail.
 * - An *idempotency key* is chosen by the organizer's client. The id of an event is derived from the key and the organizer, so that
 *   one key creates at most one event, however often and however concurrently it is sent. The *fingerprint* of the first request
 *   tells a retry from another request with the same key.
 * - A *tombstone* replaces a deleted event for a day, so that a late retry does not create the event again. It is not an event:
 *   every operation treats it as absent, except that its idempotency key counts as consumed.
 *
 * `repository.ts` reads and writes single events, `list.ts` reads lists, `requirements.ts` says what an event must be like for an
 * operation, `rules.ts` validates its content.
 */
import { document } from '../../contract/generated/document.ts';
import type { Event, EventCreate, EventPhase } from '../../contract/generated/types.ts';
import { pick } from '../../lib/pick.ts';
import { etagOf, type Revision } from '../shared/etag.ts';
import type { Instant } from '../shared/instants.ts';
import { countsOf, type RegistrationPeriod, type SeatCounts, type Seats } from '../shared/seats/model.ts';

/** The members of an event that are not stored with it. */
type Computed = 'etag' | 'phase' | 'registeredCount' | 'seatsLeft' | 'waitlistedCount' | 'checkedInCount';

/** An event as it is stored: without the members that are computed when it is read, and without `waitlist` if it was never set. */
export type EventRecord = Omit<Event, Computed | 'waitlist'> & Partial<Pick<Event, 'waitlist'>> & Revision;

/** What the organizer decides about an event: the members of a request that creates one, with its instants in UTC. */
export type EventContent = Pick<EventRecord, keyof EventCreate>;

/** New values of members; null removes a member. */
export type EventChanges = { readonly [Member in keyof EventRecord]?: EventRecord[Member] | null };

/** Whether a caller may know that an event exists. Drafts are visible to their organizer only. */
export function isVisible(
  { status, organizerId }: Pick<EventRecord, 'status' | 'organizerId'>,
  caller: string,
): boolean {
  return status !== 'draft' || organizerId === caller;
}

/** The phase at an instant: ongoing from the start (inclusive) to the end (exclusive). Instants compare as text. */
export function phaseOf({ startsAt, endsAt }: Pick<EventRecord, 'startsAt' | 'endsAt'>, now: Instant): EventPhase {
  if (now < startsAt) return 'upcoming';
  return now < endsAt ? 'ongoing' : 'ended';
}

const { schemas } = document.components as { schemas: Record<'Event' | 'EventCreate', { properties: object }> };

/** The members of an event in the contract's order. Items come back from the database in no particular order. */
const members = Object.keys(schemas.Event.properties) as (keyof Event)[];
const contentMembers = Object.keys(schemas.EventCreate.properties) as (keyof EventContent)[];

/** The content of an event: the members that a request to create it would have. */
export function contentOf(event: EventContent): EventContent {
  return pick(event, contentMembers);
}

/** When an event takes registrations: at the latest until it ends. */
export function registrationPeriodOf({
  registrationOpensAt: opensAt,
  registrationClosesAt = lastInstant,
  endsAt,
  waitlist = true,
}: EventRecord): RegistrationPeriod {
  const closesAt = registrationClosesAt < endsAt ? registrationClosesAt : endsAt;
  return { ...(opensAt === undefined ? {} : { opensAt }), closesAt, waitlist };
}

/** Greater than every instant. */
const lastInstant: Instant = '~';

/** What is shown of an event's seats. A draft has the seats that it will be published with. */
function countsOfEvent({ status, capacity }: EventRecord, seats: Seats | undefined): SeatCounts {
  if (status !== 'draft' && seats !== undefined) return countsOf(seats);
  return { registered: 0, waitlisted: 0, ...(capacity === undefined ? {} : { left: capacity }) };
}

/** Who looks at an event, and when. */
export interface View {
  readonly caller: string;
  readonly at: Instant;
  /** How many people are checked in, for the organizer, if that was read. */
  readonly checkedIn?: number;
}

/** The event as the contract describes it: its members and no other attribute of the item. Only its organizer sees who waits. */
export function toEvent(record: EventRecord, seats: Seats | undefined, { caller, at, checkedIn }: View): Event {
  const { registered, waitlisted, left } = countsOfEvent(record, seats);
  const known: Partial<Event> = {
    waitlist: true,
    ...record,
    etag: etagOf(record),
    phase: phaseOf(record, at),
    registeredCount: registered,
    ...(left === undefined ? {} : { seatsLeft: left }),
    ...(record.organizerId === caller ? { waitlistedCount: waitlisted } : {}),
    ...(checkedIn === undefined ? {} : { checkedInCount: checkedIn }),
  };
  return pick(known, members) as Event;
}

/** The event as one of many: without its questions, so that a page of events stays small. */
export function toListedEvent(record: EventRecord, seats: Seats | undefined, view: View): Event {
  const { questions: _, ...event } = toEvent(record, seats, view);
  return event;
}

/** The response 200 with an event and its ETag. */
export function eventResponse(record: EventRecord, seats: Seats | undefined, view: View) {
  const body = toEvent(record, seats, view);
  return { status: 200, headers: { ETag: body.etag }, body } as const;
}

/** An event with its counters, which a draft may not have. */
export interface FoundEvent {
  readonly event: EventRecord;
  readonly seats: Seats | undefined;
}

/** What other domains can ask about events. */
export interface EventLookup {
  /** The event, if the caller may see it. */
  find(
    eventId: string,
    caller: string,
    signal: AbortSignal,
  ): Promise<FoundEvent | { readonly problem: 'event-not-found' }>;
  /** The event, if it is the caller's. */
  findOwn(
    eventId: string,
    caller: string,
    signal: AbortSignal,
  ): Promise<FoundEvent | { readonly problem: 'event-not-found' | 'not-event-organizer' }>;
  /** The events as the caller sees them, in order; undefined where the caller does not. */
  describe(
    eventIds: readonly string[],
    caller: string,
    at: Instant,
    signal: AbortSignal,
  ): Promise<(Event | undefined)[]>;
}
