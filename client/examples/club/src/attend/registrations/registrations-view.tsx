import type { Registration } from '@event-management/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { texts as feedTexts } from '../../shared/calendars/texts.ts';
import { useKeptPosition } from '../../shared/kept-position.ts';
import { locationText } from '../../shared/parts/event-text.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { ListEnd } from '../../shared/parts/list-end.tsx';
import { useServices } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { datePartsOf, dateOf, timeRangeOf, timeZoneLabel } from '../../shared/time.ts';
import { SignInFirst } from '../../shared/parts/sign-in-first.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../texts.ts';

/** The visitor's registrations, the newest first, each with a link to its ticket. */
export function RegistrationsView() {
  const { visitor } = useServices();
  useKeptPosition(addressOf({ name: 'registrations' }));
  return (
    <>
      <div className="title-row">
        <Heading title={texts.mine} />
        {visitor && <a href={addressOf({ name: 'calendars' })}>{feedTexts.title}</a>}
      </div>
      {visitor ? <Registrations /> : <SignInFirst message={[texts.mine, texts.signInToSee]} />}
    </>
  );
}

function Registrations() {
  const { queries } = useServices();
  const list = useInfiniteQuery(queries.listMyRegistrations.infinite());
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ul className="rows">
        {items.map((registration) => (
          <RegistrationRow key={registration.eventId} registration={registration} />
        ))}
      </ul>
      <ListEnd
        list={list}
        count={items.length}
        what={texts.theTickets}
        countText={texts.tickets(items.length)}
        empty={texts.noTickets}
      />
    </>
  );
}

/** A registration; its event is absent if the visitor can no longer see it. */
function RegistrationRow({
  registration: { eventId, event, number, status },
}: {
  readonly registration: Registration;
}) {
  const label = event?.status === 'cancelled' ? texts.eventCancelled : common.registrationStatus[status];
  const state = (
    <div className="state ticket-state">
      <span className="badges">
        <span className={`badge ${event?.status === 'cancelled' ? 'cancelled' : status}`}>{label}</span>
      </span>
      <span className="guests">{texts.number(number)}</span>
    </div>
  );
  if (!event)
    return (
      <li className="row without-date">
        <p>{texts.eventGone}</p>
        {state}
      </li>
    );
  const { startsAt, endsAt, timeZone, name, location } = event;
  const { weekday, day } = datePartsOf(startsAt, timeZone);
  return (
    <li className="row">
      <time className="calendar-date" dateTime={startsAt}>
        <span>{weekday}</span>
        <strong>{day}</strong>
      </time>
      <div className="what">
        <h2>
          <a href={addressOf({ name: 'ticket', eventId })}>
            <bdi>{name}</bdi>
          </a>
        </h2>
        <p>
          {dateOf(startsAt, timeZone)}
          <br />
          {timeRangeOf(startsAt, endsAt, timeZone)} <span className="zone">{timeZoneLabel(startsAt, timeZone)}</span>
        </p>
        <p className="where">{locationText(location)}</p>
      </div>
      {state}
    </li>
  );
}
