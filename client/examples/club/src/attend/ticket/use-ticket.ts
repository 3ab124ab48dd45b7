import type { EventsApiError } from '@event-management/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isOutage } from '../../shared/offline/outage.ts';
import { useServices } from '../../shared/services.ts';
import { keepTicket, keptTicket, type Ticket } from './kept-tickets.ts';

/** What a view of a ticket shows: the ticket, and since when it is on this device if it could not be loaded; or why there is none. */
interface Loaded {
  readonly ticket?: Ticket;
  readonly keptAt?: string;
  readonly error?: EventsApiError<'getEvent' | 'getMyRegistration'> | undefined;
  reload(): void;
}

/** Loads the registration of the visitor for an event, and the event; shows the ticket on this device while there is no connection. */
export function useTicket(eventId: string): Loaded {
  const { queries, visitor } = useServices();
  const enabled = visitor !== undefined;
  const event = useQuery({ ...queries.getEvent(eventId), enabled });
  const registration = useQuery({ ...queries.getMyRegistration(eventId), enabled });
  const ticket = event.data && registration.data && { event: event.data, registration: registration.data };
  useEffect(() => {
    if (ticket && visitor) keepTicket(ticket, visitor.id);
  }, [ticket?.event.etag, ticket?.registration.etag]);

  const reload = () => void [event, registration].map((one) => one.refetch());
  const error = event.error ?? registration.error ?? undefined;
  if (ticket && !error) return { ticket, reload };
  const kept = !enabled || (error && isOutage(error)) ? keptTicket(eventId, visitor?.id) : undefined;
  return kept ? { ticket: kept, keptAt: kept.keptAt, reload } : { error, reload };
}
