/** The calendar of a feed, and its validator. */
import { createHash } from 'node:crypto';
import { type CalendarEntry, toICalendar } from '../../lib/icalendar.ts';
import type { Instant } from '../shared/instants.ts';
import type { Dependencies } from './dependencies.ts';
import {
  type FeedContent,
  isInFeed,
  maxCalendarBytes,
  maxEntries,
  nameOf,
  startOfWindow,
  toEntry,
  viewOf,
} from './model.ts';

type Sources = Pick<Dependencies, 'events' | 'registrations'>;

/** The text of a feed's calendar at an instant, as its owner may see it. */
export async function calendarOf(
  feed: FeedContent,
  sources: Sources,
  now: Instant,
  signal: AbortSignal,
): Promise<string> {
  const { source, userId } = feed;
  const entries =
    source.kind === 'published-by'
      ? await publishedBy(source.organizerId, sources, now, signal)
      : await registeredBy(userId, sources, now, signal);
  return toICalendar({ name: nameOf(feed), entries: firstOf(entries) }, maxCalendarBytes);
}

/** Such a feed is made to be shared: it has neither meetings nor unlisted events. */
async function publishedBy(organizerId: string, { events }: Sources, now: Instant, signal: AbortSignal) {
  const found = await events.publishedBy(organizerId, { endsAfter: startOfWindow(now), limit: maxEntries }, signal);
  return found
    .filter((event) => isInFeed(event, now) && event.visibility !== 'unlisted')
    .map((event) => toEntry(event, { withMeeting: false }));
}

async function registeredBy(userId: string, { events, registrations }: Sources, now: Instant, signal: AbortSignal) {
  const own = await registrations.ofUser(userId, maxEntries, signal);
  const found = await events.getMany(
    own.map(({ eventId }) => eventId),
    signal,
  );
  return own.flatMap(({ status }, index) => {
    const event = found[index];
    return event && isInFeed(event, now) ? [toEntry(event, viewOf(event, userId, status))] : [];
  });
}

/** The earliest entries. Their order depends on nothing else, so that equal calendars are equal texts. */
function firstOf(entries: readonly CalendarEntry[]): CalendarEntry[] {
  const keyOf = ({ startsAt, uid }: CalendarEntry) => `${startsAt}#${uid}`;
  return [...entries].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)).slice(0, maxEntries);
}

/** The strong ETag of a calendar: a digest of its bytes. */
export function etagOfCalendar(calendar: string): string {
  return `"${createHash('sha256').update(calendar).digest('base64url').slice(0, 22)}"`;
}
