import type { Registration, RegistrationStatus } from '@event-management/client';
import { Button } from '../parts/button.tsx';
import { locationText } from '../parts/event-text.ts';
import { Heading } from '../parts/heading.tsx';
import { Problem } from '../parts/problem.tsx';
import { addressOf } from '../router.ts';
import { datePartsOf, dateOf, timeRangeOf, timeZoneLabel } from '../time.ts';
import { useRegistrations } from './use-registrations.ts';

const statusLabels: Readonly<Record<RegistrationStatus, string>> = {
  confirmed: 'Confirmed',
  waitlisted: 'Waitlist',
  cancelled: 'Cancelled',
};

/** The visitor's registrations, each with a link to its ticket. */
export function TicketsView() {
  const { items, loading, nextCursor, error, loadMore, retry } = useRegistrations();
  return (
    <>
      <div class="title-row">
        <Heading title="My tickets" />
      </div>
      <p class="hidden" role="status">
        {loading ? 'Loading your tickets' : error ? '' : `${items.length} ${items.length === 1 ? 'ticket' : 'tickets'}`}
      </p>
      <ul class="rows">
        {items.map((registration) => (
          <TicketRow key={registration.eventId} registration={registration} />
        ))}
      </ul>
      {loading && (
        <div class="skeleton" aria-hidden="true">
          <div />
        </div>
      )}
      {error && <Problem error={error} retry={retry} />}
      {!loading && !error && nextCursor !== undefined && (
        <p class="more">
          <Button onClick={loadMore}>Show more</Button>
        </p>
      )}
      {!loading && !error && nextCursor === undefined && items.length === 0 && (
        <div class="notice empty">
          <h2>No tickets yet</h2>
          <p>When you register for an event, its ticket appears here.</p>
        </div>
      )}
    </>
  );
}

/** A registration; its event is absent if the visitor can no longer see it. */
function TicketRow({ registration: { eventId, event, number, status } }: { readonly registration: Registration }) {
  const label = event?.status === 'cancelled' ? 'Event cancelled' : statusLabels[status];
  const state = (
    <div class="state ticket-state">
      <span class="badges">
        <span class={`badge ${event?.status === 'cancelled' ? 'cancelled' : status}`}>{label}</span>
      </span>
      <span class="guests">Number {number}</span>
    </div>
  );
  if (!event)
    return (
      <li class="row without-date">
        <p>An event that is not available any more</p>
        {state}
      </li>
    );
  const { startsAt, endsAt, timeZone, name, location } = event;
  const { weekday, day } = datePartsOf(startsAt, timeZone);
  return (
    <li class="row">
      <time class="calendar-date" dateTime={startsAt}>
        <span>{weekday}</span>
        <strong>{day}</strong>
      </time>
      <div class="what">
        <h2>
          <a href={addressOf({ name: 'ticket', eventId })}>
            <bdi>{name}</bdi>
          </a>
        </h2>
        <p>
          {dateOf(startsAt, timeZone)}
          <br />
          {timeRangeOf(startsAt, endsAt, timeZone)} <span class="zone">{timeZoneLabel(startsAt, timeZone)}</span>
        </p>
        <p class="where">{locationText(location)}</p>
      </div>
      {state}
    </li>
  );
}
