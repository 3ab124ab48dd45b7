import type { Event as ApiEvent, Registration } from '@event-management/client';
import { ticketText } from '@event-management/client/tickets';
import { isolated } from '../../shared/parts/bidi.ts';
import { Button } from '../../shared/parts/button.tsx';
import { TicketCard } from '../../shared/registration/ticket-card.tsx';
import { texts as common } from '../../shared/texts.ts';
import { addressOf } from '../router.ts';
import { texts } from '../texts.ts';

interface GuestTicketProps {
  readonly event: ApiEvent;
  readonly guest: Registration;
}

/** The ticket of a guest who was added by hand, to print or pass on. All others have theirs, and only they can see it. */
export function GuestTicket({ event, guest }: GuestTicketProps) {
  const code = ticketText(guest);
  if (code === undefined) return null;
  const heading = (
    <h2>
      <bdi>{event.name}</bdi>
    </h2>
  );
  return (
    <section className="guest-ticket" aria-label={texts.ticket}>
      <TicketCard
        {...{ event, heading, code }}
        registration={guest}
        qrCodeLabel={texts.qrCode(isolated(guest.name ?? ''))}
        nameLabel={texts.name}
      />
      <p className="hint ticket-hint">{texts.passOn}</p>
      <div className="buttons">
        <Button onClick={() => print()}>{common.print}</Button>
        <a className="button quiet" href={addressOf({ name: 'new-guest', eventId: event.eventId })}>
          {texts.addAnother}
        </a>
      </div>
    </section>
  );
}
