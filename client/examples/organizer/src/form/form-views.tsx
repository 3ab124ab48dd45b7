import { LoadFailure } from '../event/event-view.tsx';
import { useEvent } from '../event/use-event.ts';
import { Heading } from '../parts/heading.tsx';
import { Loading } from '../parts/loading.tsx';
import { addressOf, listRoute } from '../router.ts';
import { EventForm } from './event-form.tsx';

/** The view that creates an event. */
export function NewView() {
  return (
    <>
      <a class="back" href={addressOf(listRoute())}>
        All events
      </a>
      <Heading title="New event" />
      <EventForm />
    </>
  );
}

/** The view that edits an event, which is loaded first. */
export function EditView({ eventId }: { readonly eventId: string }) {
  const { event, error, reload } = useEvent(eventId);
  if (error) return <LoadFailure error={error} retry={reload} />;
  if (!event) return <Loading what="the event" />;
  return (
    <>
      <a class="back" href={addressOf({ name: 'event', eventId })}>
        <bdi>{event.name}</bdi>
      </a>
      <Heading title="Edit event" />
      <EventForm event={event} />
    </>
  );
}
