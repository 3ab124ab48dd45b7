import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { texts as common } from '../../shared/texts.ts';
import { BackToList } from '../back-to-list.tsx';
import { addressOf, guestsRoute } from '../router.ts';
import { texts } from '../texts.ts';

/** A link to the view of the event. */
export function BackToEvent({ event: { eventId, name } }: { readonly event: ApiEvent }) {
  return (
    <a className="back" href={addressOf({ name: 'event', eventId })}>
      <bdi>{name}</bdi>
    </a>
  );
}

/** A link to the guest list, with the filters that were used last. */
export function BackToGuests({ eventId }: { readonly eventId: string }) {
  return (
    <a className="back" href={addressOf(guestsRoute(eventId))}>
      {texts.guests}
    </a>
  );
}

interface EventFailureProps {
  readonly error: EventsApiError | null;
  refetch(): Promise<unknown>;
}

/** Takes the place of a view while its event is loaded, and if it cannot be. */
export function EventFailure({ error, refetch }: EventFailureProps) {
  if (!error) return <Loading what={common.theEvent} />;
  return (
    <LoadFailure error={error} retry={() => void refetch()}>
      <BackToList />
    </LoadFailure>
  );
}
