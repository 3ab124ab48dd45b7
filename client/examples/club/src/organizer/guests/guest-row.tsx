import type { Event as ApiEvent, Registration } from '@event-management/client';
import { texts as common } from '../../shared/texts.ts';
import { dateTimeOf } from '../../shared/time.ts';
import { addressOf } from '../router.ts';
import { texts } from '../texts.ts';
import { shownAnswers } from './answers.ts';
import { GuestBadges } from './guest-badges.tsx';

interface GuestRowProps {
  readonly guest: Registration;
  readonly event: ApiEvent;
}

/** The answers that a row has room for. */
const maxAnswers = 3;

/** One guest of the list. The whole row is clickable, but only the name is a link. */
export function GuestRow({ guest, event }: GuestRowProps) {
  const { eventId, number, status, name, email, checkedInAt } = guest;
  return (
    <li className={`row guest ${status}`}>
      <span className="number">
        <span className="hidden">{common.number} </span>
        {number}
      </span>
      <div className="what">
        <h2>
          <a href={addressOf({ name: 'guest', eventId, number })}>
            {name === undefined ? texts.erased : <bdi>{name}</bdi>}
          </a>
        </h2>
        {email && <p className="where">{email}</p>}
        <AnswerLines guest={guest} event={event} />
      </div>
      <div className="state">
        <GuestBadges guest={guest} />
        {checkedInAt && <span className="guests">{common.checkedIn(dateTimeOf(checkedInAt, event.timeZone))}</span>}
      </div>
    </li>
  );
}

function AnswerLines({ guest, event }: GuestRowProps) {
  const answers = shownAnswers(guest.answers, event.questions);
  if (answers.length === 0) return null;
  return (
    <>
      <dl className="answers">
        {answers.slice(0, maxAnswers).map(({ questionId, label, text }) => (
          <div key={questionId}>
            <dt>
              <bdi>{label}</bdi>
            </dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {answers.length > maxAnswers && <p className="where">{texts.moreAnswers(answers.length - maxAnswers)}</p>}
    </>
  );
}
