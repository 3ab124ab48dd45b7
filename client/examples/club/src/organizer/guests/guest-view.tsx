import type { Event as ApiEvent, EventsApiError, Registration } from '@event-management/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { takeDraft } from '../../shared/drafts.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { NotFound } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { useServices, useUser } from '../../shared/services.ts';
import { texts } from '../texts.ts';
import { BackToGuests, EventFailure } from './back.tsx';
import { EditGuestForm, type GuestDraft } from './edit-guest-form.tsx';
import { GuestActions } from './guest-actions.tsx';
import { GuestBadges } from './guest-badges.tsx';
import { GuestDetails } from './guest-details.tsx';
import { GuestTicket } from './guest-ticket.tsx';

interface GuestViewProps {
  readonly eventId: string;
  readonly number: number;
}

/** The view of one guest: the details, the ticket of somebody who was added by hand, and what the organizer can do. */
export function GuestView({ eventId, number }: GuestViewProps) {
  const { queries } = useServices();
  const eventQuery = useQuery(queries.getEvent(eventId));
  const guestQuery = useQuery(queries.getRegistration({ eventId, number }));
  const [event, guest] = [eventQuery.data, guestQuery.data];
  if (!event) return <EventFailure {...eventQuery} />;
  return (
    <>
      <BackToGuests eventId={eventId} />
      {guest ? (
        <Guest event={event} guest={guest} reload={async () => (await guestQuery.refetch()).data} />
      ) : guestQuery.error ? (
        <Failure error={guestQuery.error} retry={() => void guestQuery.refetch()} />
      ) : (
        <Loading what={texts.theGuest} />
      )}
    </>
  );
}

interface GuestProps {
  readonly event: ApiEvent;
  readonly guest: Registration;
  /** Loads the guest again. */
  reload(): Promise<Registration | undefined>;
}

function Guest({ event, guest, reload }: GuestProps) {
  const user = useUser();
  const [draft] = useState(() => takeDraft<GuestDraft>(user.id));
  const [isEditing, setIsEditing] = useState(draft?.values !== undefined);
  const [returns, setReturns] = useState(false);
  const name = guest.name ?? texts.erased;
  function closeForm(): void {
    setIsEditing(false);
    setReturns(true);
  }
  return (
    <>
      <div className="event-title">
        <GuestBadges guest={guest} />
        <Heading title={name}>
          <bdi>{name}</bdi>
        </Heading>
      </div>
      {isEditing ? (
        <EditGuestForm {...{ event, guest, draft, reload }} close={closeForm} />
      ) : (
        <>
          <GuestActions {...{ event, guest, returns, reload }} reason={draft?.reason} edit={() => setIsEditing(true)} />
          <GuestDetails event={event} guest={guest} />
          <GuestTicket event={event} guest={guest} />
        </>
      )}
    </>
  );
}

function Failure({ error, retry }: { readonly error: EventsApiError; retry(): void }) {
  if (error.code === 'registration-not-found' || error.code === 'invalid-request')
    return <NotFound message={texts.noSuchGuest} />;
  return (
    <>
      <Heading title={texts.guestNotShown} />
      <Problem error={error} retry={retry} />
    </>
  );
}
