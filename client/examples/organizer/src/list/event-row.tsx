import type { Event as ApiEvent } from '@event-management/client';
import { Badges } from '../parts/badge.tsx';
import { locationText, registrationText } from '../parts/event-text.ts';
import { addressOf } from '../router.ts';
import { datePartsOf, timeRangeOf, timeZoneLabel } from '../time.ts';

/** One event of a list. The whole row is clickable, but only the name is a link. */
export function EventRow({ event }: { readonly event: ApiEvent }) {
  const { eventId, name, organizerName, startsAt, endsAt, timeZone, tags = [] } = event;
  const { weekday, day } = datePartsOf(startsAt, timeZone);
  return (
    <li class={`row ${event.status}`}>
      <time class="calendar-date" dateTime={startsAt}>
        <span>{weekday}</span>
        <strong>{day}</strong>
      </time>
      <div class="what">
        <h3>
          <a href={addressOf({ name: 'event', eventId })}>
            <bdi>{name}</bdi>
          </a>
        </h3>
        <p>
          {timeRangeOf(startsAt, endsAt, timeZone)} <span class="zone">{timeZoneLabel(startsAt, timeZone)}</span>
        </p>
        <p class="where">{locationText(event.location)}</p>
        {organizerName && (
          <p class="by">
            By <bdi>{organizerName}</bdi>
          </p>
        )}
        {tags.length > 0 && (
          <ul class="tags" aria-label="Tags">
            {tags.map((tag) => (
              <li key={tag}>
                <bdi>{tag}</bdi>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="state">
        <Badges event={event} />
        <span class="guests">{registrationText(event)}</span>
      </div>
    </li>
  );
}
