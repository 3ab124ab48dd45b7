import type { Event as ApiEvent } from '@event-management/client';
import { locationText } from './event-text.ts';
import type { ReactNode } from 'react';
import { datePartsOf, timeRangeOf, timeZoneLabel } from '../time.ts';
import { texts } from '../texts.ts';
import { isolated } from './bidi.ts';

interface EventRowProps {
  readonly event: ApiEvent;
  /** The address of its view. */
  readonly address: string;
  /** What the right side says about its state. */
  readonly children: ReactNode;
  /** The address of the list with only the events that have a tag. */
  tagged(tag: string): string;
}

/** One event of a list. The whole row is clickable, but only its name and its tags are links. */
export function EventRow({ event, address, children, tagged }: EventRowProps) {
  const { name, organizerName, startsAt, endsAt, timeZone, tags = [] } = event;
  const { weekday, day } = datePartsOf(startsAt, timeZone);
  return (
    <li className={`row ${event.status}`}>
      <time className="calendar-date" dateTime={startsAt}>
        <span>{weekday}</span>
        <strong>{day}</strong>
      </time>
      <div className="what">
        <h3>
          <a href={address}>
            <bdi>{name}</bdi>
          </a>
        </h3>
        <p>
          {timeRangeOf(startsAt, endsAt, timeZone)} <span className="zone">{timeZoneLabel(startsAt, timeZone)}</span>
        </p>
        <p className="where">{locationText(event.location)}</p>
        {organizerName && <p className="by">{texts.by(isolated(organizerName))}</p>}
        {tags.length > 0 && (
          <ul className="tags" aria-label={texts.tags}>
            {tags.map((tag) => (
              <li key={tag}>
                <a href={tagged(tag)}>
                  <bdi>{tag}</bdi>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="state">{children}</div>
    </li>
  );
}
