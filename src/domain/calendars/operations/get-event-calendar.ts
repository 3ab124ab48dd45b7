import type { Call, OperationResult } from '../../../contract/binding.ts';
import { toICalendar } from '../../../lib/icalendar.ts';
import { isNamedBy } from '../../shared/precondition.ts';
import { etagOfCalendar } from '../content.ts';
import type { Dependencies } from '../dependencies.ts';
import { toEntry, viewOf } from '../model.ts';

/** Returns an event as a calendar file, as the caller may see it. Without a token it is the same for everybody, so that caches can keep it. */
export async function getEventCalendar(
  { path: { eventId }, headers, principal, signal }: Call<'getEventCalendar'>,
  { events, registrations }: Dependencies,
): Promise<OperationResult<'getEventCalendar'>> {
  const caller = principal?.sub;
  const found = await events.find(eventId, caller, signal);
  if ('problem' in found) return found;
  const { event, seats } = found;
  const registration = caller === undefined ? undefined : await registrations.statusOf(eventId, caller, seats, signal);
  const body = toICalendar({ entries: [toEntry(event, viewOf(event, caller, registration))] });
  const etag = etagOfCalendar(body);
  if (caller === undefined && isNamedBy(headers['If-None-Match'], etag))
    return { status: 304, headers: { ETag: etag, 'Cache-Control': 'public, max-age=60' } };
  return {
    status: 200,
    headers: {
      ETag: etag,
      'Cache-Control': caller === undefined ? 'public, max-age=60' : 'no-store',
      'Content-Disposition': 'attachment; filename="event.ics"',
    },
    mediaType: 'text/calendar',
    body,
  };
}
