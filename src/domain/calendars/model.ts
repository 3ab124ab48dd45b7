/**
 * Calendars, and the concepts around them.
 *
 * - A *calendar* is events as calendar apps read them (src/lib/icalendar.ts): a file with one event, or a feed.
 * - A *feed* is a calendar at a secret URL, to which apps subscribe. Apps send no token, so the URL is the permission: it belongs to
 *   one user, shows what that user may see, and can be revoked. Feeds never change.
 * - The *file name* of a feed ends its URL: 256 secret bits and `.ics`. Only a digest of it is stored, which finds the feed.
 * - An *entry* is an event in a calendar.
 */
import { document } from '../../contract/generated/document.ts';
import type { CalendarFeed, FeedSource, NewCalendarFeed } from '../../contract/generated/types.ts';
import type { CalendarEntry } from '../../lib/icalendar.ts';
import { pick } from '../../lib/pick.ts';
import { type Caller, type EventRecord, isOrganizer, meetingUrlOf } from '../events/model.ts';
import type { RegistrationOfUser } from '../registrations/model.ts';
import { type Instant, instantOf } from '../shared/instants.ts';

/** What a feed shows, and on behalf of whom. */
export interface FeedContent {
  readonly userId: string;
  readonly source: FeedSource;
  readonly name?: string;
}

/** A feed as it is stored. */
export interface FeedRecord extends FeedContent {
  readonly feedId: string;
  readonly createdAt: Instant;
  /** The digest of the file name. */
  readonly fileDigest: string;
  /** With the idempotency key of the request it gives the file name; only with a key. */
  readonly salt?: string;
  /** The fingerprint of a request with an idempotency key. */
  readonly fingerprint?: string;
  /** The request that created the feed. */
  readonly requestId: string;
}

/** How many feeds a user can have. */
export const maxFeeds = 5;

/** How many events a feed can have. */
export const maxEntries = 500;

/** How many bytes a calendar can have: a response of a function can have 6 MB, in which each backslash counts twice. */
export const maxCalendarBytes = 3_000_000;

/** For how many days an event stays in a feed after its end, and a cancelled one after its start. */
export const daysAfterEnd = 30;

const { schemas } = document.components as {
  schemas: Record<'CalendarFeed' | 'NewCalendarFeed', { properties: object }>;
};
const members = Object.keys(schemas.CalendarFeed.properties) as (keyof CalendarFeed)[];
const newMembers = Object.keys(schemas.NewCalendarFeed.properties) as (keyof NewCalendarFeed)[];

/** The feed as its owner can read it. */
export function toFeed(record: FeedRecord): CalendarFeed {
  return pick(record, members);
}

/** The feed as the response to its creation has it. */
export function toNewFeed(record: FeedRecord, calendarFile: string): NewCalendarFeed {
  return pick({ ...record, calendarFile }, newMembers);
}

/** The sort key of feeds: the oldest first. */
export function positionOf({ createdAt, feedId }: FeedRecord): string {
  return `${createdAt}#${feedId}`;
}

/** The name that a calendar app shows. */
export function nameOf({ name, source }: FeedContent): string {
  return name ?? (source.kind === 'my-registrations' ? 'My registrations' : 'Events');
}

/** What a calendar shows of an event beside the event itself. */
export interface EntryView {
  /** Whether the URL of an online meeting is shown. */
  readonly withMeeting: boolean;
  /** Whether the person is on the waitlist. */
  readonly waitlisted?: boolean;
}

/** How a caller sees an event: the meeting is for the organizer and for people with a confirmed registration. */
export function viewOf(
  event: Pick<EventRecord, 'organizerId'>,
  caller: Caller,
  registration: RegistrationOfUser['status'] | undefined,
): EntryView {
  return {
    withMeeting: isOrganizer(event, caller) || registration === 'confirmed',
    waitlisted: registration === 'waitlisted',
  };
}

/** An event as an entry. */
export function toEntry(event: EventRecord, view: EntryView): CalendarEntry {
  const isCancelled = event.status === 'cancelled';
  const isTentative = event.status === 'draft' || view.waitlisted === true;
  const meeting = view.withMeeting ? meetingUrlOf(event) : undefined;
  return {
    uid: event.eventId,
    // A person who gets a seat sees more without a change of the event, and apps replace only what has a lower number.
    sequence: 2 * event.revision + (view.withMeeting ? 1 : 0),
    createdAt: event.createdAt,
    updatedAt: event.updatedAt,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    status: isCancelled ? 'CANCELLED' : isTentative ? 'TENTATIVE' : 'CONFIRMED',
    summary: isCancelled ? `Cancelled: ${event.name}` : event.name,
    description: [event.cancellation?.reason, event.description].filter(Boolean).join('\n\n') || undefined,
    location: placeOf(event.location, meeting),
    conferenceUrl: meeting,
    imageUrl: event.imageUrl,
    categories: event.tags,
  };
}

/** Where an event takes place, in one line: maps look it up. */
function placeOf(location: EventRecord['location'], meeting: string | undefined): string | undefined {
  if (location === undefined) return undefined;
  if (location.kind === 'online') return meeting ?? 'Online';
  return [location.name, ...location.address.split(/,?\s*[\n\u2028\u2029]\s*/)].filter(Boolean).join(', ');
}

/**
 * Whether an event is in a feed at an instant: until some days after its end. A cancelled one is until its end, and not longer after its
 * start than others after their end.
 */
export function isInFeed(
  { status, startsAt, endsAt }: Pick<EventRecord, 'status' | 'startsAt' | 'endsAt'>,
  now: Instant,
): boolean {
  const start = startOfWindow(now);
  return status === 'cancelled' ? endsAt > now && startsAt > start : endsAt > start;
}

/** Events that ended until then are in no feed, nor cancelled ones that started until then. */
export function startOfWindow(now: Instant): Instant {
  const msPerDay = 24 * 60 * 60 * 1_000;
  return instantOf(new Date(Date.parse(now) - daysAfterEnd * msPerDay));
}
