import type { EventsApiError } from '@event-management/client';
import { ticketText } from '@event-management/client/tickets';
import { Button } from '../../shared/parts/button.tsx';
import { isolated } from '../../shared/parts/bidi.ts';
import { locationText } from '../../shared/parts/event-text.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { NotFound } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { addressOf } from '../router.ts';
import { dateOf, dateTimeOf, ownTimeZone, timeRangeOf, timeZoneLabel } from '../../shared/time.ts';
import { QrCode } from '../../shared/parts/qr-code.tsx';
import { useServices } from '../../shared/services.ts';
import { SignInFirst } from '../parts/sign-in-first.tsx';
import { texts } from '../texts.ts';
import type { Ticket } from './kept-tickets.ts';
import { useTicket } from './use-ticket.ts';

/** The view of the visitor's ticket for an event. */
export function TicketView({ eventId }: { readonly eventId: string }) {
  const { visitor } = useServices();
  const { ticket, keptAt, error, reload } = useTicket(eventId);
  return (
    <>
      <a className="back" href={addressOf({ name: 'registrations' })}>
        {texts.mine}
      </a>
      {keptAt !== undefined && (
        <p className="notice" role="status">
          {texts.keptOffline(dateTimeOf(keptAt, ownTimeZone()))}
        </p>
      )}
      {ticket ? (
        <TicketCard ticket={ticket} />
      ) : error ? (
        <Failure error={error} retry={reload} />
      ) : visitor ? (
        <Loading what={texts.theTicket} />
      ) : (
        <SignInFirst message={[texts.mine, texts.signInToSee]} />
      )}
    </>
  );
}

function Failure({ error, retry }: { readonly error: EventsApiError; retry(): void }) {
  if (['event-not-found', 'registration-not-found', 'invalid-request'].includes(error.code))
    return <NotFound message={texts.noSuchTicket} />;
  return (
    <>
      <Heading title={texts.ticketNotShown} />
      <Problem error={error} retry={retry} />
    </>
  );
}

/** Why there is no QR code; undefined if there is one. */
function missingCodeReason({ event, registration }: Ticket): readonly [title: string, detail: string] | undefined {
  if (event.status === 'cancelled')
    return [texts.eventIsCancelled[0], event.cancellation?.reason ?? texts.eventIsCancelled[1]];
  const { status, ahead = 0 } = registration;
  if (status === 'cancelled') return texts.registrationIsCancelled;
  if (status === 'waitlisted')
    return [texts.youWait, `${ahead === 0 ? texts.next : texts.ahead(ahead)} ${texts.ticketLater}`];
  return undefined;
}

/** Everything that the door needs: the QR code, and number and name for the case that it cannot be read. */
function TicketCard({ ticket }: { readonly ticket: Ticket }) {
  const { event, registration } = ticket;
  const reason = missingCodeReason(ticket);
  const code = reason ? undefined : ticketText(registration);
  return (
    <>
      <article className="ticket">
        <div className="ticket-event">
          <Heading title={event.name}>
            <bdi>{event.name}</bdi>
          </Heading>
          <p>
            <time dateTime={event.startsAt}>{dateOf(event.startsAt, event.timeZone)}</time>
            <br />
            {timeRangeOf(event.startsAt, event.endsAt, event.timeZone)}{' '}
            <span className="zone">{timeZoneLabel(event.startsAt, event.timeZone)}</span>
          </p>
          <p className="where">{locationText(event.location)}</p>
        </div>
        {code && <QrCode text={code} label={texts.qrCode(isolated(event.name))} />}
        {reason && (
          <div className="notice cancelled">
            <h2>{reason[0]}</h2>
            <p className="prose" dir="auto">
              {reason[1]}
            </p>
          </div>
        )}
        <dl className="ticket-person">
          <div>
            <dt>{texts.name}</dt>
            <dd>
              <bdi>{registration.name}</bdi>
            </dd>
          </div>
          <div>
            <dt>{texts.numberLabel}</dt>
            <dd>{registration.number}</dd>
          </div>
        </dl>
        {registration.checkedInAt && (
          <p className="hint">{texts.checkedIn(dateTimeOf(registration.checkedInAt, event.timeZone))}</p>
        )}
      </article>
      {code && (
        <>
          <p className="hint ticket-hint">{texts.showAtDoor}</p>
          <Button onClick={() => print()}>{texts.print}</Button>
        </>
      )}
    </>
  );
}
