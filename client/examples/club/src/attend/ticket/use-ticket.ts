import type { Event as ApiEvent, EventsApiError, Registration } from '@event-management/client';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../shared/services.ts';
import { useKept } from '../kept.ts';
import { useMyRegistration } from '../use-my-registration.ts';

/** A registration of the visitor, and its event. */
export interface Ticket {
  readonly event: ApiEvent;
  readonly registration: Registration;
}

/** What a view of a ticket shows: the ticket, which may be the one that this device has kept; or why there is none. */
interface Loaded {
  readonly ticket?: Ticket | undefined;
  /** The ticket is from this device: since when, and why. */
  readonly kept?: { readonly keptAt: string; readonly outage: EventsApiError | undefined } | undefined;
  readonly error?: EventsApiError<'getEvent' | 'getMyRegistration'> | undefined;
  readonly busy: boolean;
  reload(): void;
}

/** Loads the registration of the visitor for an event, and the event; shows the ticket on this device while there is no connection. */
export function useTicket(eventId: string): Loaded {
  const { queries, visitor } = useServices();
  const enabled = visitor !== undefined;
  const event = useQuery({ ...queries.getEvent(eventId), enabled });
  const registration = useMyRegistration(eventId, { enabled });
  const error = event.error ?? registration.error ?? undefined;
  const ticket = event.data && registration.data && { event: event.data, registration: registration.data };
  const loadedAt = Math.min(event.dataUpdatedAt, registration.dataUpdatedAt);
  const substitute = useKept(`ticket:${eventId}`, { content: ticket, loadedAt, error });

  const reload = () => void [event, registration].map((one) => one.refetch());
  const common = { busy: event.isFetching || registration.isFetching, reload };
  if (substitute) {
    const { kept, outage } = substitute;
    return { ticket: kept, kept: { keptAt: kept.keptAt, outage }, ...common };
  }
  return error ? { error, ...common } : { ticket, ...common };
}
