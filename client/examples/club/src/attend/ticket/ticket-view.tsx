import type { EventsApiError } from '@event-management/client';
import { ticketText } from '@event-management/client/tickets';
import { Button } from '../../shared/parts/button.tsx';
import { isolated } from '../../shared/parts/bidi.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { NotFound } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { KeptNotice } from '../kept-notice.tsx';
import { addressOf } from '../router.ts';
import { TicketCard } from '../../shared/registration/ticket-card.tsx';
import { useServices } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { texts as offerTexts } from '../../shared/registration/texts.ts';
import { SignInFirst } from '../../shared/parts/sign-in-first.tsx';
import { texts } from '../texts.ts';
import { type Ticket, useTicket } from './use-ticket.ts';

/** The view of the visitor's ticket for an event. */
export function TicketView({ eventId }: { readonly eventId: string }) {
  const { visitor } = useServices();
  const { ticket, kept, error, busy, reload } = useTicket(eventId);
  return (
    <>
      <a className="back" href={addressOf({ name: 'registrations' })}>
        {texts.mine}
      </a>
      {kept && <KeptNotice {...kept} busy={busy} text={texts.keptTicket} retry={reload} />}
      {ticket ? (
        <OwnTicket ticket={ticket} />
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
    return [offerTexts.eventIsCancelled[0], event.cancellation?.reason ?? offerTexts.eventIsCancelled[1]];
  const { status, ahead = 0 } = registration;
  if (status === 'cancelled') return texts.registrationIsCancelled;
  if (status === 'waitlisted')
    return [texts.onWaitlist, `${ahead === 0 ? texts.next : texts.ahead(ahead)} ${texts.ticketLater}`];
  return undefined;
}

/** Everything that the door needs: the QR code, and number and name for the case that it cannot be read. */
function OwnTicket({ ticket }: { readonly ticket: Ticket }) {
  const { event, registration } = ticket;
  const reason = missingCodeReason(ticket);
  const code = reason ? undefined : ticketText(registration);
  const waits = event.status !== 'cancelled' && registration.status === 'waitlisted';
  const heading = (
    <Heading title={event.name}>
      <bdi>{event.name}</bdi>
    </Heading>
  );
  return (
    <>
      <TicketCard
        {...{ event, registration, heading, code }}
        qrCodeLabel={texts.qrCode(isolated(event.name))}
        nameLabel={offerTexts.name}
      >
        {reason && (
          <div className={waits ? 'notice waiting' : 'notice cancelled'}>
            <h2>{reason[0]}</h2>
            <p className="prose" dir="auto">
              {reason[1]}
            </p>
          </div>
        )}
      </TicketCard>
      {code && <p className="hint ticket-hint">{texts.showAtDoor}</p>}
      <div className="buttons ticket-links">
        {code && <Button onClick={() => print()}>{common.print}</Button>}
        <a className="button" href={addressOf({ name: 'event', eventId: event.eventId })}>
          {texts.toEvent}
        </a>
      </div>
    </>
  );
}
