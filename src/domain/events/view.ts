/** Events as the contract describes them, for the caller who looks at them. */
import { document } from '../../contract/generated/document.ts';
import type { Event, EventLocation, Location } from '../../contract/generated/types.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { pick } from '../../lib/pick.ts';
import { etagOf, etagOfBody } from '../shared/etag.ts';
import type { Instant } from '../shared/instants.ts';
import { countsOf, type SeatCounts, type Seats } from '../shared/seats/model.ts';
import { eventActions } from './actions.ts';
import { defaults, type EventRecord, isOrganizer, phaseOf, type View } from './model.ts';

const { schemas } = document.components as { schemas: Record<'Event', { properties: object }> };

/** The members of an event in the contract's order. Items come back from the database in no particular order. */
const members = Object.keys(schemas.Event.properties) as (keyof Event)[];

/** What is shown of an event's seats. A draft has the seats that it will be published with. */
function countsOfEvent({ status, capacity }: EventRecord, seats: Seats | undefined): SeatCounts {
  if (status !== 'draft' && seats !== undefined) return countsOf(seats);
  return { registered: 0, waitlisted: 0, ...(capacity === undefined ? {} : { left: capacity }) };
}

/**
 * The event as the contract describes it: its members and no other attribute of the item. Only its organizer sees who waits, and only
 * its organizer and those who attend see the URL of a meeting.
 */
export function toEvent(record: EventRecord, seats: Seats | undefined, view: View): Event {
  const { caller, at, attends = false, checkedIn } = view;
  const { registered, waitlisted, left } = countsOfEvent(record, seats);
  const { location, ...others } = record;
  const known: Partial<Event> = {
    ...defaults,
    ...others,
    ...(location === undefined
      ? {}
      : { location: attends || isOrganizer(record, caller) ? location : withoutUrl(location) }),
    etag: etagOf(record),
    phase: phaseOf(record, at),
    registeredCount: registered,
    ...(left === undefined ? {} : { seatsLeft: left }),
    ...(isOrganizer(record, caller) ? { waitlistedCount: waitlisted } : {}),
    ...(checkedIn === undefined ? {} : { checkedInCount: checkedIn }),
    allowedActions: eventActions(record, seats, view),
  };
  return pick(known, members) as Event;
}

/** A location as everybody may see it. */
function withoutUrl(location: Location): EventLocation {
  if (location.kind === 'venue') return location;
  const { url: _, ...shown } = location;
  return shown;
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

/**
 * The event as it is shown without a token, with an ETag that changes with everything that is shown. The database returns the members of
 * a location in any order; here they are sorted, so that the same event has the same bytes.
 */
export function toPoster(record: EventRecord, seats: Seats | undefined, at: Instant): Event {
  const event = toEvent(record, seats, { caller: undefined, roles: [], at });
  const { etag: _, ...shown } = event;
  const sorted = JSON.parse(canonicalJson(shown)) as typeof shown;
  return { ...event, ...sorted, etag: etagOfBody(record, sorted) };
}
