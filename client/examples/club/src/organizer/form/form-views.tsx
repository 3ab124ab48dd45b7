import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { texts } from '../../shared/texts.ts';
import { BackToList } from '../event/event-view.tsx';
import { useEvent } from '../event/use-event.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { addressOf } from '../router.ts';
import { EventForm } from './event-form.tsx';

/** The view that creates an event. */
export function NewView() {
  return (
    <>
      <BackToList />
      <Heading title="New event" />
      <EventForm />
    </>
  );
}

/** The view that edits an event, which is loaded first. */
export function EditView({ eventId }: { readonly eventId: string }) {
  const { event, error, reload } = useEvent(eventId);
  if (error)
    return (
      <LoadFailure error={error} retry={reload}>
        <BackToList />
      </LoadFailure>
    );
  if (!event) return <Loading what={texts.theEvent} />;
  return (
    <>
      <a className="back" href={addressOf({ name: 'event', eventId })}>
        <bdi>{event.name}</bdi>
      </a>
      <Heading title="Edit event" />
      <EventForm event={event} />
    </>
  );
}
