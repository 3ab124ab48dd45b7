import { useQuery } from '@tanstack/react-query';
import { Heading } from '../../shared/parts/heading.tsx';
import { useServices } from '../../shared/services.ts';
import { texts } from '../texts.ts';
import { BackToGuests, EventFailure } from './back.tsx';
import { NewGuestForm } from './new-guest-form.tsx';

/** The view in which an organizer registers somebody, such as a person who comes to the door. */
export function NewGuestView({ eventId }: { readonly eventId: string }) {
  const { queries } = useServices();
  const query = useQuery(queries.getEvent(eventId));
  const { data: event } = query;
  if (!event) return <EventFailure {...query} />;
  return (
    <>
      <BackToGuests eventId={eventId} />
      <Heading title={texts.addGuest} />
      {event.allowedActions.includes('createRegistration') ? (
        <NewGuestForm event={event} />
      ) : (
        <div className="notice empty">
          <h2>{texts.cannotAdd[0]}</h2>
          <p>{texts.cannotAdd[1]}</p>
        </div>
      )}
    </>
  );
}
