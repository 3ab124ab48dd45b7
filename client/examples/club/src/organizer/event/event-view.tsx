import { Loading } from '../../shared/parts/loading.tsx';
import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { texts } from '../../shared/texts.ts';
import { addressOf, listRoute } from '../router.ts';
import { Actions } from './actions.tsx';
import { Details, Title } from '../../shared/parts/details.tsx';
import { useEvent } from './use-event.ts';

/** The view of one event: its details, and actions for its organizer. */
export function EventView({ eventId }: { readonly eventId: string }) {
  const { event, error, reload, show } = useEvent(eventId);
  if (error)
    return (
      <LoadFailure error={error} retry={reload}>
        <BackToList />
      </LoadFailure>
    );
  if (!event) return <Loading what={texts.theEvent} />;
  return (
    <>
      <BackToList />
      <Title event={event} />
      {event.allowedActions.includes('duplicateEvent') && <Actions event={event} show={show} />}
      <Details event={event} />
    </>
  );
}

/** A link to the list that was shown last. */
export function BackToList() {
  return (
    <a className="back" href={addressOf(listRoute())}>
      {texts.allEvents}
    </a>
  );
}
