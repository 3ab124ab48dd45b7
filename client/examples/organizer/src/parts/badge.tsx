import type { Event as ApiEvent, EventPhase } from '@event-management/client';
import { statusLabels } from '../list/filters.ts';

const phaseLabels: Readonly<Record<EventPhase, string | undefined>> = {
  upcoming: undefined,
  ongoing: 'Happening now',
  ended: 'Ended',
};

/** Badges for the status of an event, and for its phase unless it is upcoming. */
export function Badges({ event: { status, phase } }: { readonly event: Pick<ApiEvent, 'status' | 'phase'> }) {
  return (
    <span class="badges">
      <span class={`badge ${status}`}>{statusLabels[status]}</span>
      {phaseLabels[phase] && <span class={`badge ${phase}`}>{phaseLabels[phase]}</span>}
    </span>
  );
}
