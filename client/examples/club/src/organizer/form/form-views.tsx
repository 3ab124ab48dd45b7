import './form.css';
import { useEffect } from 'react';
import { Heading } from '../../shared/parts/heading.tsx';
import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { useUser } from '../../shared/services.ts';
import { type Message, texts as common } from '../../shared/texts.ts';
import { BackToList } from '../back-to-list.tsx';
import { useEvent } from '../event/use-event.ts';
import { addressOf } from '../router.ts';
import { EventForm } from './event-form.tsx';
import { texts } from './texts.ts';

/** The view that creates an event. */
export function NewView() {
  const { isOrganizer } = useUser();
  return (
    <>
      <BackToList />
      <Heading title={texts.newEvent} />
      {isOrganizer ? <EventForm /> : <NotAllowed message={texts.notAllowed.role} />}
    </>
  );
}

interface EditProps {
  readonly eventId: string;
  /** The field that has the focus; by default, the heading has it. */
  readonly field: string | undefined;
}

/** The view that edits an event, which is loaded first. */
export function EditView({ eventId, field }: EditProps) {
  const { event, error, reload } = useEvent(eventId);
  const user = useUser();
  if (error)
    return (
      <LoadFailure error={error} retry={reload}>
        <BackToList />
      </LoadFailure>
    );
  if (!event) return <Loading what={common.theEvent} />;
  const reason = event.organizerId !== user.id ? 'organizer' : event.status === 'cancelled' ? 'cancelled' : undefined;
  return (
    <>
      <a className="back" href={addressOf({ name: 'event', eventId })}>
        <bdi>{event.name}</bdi>
      </a>
      <Heading title={texts.editEvent} />
      {event.allowedActions.includes('updateEvent') ? (
        <EventForm event={event} />
      ) : (
        <NotAllowed message={texts.notAllowed[reason ?? 'role']} eventId={eventId} />
      )}
      {field !== undefined && <FieldFocus name={field} />}
    </>
  );
}

/** Says in the place of a form why there is none. */
function NotAllowed({ message: [title, detail], eventId }: { readonly message: Message; readonly eventId?: string }) {
  return (
    <div className="notice">
      <h2>{title}</h2>
      <p>{detail}</p>
      {eventId !== undefined && (
        <a className="button" href={addressOf({ name: 'event', eventId })}>
          {texts.backToEvent}
        </a>
      )}
    </div>
  );
}

/** Moves the focus to a field of the form before it. */
function FieldFocus({ name }: { readonly name: string }) {
  useEffect(() => document.getElementsByName(name)[0]?.focus(), []);
  return null;
}
