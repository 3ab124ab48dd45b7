import { ticketText } from '@event-management/client/tickets';
import { Button } from '../parts/button.tsx';
import { isolated } from '../parts/bidi.ts';
import { locationText } from '../parts/event-text.ts';
import { Heading } from '../parts/heading.tsx';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { addressOf } from '../router.ts';
import { dateOf, dateTimeOf, timeRangeOf, timeZoneLabel } from '../time.ts';
import { QrCode } from './qr-code.tsx';
import { type Ticket, useTicket } from './use-ticket.ts';

/** The view of the visitor's ticket for an event. */
export function TicketView({ eventId }: { readonly eventId: string }) {
  const { ticket, error, reload } = useTicket(eventId);
  return (
    <>
      <a class="back" href={addressOf({ name: 'tickets' })}>
        My tickets
      </a>
      {ticket ? (
        <TicketCard ticket={ticket} />
      ) : error ? (
        <Failure error={error} retry={reload} />
      ) : (
        <Loading what="the ticket" />
      )}
    </>
  );
}

function Failure({
  error,
  retry,
}: {
  readonly error: NonNullable<ReturnType<typeof useTicket>['error']>;
  retry(): void;
}) {
  const isMissing = ['event-not-found', 'registration-not-found', 'invalid-request'].includes(error.code);
  return (
    <>
      <Heading title={isMissing ? 'There is no such ticket' : 'The ticket cannot be shown'} />
      <Problem
        error={error}
        message={isMissing ? ['Ticket not found', 'You are not registered for this event.'] : undefined}
        retry={isMissing ? undefined : retry}
      />
    </>
  );
}

/** Why there is no QR code; undefined if there is one. */
function missingCodeReason({ event, registration }: Ticket): readonly [title: string, detail: string] | undefined {
  if (event.status === 'cancelled')
    return ['The event is cancelled', event.cancellation?.reason ?? 'It does not take place.'];
  const { status, ahead = 0 } = registration;
  if (status === 'cancelled') return ['Your registration is cancelled', 'This ticket is not valid any more.'];
  if (status === 'waitlisted')
    return [
      'You are on the waitlist',
      `${ahead === 0 ? 'You are next' : `At most ${ahead} people are ahead of you`}. Your ticket appears here when you have a seat.`,
    ];
  return undefined;
}

/** Everything that the door needs: the QR code, and number and name for the case that it cannot be read. */
function TicketCard({ ticket }: { readonly ticket: Ticket }) {
  const { event, registration } = ticket;
  const reason = missingCodeReason(ticket);
  const code = reason ? undefined : ticketText(registration);
  return (
    <>
      <article class="ticket">
        <div class="ticket-event">
          <Heading title={event.name}>
            <bdi>{event.name}</bdi>
          </Heading>
          <p>
            <time dateTime={event.startsAt}>{dateOf(event.startsAt, event.timeZone)}</time>
            <br />
            {timeRangeOf(event.startsAt, event.endsAt, event.timeZone)}{' '}
            <span class="zone">{timeZoneLabel(event.startsAt, event.timeZone)}</span>
          </p>
          <p class="where">{locationText(event.location)}</p>
        </div>
        {code && <QrCode text={code} label={`QR code of your ticket for ${isolated(event.name)}`} />}
        {reason && (
          <div class="notice cancelled">
            <h2>{reason[0]}</h2>
            <p class="prose" dir="auto">
              {reason[1]}
            </p>
          </div>
        )}
        <dl class="ticket-person">
          <div>
            <dt>Name</dt>
            <dd>
              <bdi>{registration.name}</bdi>
            </dd>
          </div>
          <div>
            <dt>Number</dt>
            <dd>{registration.number}</dd>
          </div>
        </dl>
        {registration.checkedInAt && (
          <p class="hint">Checked in on {dateTimeOf(registration.checkedInAt, event.timeZone)}</p>
        )}
      </article>
      {code && (
        <>
          <p class="hint ticket-hint">Show it at the door. Anyone who has a picture of it can use it.</p>
          <Button onClick={() => print()}>Print</Button>
        </>
      )}
    </>
  );
}
