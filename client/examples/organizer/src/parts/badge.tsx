import type { Event as ApiEvent, EventPhase } from '@event-management/client';
import { statusNames } from '../list/filters.ts';

const phases: Readonly<Record<EventPhase, string | undefined>> = {
  upcoming: undefined,
  ongoing: 'Happening now',
  ended: 'Ended',
};

/** What the organizer decided, and what the clock says where that is worth a word. */
export function Badges({ event: { status, phase } }: { readonly event: Pick<ApiEvent, 'status' | 'phase'> }) {
  return (
    <span class="badges">
      <span class={`badge ${status}`}>{statusNames[status]}</span>
      {phases[phase] && <span class={`badge ${phase}`}>{phases[phase]}</span>}
    </span>
  );
}
