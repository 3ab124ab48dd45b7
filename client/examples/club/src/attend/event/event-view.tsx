import { useQuery } from '@tanstack/react-query';
import { Details } from '../../shared/parts/details.tsx';
import { Badges } from '../../shared/parts/badge.tsx';
import { Heading } from '../../shared/parts/heading.tsx';
import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { useServices } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { home } from '../router.ts';
import { RegistrationPanel } from './registration-panel.tsx';
import { Links } from './links.tsx';
import { useStructuredData } from './structured-data.ts';

/** The page of one event, which can be read without a sign-in if the event is public or unlisted. */
export function EventView({ eventId }: { readonly eventId: string }) {
  const { queries } = useServices();
  const { data: event, error, refetch } = useQuery(queries.getEvent(eventId));
  useStructuredData(event);
  const back = (
    <a className="back" href={home}>
      {common.allEvents}
    </a>
  );
  if (!event) {
    return error ? (
      <LoadFailure error={error} retry={() => void refetch()}>
        {back}
      </LoadFailure>
    ) : (
      <Loading what={common.theEvent} />
    );
  }
  return (
    <>
      {back}
      <div className="event-title">
        {event.phase !== 'upcoming' && <Badges event={event} />}
        <Heading title={event.name}>
          <bdi>{event.name}</bdi>
        </Heading>
      </div>
      <RegistrationPanel event={event} />
      <Details event={event} />
      <Links event={event} />
    </>
  );
}
