import type { Event as ApiEvent } from '@event-management/client';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../shared/parts/event-text.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { texts as checkInTexts } from '../check-in/link-texts.ts';
import { addressOf } from '../router.ts';
import { useServices } from '../../shared/services.ts';
import { texts } from '../texts.ts';
import { BackToEvent, EventFailure } from './back.tsx';
import { ExportButton } from './export-button.tsx';
import type { GuestFilters } from './filters.ts';
import { GuestList } from './guest-list.tsx';

interface GuestsViewProps {
  readonly eventId: string;
  readonly filters: GuestFilters;
}

/** The guest list of an event: who has a seat, who waits, and who has cancelled. */
export function GuestsView({ eventId, filters }: GuestsViewProps) {
  const { queries } = useServices();
  const query = useQuery(queries.getEvent(eventId));
  const { data: event } = query;
  if (!event) return <EventFailure {...query} />;
  return (
    <>
      <BackToEvent event={event} />
      <div className="title-row">
        <Heading title={`${texts.guests}: ${event.name}`}>{texts.guests}</Heading>
      </div>
      {event.allowedActions.includes('duplicateEvent') ? (
        <OwnGuests event={event} filters={filters} />
      ) : (
        <div className="notice empty">
          <h2>{texts.notYourEvent[0]}</h2>
          <p>{texts.notYourEvent[1]}</p>
        </div>
      )}
    </>
  );
}

interface OwnGuestsProps {
  readonly event: ApiEvent;
  readonly filters: GuestFilters;
}

/** The guests of an event of the visitor. */
function OwnGuests({ event, filters }: OwnGuestsProps) {
  return (
    <>
      <Counts event={event} />
      <div className="buttons guest-actions">
        {event.allowedActions.includes('createRegistration') && (
          <a className="button primary" href={addressOf({ name: 'new-guest', eventId: event.eventId })}>
            {texts.addGuest}
          </a>
        )}
        {event.status === 'published' && (
          <a className="button" href={addressOf({ name: 'check-in', eventId: event.eventId })}>
            {checkInTexts.checkIn}
          </a>
        )}
        <ExportButton event={event} />
      </div>
      <GuestList event={event} filters={filters} />
    </>
  );
}

/** How many have a seat, wait, and are checked in. */
function Counts({
  event: { registeredCount, capacity, waitlistedCount = 0, checkedInCount = 0 },
}: {
  readonly event: ApiEvent;
}) {
  const confirmed = formatCount(registeredCount);
  const counts = [
    [texts.confirmed, capacity === undefined ? confirmed : texts.of(confirmed, formatCount(capacity))],
    [texts.waiting, formatCount(waitlistedCount)],
    [texts.checkedIn, formatCount(checkedInCount)],
  ] as const;
  return (
    <dl className="counts">
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}
