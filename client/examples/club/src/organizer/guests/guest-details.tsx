import type { Event as ApiEvent, Registration } from '@event-management/client';
import type { ReactNode } from 'react';
import { formatCount } from '../../shared/parts/event-text.ts';
import { texts as common } from '../../shared/texts.ts';
import { dateTimeOf, timeZoneLabel } from '../../shared/time.ts';
import { texts } from '../texts.ts';
import { shownAnswers } from './answers.ts';

interface GuestDetailsProps {
  readonly event: ApiEvent;
  readonly guest: Registration;
}

/** Everything about a guest that is not in the heading. */
export function GuestDetails({ event, guest }: GuestDetailsProps) {
  const { number, email, registeredAt, checkedInAt, scanCount = 0, cancellation, erasedAt } = guest;
  const timeOf = (instant: string) =>
    `${dateTimeOf(instant, event.timeZone)}, ${timeZoneLabel(instant, event.timeZone)}`;
  return (
    <div className="details">
      {erasedAt && <p className="notice">{texts.erasedOn(timeOf(erasedAt))}</p>}
      <dl>
        <Detail label={common.number}>{number}</Detail>
        {email && (
          <Detail label={texts.email}>
            <a href={`mailto:${encodeURIComponent(email).replace('%40', '@')}`}>{email}</a>
          </Detail>
        )}
        <Detail label={texts.registeredAt}>{timeOf(registeredAt)}</Detail>
        {checkedInAt && <Detail label={texts.checkedIn}>{timeOf(checkedInAt)}</Detail>}
        {scanCount > 1 && <Detail label={texts.scans}>{formatCount(scanCount)}</Detail>}
        {cancellation && (
          <Detail label={texts.cancelledAt}>
            {timeOf(cancellation.at)}, {texts.cancelledBy[cancellation.by]}
            {cancellation.reason && (
              <p className="prose" dir="auto">
                {cancellation.reason}
              </p>
            )}
          </Detail>
        )}
        {shownAnswers(guest.answers, event.questions).map(({ questionId, label, text, isAsked }) => (
          <Detail key={questionId} label={isAsked ? <bdi>{label}</bdi> : `${label} (${texts.notAsked})`}>
            <p className="prose" dir="auto">
              {text}
            </p>
          </Detail>
        ))}
      </dl>
    </div>
  );
}

function Detail({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
