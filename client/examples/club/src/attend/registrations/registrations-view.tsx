import { texts as feedTexts } from '../../shared/calendars/texts.ts';
import { useKeptPosition } from '../../shared/kept-position.ts';
import { locationText } from '../../shared/parts/event-text.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { ListEnd } from '../../shared/parts/list-end.tsx';
import { useServices } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { datePartsOf, dateOf, timeRangeOf, timeZoneLabel } from '../../shared/time.ts';
import { SignInFirst } from '../../shared/parts/sign-in-first.tsx';
import { KeptNotice } from '../kept-notice.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../texts.ts';
import { type Row, useRegistrations } from './use-registrations.ts';

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
      <Registrations />
    </>
  );
}

function Registrations() {
  const { visitor } = useServices();
  const { list, rows, kept } = useRegistrations();
  if (!kept && !visitor) return <SignInFirst message={[texts.mine, texts.signInToSee]} />;
  if (kept) {
    const { keptAt, isComplete, rows: keptRows } = kept.kept;
    return (
      <>
        <KeptNotice
          keptAt={keptAt}
          outage={kept.outage}
          busy={list.isFetching}
          text={isComplete ? texts.keptList : texts.keptPart}
          retry={() => void list.refetch()}
        />
        <Rows rows={keptRows} />
      </>
    );
  }
  return (
    <>
      <Rows rows={rows} />
      <ListEnd
        list={list}
        count={rows.length}
        what={texts.theTickets}
        countText={texts.tickets(rows.length)}
        empty={texts.noTickets}
      />
    </>
  );
}

const Rows = ({ rows }: { readonly rows: readonly Row[] }) => (
  <ul className="rows">
    {rows.map((registration) => (
      <RegistrationRow key={registration.eventId} registration={registration} />
    ))}
  </ul>
);

/** A registration; its event is absent if the visitor can no longer see it. */
function RegistrationRow({ registration: { eventId, event, number, status } }: { readonly registration: Row }) {
  const label = event?.status === 'cancelled' ? texts.eventCancelled : common.registrationStatus[status];
  const state = (
    <div className="state ticket-state">
      <span className="badges">
        <span className={`badge ${event?.status === 'cancelled' ? 'cancelled' : status}`}>{label}</span>
      </span>
      {/* On the waitlist, a number is not the place in the queue. */}
      {status === 'confirmed' && <span className="guests">{texts.number(number)}</span>}
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
