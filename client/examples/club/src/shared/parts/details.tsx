import type { Event as ApiEvent } from '@event-management/client';
import { type ReactNode, useState } from 'react';
import { Badges } from './badge.tsx';
import { Heading } from './heading.tsx';
import { locationText, registrationText } from './event-text.ts';
import { LinkedText } from './linked-text.tsx';
import { dateOf, dateTimeOf, hasSameLocalTime, isLong, ownTimeZone, timeRangeOf, timeZoneLabel } from '../time.ts';
import { texts } from '../texts.ts';

/** The name and the status of an event. */
export function Title({ event }: { readonly event: ApiEvent }) {
  return (
    <div className="event-title">
      <Badges event={event} />
      <Heading title={event.name}>
        <bdi>{event.name}</bdi>
      </Heading>
    </div>
  );
}

interface DetailsProps {
  readonly event: ApiEvent;
  /** The address of the list with only the events that have a tag. Without it, tags are only text. */
  readonly tagged?: ((tag: string) => string) | undefined;
  /** Further terms. */
  readonly children?: ReactNode;
}

/** All details of an event except its name and status. */
export function Details({ event, tagged, children }: DetailsProps) {
  const { organizerName, description, imageUrl, timeZone, location, tags = [], cancellation } = event;
  return (
    <article className="details">
      {imageUrl && <Picture key={imageUrl} address={imageUrl} />}
      {cancellation && (
        <div className="notice cancelled">
          <h2>
            {texts.cancelledOn(`${dateTimeOf(cancellation.at, timeZone)}, ${timeZoneLabel(cancellation.at, timeZone)}`)}
          </h2>
          {cancellation.reason && (
            <p className="prose" dir="auto">
              <LinkedText text={cancellation.reason} />
            </p>
          )}
        </div>
      )}
      <dl>
        <div>
          <dt>{texts.when}</dt>
          <dd>
            <When event={event} />
          </dd>
        </div>
        <div>
          <dt>{texts.where}</dt>
          <dd>
            {locationText(location)}
            {location && 'url' in location && (
              <a href={location.url} target="_blank" rel="noreferrer">
                {location.url}
              </a>
            )}
          </dd>
        </div>
        {organizerName && (
          <div>
            <dt>{texts.organizer}</dt>
            <dd>
              <bdi>{organizerName}</bdi>
            </dd>
          </div>
        )}
        <div>
          <dt>{texts.guests}</dt>
          <dd>{registrationText(event)}</dd>
        </div>
        {tags.length > 0 && (
          <div>
            <dt>{texts.tags}</dt>
            <dd>
              <ul className="tags">
                {tags.map((tag) => (
                  <li key={tag}>
                    {tagged ? (
                      <a href={tagged(tag)}>
                        <bdi>{tag}</bdi>
                      </a>
                    ) : (
                      <bdi>{tag}</bdi>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        {description && (
          <div>
            <dt>{texts.about}</dt>
            <dd className="prose" dir="auto">
              <LinkedText text={description} />
            </dd>
          </div>
        )}
        {children}
      </dl>
    </article>
  );
}

/** When an event takes place, in its time zone and in that of the visitor. The end of a long event has a date as its start has. */
function When({ event: { startsAt, endsAt, timeZone } }: { readonly event: ApiEvent }) {
  const own = ownTimeZone();
  const zone = timeZoneLabel(startsAt, timeZone);
  const ownTime = `${dateOf(startsAt, own)}, ${timeRangeOf(startsAt, endsAt, own)}, ${timeZoneLabel(startsAt, own)}`;
  return (
    <>
      {isLong(startsAt, endsAt) ? (
        <>
          <time dateTime={startsAt}>{dateTimeOf(startsAt, timeZone)} –</time>
          <time dateTime={endsAt}>{dateTimeOf(endsAt, timeZone)}</time>
          <span>{zone}</span>
        </>
      ) : (
        <>
          <time dateTime={startsAt}>{dateOf(startsAt, timeZone)}</time>
          <span>
            {timeRangeOf(startsAt, endsAt, timeZone)}, {zone}
          </span>
        </>
      )}
      {!hasSameLocalTime(startsAt, timeZone, own) && <span>{texts.yourTime(ownTime)}</span>}
    </>
  );
}

/**
 * An image from a host that the organizer chose; no referrer is sent to that host. The text alternative is empty because the content is
 * unknown. An image that cannot be loaded is removed.
 */
function Picture({ address }: { readonly address: string }) {
  const [failed, setFailed] = useState(false);
  return failed ? null : (
    <img
      className="picture"
      src={address}
      alt=""
      referrerPolicy="no-referrer"
      decoding="async"
      onError={() => setFailed(true)}
    />
  );
}
