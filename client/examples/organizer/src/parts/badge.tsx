import type { Event as ApiEvent, EventPhase } from '@event-management/client';
import { statusLabels } from '../list/filters.ts';

const phaseLabels: Readonly<Record<EventPhase, string | undefined>> = {
  upcoming: undefined,
  ongoing: 'Happening now',
  ended: 'Ended',
};

/** Badges for the status of an event, and for its phase unless it is upcoming. What is not published does not take place. */
export function Badges({ event: { status, phase } }: { readonly event: Pick<ApiEvent, 'status' | 'phase'> }) {
  const phaseLabel = status === 'published' ? phaseLabels[phase] : undefined;
  return (
    <span class="badges">
      <span class={`badge ${status}`}>{statusLabels[status]}</span>
      {phaseLabel && <span class={`badge ${phase}`}>{phaseLabel}</span>}
    </span>
  );
}
