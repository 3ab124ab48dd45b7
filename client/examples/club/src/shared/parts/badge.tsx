import type { Event as ApiEvent, EventPhase } from '@event-management/client';
import { texts } from '../texts.ts';

const phaseLabels: Readonly<Record<EventPhase, string | undefined>> = {
  upcoming: undefined,
  ongoing: texts.ongoing,
  ended: texts.ended,
};

/** Badges for the status of an event, and for its phase unless it is upcoming. What is not published does not take place. */
export function Badges({ event: { status, phase } }: { readonly event: Pick<ApiEvent, 'status' | 'phase'> }) {
  const phaseLabel = status === 'published' ? phaseLabels[phase] : undefined;
  return (
    <span className="badges">
      <span className={`badge ${status}`}>{texts.status[status]}</span>
      {phaseLabel && <span className={`badge ${phase}`}>{phaseLabel}</span>}
    </span>
  );
}
