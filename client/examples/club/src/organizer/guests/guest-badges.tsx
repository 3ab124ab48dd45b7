import type { Registration } from '@event-management/client';
import { texts as common } from '../../shared/texts.ts';
import { texts } from '../texts.ts';

/** The status of a registration, with the place on the waitlist. */
export function GuestBadges({ guest: { status, ahead = 0 } }: { readonly guest: Registration }) {
  return (
    <span className="badges">
      <span className={`badge ${status}`}>{common.registrationStatus[status]}</span>
      {status === 'waitlisted' && <span className="badge">{texts.position(ahead)}</span>}
    </span>
  );
}
