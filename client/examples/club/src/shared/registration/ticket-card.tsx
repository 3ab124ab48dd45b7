import type { Event as ApiEvent, Registration } from '@event-management/client';
import type { ReactNode } from 'react';
import { locationText } from '../parts/event-text.ts';
import { QrCode } from '../parts/qr-code.tsx';
import { texts } from '../texts.ts';
import { dateOf, dateTimeOf, timeRangeOf, timeZoneLabel } from '../time.ts';

interface TicketCardProps {
  readonly event: ApiEvent;
  readonly registration: Registration;
  /** The name of the event, as a heading of the level that the view needs. */
  readonly heading: ReactNode;
  /** The text of the QR code; undefined if there is none. */
  readonly code: string | undefined;
  /** The text alternative of the QR code. */
  readonly qrCodeLabel: string;
  /** What the name is, such as "Your name". */
  readonly nameLabel: string;
  /** What takes the place of the QR code. */
  readonly children?: ReactNode;
}

/** A ticket, which is printed alone: the event, the QR code, and name and number for the case that it cannot be read. */
export function TicketCard(props: TicketCardProps) {
  const { event, registration, heading, code, qrCodeLabel, nameLabel, children } = props;
  const { startsAt, endsAt, timeZone, location } = event;
  return (
    <article className="ticket">
      <div className="ticket-event">
        {heading}
        <p>
          <time dateTime={startsAt}>{dateOf(startsAt, timeZone)}</time>
          <br />
          {timeRangeOf(startsAt, endsAt, timeZone)} <span className="zone">{timeZoneLabel(startsAt, timeZone)}</span>
        </p>
        <p className="where">{locationText(location)}</p>
      </div>
      {code !== undefined && <QrCode text={code} label={qrCodeLabel} />}
      {children}
      <dl className="ticket-person">
        <div>
          <dt>{nameLabel}</dt>
          <dd>
            <bdi>{registration.name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{texts.number}</dt>
          <dd>{registration.number}</dd>
        </div>
      </dl>
      {registration.checkedInAt && (
        <p className="hint">{texts.checkedIn(dateTimeOf(registration.checkedInAt, timeZone))}</p>
      )}
    </article>
  );
}
