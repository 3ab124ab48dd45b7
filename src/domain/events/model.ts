/**
 * Events, and the concepts around them.
 *
 * - An *organizer* is a caller with the organizer role. Organizers create events; each event belongs permanently to the organizer
 *   who created it, and only that organizer can change it.
 * - An *event* is a *draft* when it is created. A draft is invisible to everyone except its organizer. Publishing shows the event to
 *   those that its *visibility* names, unpublishing makes it a draft again, and cancelling is final: a cancelled event stays visible and
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
import type { Revision } from '../shared/etag.ts';
import type { Instant } from '../shared/instants.ts';
import { newSeats, type RegistrationPeriod, type Seats } from '../shared/seats/model.ts';

/** The members of an event that are not stored with it. */
type Computed =
  'etag' | 'phase' | 'registeredCount' | 'seatsLeft' | 'waitlistedCount' | 'checkedInCount' | 'allowedActions';

/** The members that are stored as they were sent: a location with its URL, and nothing in place of a default. */
type Sent = Pick<EventCreate, 'location' | keyof typeof defaults>;

/** An event as it is stored: without the members that are computed when it is read, and without those that have a default if they were never set. */
export type EventRecord = Omit<Event, Computed | keyof Sent> & Sent & Revision;

/** The values of members that were never set. */
export const defaults = { waitlist: true, visibility: 'signed-in' } as const satisfies Partial<Event>;

/** What the organizer decides about an event: the members of a request that creates one, with its instants in UTC. */
export type EventContent = Pick<EventRecord, keyof EventCreate>;

/** New values of members; null removes a member. */
export type EventChanges = { readonly [Member in keyof EventRecord]?: EventRecord[Member] | null };

/** Who looks at something; undefined without a token. */
export type Caller = string | undefined;

/**
 * Whether a caller may know that an event exists. Drafts are visible to their organizer only; other events to everybody who has signed
 * in and, if they are public or unlisted, to everybody else who knows their id.
 */
export function isVisible(
  { status, organizerId, visibility = defaults.visibility }: Pick<EventRecord, 'status' | 'organizerId' | 'visibility'>,
  caller: Caller,
): boolean {
  if (status === 'draft') return organizerId === caller;
  return caller !== undefined || visibility !== 'signed-in';
}

/** Whether an event is in the lists of others than its organizer. */
export function isListed({
  status,
  visibility = defaults.visibility,
}: Pick<EventRecord, 'status' | 'visibility'>): boolean {
  return status === 'published' && visibility !== 'unlisted';
}

/** The phase at an instant: ongoing from the start (inclusive) to the end (exclusive). Instants compare as text. */
export function phaseOf({ startsAt, endsAt }: Pick<EventRecord, 'startsAt' | 'endsAt'>, now: Instant): EventPhase {
  if (now < startsAt) return 'upcoming';
  return now < endsAt ? 'ongoing' : 'ended';
}

const { schemas } = document.components as { schemas: Record<'EventCreate', { properties: object }> };

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
  waitlist = defaults.waitlist,
}: EventRecord): RegistrationPeriod {
  const closesAt = registrationClosesAt < endsAt ? registrationClosesAt : endsAt;
  return { ...(opensAt === undefined ? {} : { opensAt }), closesAt, waitlist };
}

/** Greater than every instant. */
const lastInstant: Instant = '~';

/** The counters of an event that has none yet. */
export function newSeatsOf(event: EventRecord, at: Instant): Seats {
  return newSeats(registrationPeriodOf(event), event.capacity, at);
}

/** Who looks at an event, and when. */
export interface View {
  readonly caller: Caller;
  /** The roles of the caller. */
  readonly roles: readonly string[];
  readonly at: Instant;
  /** Whether the caller has a confirmed registration, and so may see where to meet online. */
  readonly attends?: boolean;
  /** How many people are checked in, for the organizer, if that was read. */
  readonly checkedIn?: number;
}

/** What a signed-in caller sees at an instant, as far as the token tells. */
export function viewOfCaller({ sub, roles }: { readonly sub: string; readonly roles: readonly string[] }, at: Instant) {
  return { caller: sub, roles, at } satisfies View;
}

export function isOrganizer({ organizerId }: Pick<EventRecord, 'organizerId'>, caller: Caller): boolean {
  return organizerId === caller;
}

/** The URL of an online or hybrid location, which not everybody may see. */
export function meetingUrlOf({ location }: WithLocation): string | undefined {
  return location?.url;
}

/** An event, as far as its location: a venue has no URL. */
interface WithLocation {
  readonly location?: { readonly kind: string; readonly url?: string };
}

/** An event with its counters, which a draft may not have. */
export interface FoundEvent {
  readonly event: EventRecord;
  readonly seats: Seats | undefined;
}

/** What other domains can ask about events. */
export interface EventLookup {
  /** Events by their ids, in order and eventually consistently, regardless of who may see them. */
  getMany(eventIds: readonly string[], signal: AbortSignal): Promise<(EventRecord | undefined)[]>;
  /**
   * The events of an organizer that are published and end after an instant, or are cancelled and start after it, in no order. It reads
   * a bounded number of events, from indexes that can lag: the earliest of the published ones, and the cancelled ones among the first of all.
   */
  publishedBy(
    organizerId: string,
    options: { readonly endsAfter: Instant; readonly limit: number },
    signal: AbortSignal,
  ): Promise<EventRecord[]>;
  /** The event, if the caller may see it. */
  find(
    eventId: string,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<FoundEvent | { readonly problem: 'event-not-found' }>;
  /** The event, if it is the caller's. */
  findOwn(
    eventId: string,
    caller: string,
    signal: AbortSignal,
  ): Promise<FoundEvent | { readonly problem: 'event-not-found' | 'not-event-organizer' }>;
  /**
   * The events as the caller sees them, in order; undefined where the caller does not. What is seen depends on whether the caller has a
   * confirmed registration, which is passed once it is known.
   */
  describe(
    eventIds: readonly string[],
    view: View,
    signal: AbortSignal,
  ): Promise<(((attends: boolean) => Event) | undefined)[]>;
}
