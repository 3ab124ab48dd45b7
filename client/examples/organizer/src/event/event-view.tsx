import type { EventsApiError } from '@event-management/client';
import { Heading } from '../parts/heading.tsx';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { addressOf, listRoute } from '../router.ts';
import { Actions } from './actions.tsx';
import { Details, Title } from './details.tsx';
import { useEvent } from './use-event.ts';

/** The view of one event: its details, and actions for its organizer. */
export function EventView({ eventId }: { readonly eventId: string }) {
  const { event, error, reload, show } = useEvent(eventId);
  if (error) return <LoadFailure error={error} retry={reload} />;
  if (!event) return <Loading what="the event" />;
  return (
    <>
      <a class="back" href={addressOf(listRoute())}>
        All events
      </a>
      <Title event={event} />
      {event.allowedActions.includes('duplicateEvent') && <Actions event={event} show={show} />}
      <Details event={event} />
    </>
  );
}

/** The view of an event that could not be loaded. */
export function LoadFailure({ error, retry }: { readonly error: EventsApiError; retry(): void }) {
  // The API rejects an id in another form than its own, such as one that was copied without its end.
  const isNotFound = error.code === 'event-not-found' || error.code === 'invalid-request';
  return (
    <>
      <a class="back" href={addressOf(listRoute())}>
        All events
      </a>
      <Heading title={isNotFound ? 'There is no such event' : 'The event cannot be shown'} />
      <Problem
        error={error}
        message={isNotFound ? ['Event not found', 'No event has this address. It may have been deleted.'] : undefined}
        retry={isNotFound ? undefined : retry}
      />
    </>
  );
}
