/**
 * The URLs of calendars, for links and calendar apps. An entry of its own, because most pages need neither:
 * `import { calendarUrl } from '@event-management/client/calendars'`.
 */
import type { Event, NewCalendarFeed } from './generated/schemas.ts';

/**
 * The secret URL of a feed, to which a calendar app subscribes. The API returns `calendarFile` only when the feed is created, and does not
 * know under which address clients reach it.
 *
 * @param baseUrl the URL of the API with its base path, as for `createEventsClient`; a relative one is valid only in a web page
 * @throws TypeError if the URL is invalid
 */
export function calendarUrl(baseUrl: string | URL, { calendarFile }: Pick<NewCalendarFeed, 'calendarFile'>): string {
  return urlOf(baseUrl, `/calendars/${encodeURIComponent(calendarFile)}`);
}

/**
 * The URL of the calendar file of an event, for a link. It needs a token unless the event is public or unlisted, so that a link works for
 * these only: for others, get the text with `getEventCalendar`.
 *
 * @param baseUrl as for `calendarUrl`
 * @throws TypeError if the URL is invalid
 */
export function eventCalendarUrl(baseUrl: string | URL, { eventId }: Pick<Event, 'eventId'>): string {
  return urlOf(baseUrl, `/events/${encodeURIComponent(eventId)}/calendar`);
}

function urlOf(baseUrl: string | URL, path: string): string {
  const { document } = globalThis as { document?: { readonly baseURI: string } };
  return new URL(`${String(baseUrl).replace(/\/+$/, '')}${path}`, document?.baseURI).href;
}
