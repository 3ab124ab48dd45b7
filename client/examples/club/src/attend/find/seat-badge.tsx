import type { Event as ApiEvent } from '@event-management/client';
import { texts as common } from '../../shared/texts.ts';
import { texts } from '../../shared/registration/texts.ts';

/** What a guest wants to know of an event in a list: whether it runs, and whether there are seats. */
export function SeatBadge({ event: { status, phase, seatsLeft } }: { readonly event: ApiEvent }) {
  return (
    <span className="badges">
      {status === 'cancelled' && <span className="badge cancelled">{common.status.cancelled}</span>}
      {status === 'published' && phase === 'ongoing' && <span className="badge ongoing">{common.ongoing}</span>}
      {status === 'published' && phase !== 'ended' && seatsLeft !== undefined && (
        <span className={seatsLeft === 0 ? 'badge waitlisted' : 'badge'}>
          {seatsLeft === 0 ? texts.full : texts.seatsLeft(seatsLeft)}
        </span>
      )}
    </span>
  );
}
