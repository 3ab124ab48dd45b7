import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { GuestEvent } from '../../shared/parts/guest-event.tsx';
import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { useServices } from '../../shared/services.ts';
import { SignInFirst } from '../../shared/parts/sign-in-first.tsx';
import { texts as common } from '../../shared/texts.ts';
import { addressOf, home } from '../router.ts';
import { texts } from '../texts.ts';
import { RegistrationPanel } from './registration-panel.tsx';
import { Links } from './links.tsx';
import { useStructuredData } from './structured-data.ts';

interface EventViewProps {
  readonly eventId: string;
  readonly registers?: boolean | undefined;
}

/** The page of one event, which can be read without a sign-in if the event is public or unlisted. */
export function EventView({ eventId, registers = false }: EventViewProps) {
  const { queries, visitor } = useServices();
  const [opensForm] = useState(registers);
  // The address is passed on: only this visitor has signed in to register.
  useEffect(() => history.replaceState(null, '', addressOf({ name: 'event', eventId })), []);
  const { data: event, error, refetch } = useQuery(queries.getEvent(eventId));
  useStructuredData(event);
  const back = (
    <a className="back" href={home}>
      {common.allEvents}
    </a>
  );
  if (!event) {
    return error ? (
      <>
        <LoadFailure error={error} retry={() => void refetch()}>
          {back}
        </LoadFailure>
        {!visitor && error.code === 'event-not-found' && <SignInFirst message={texts.perhapsSignIn} />}
      </>
    ) : (
      <>
        {back}
        <Loading what={common.theEvent} />
      </>
    );
  }
  return (
    <>
      {back}
      <GuestEvent
        event={event}
        panel={<RegistrationPanel event={event} registers={opensForm} />}
        tagged={(tag) => addressOf({ name: 'find', q: '', tag })}
      />
      <Links event={event} />
    </>
  );
}
