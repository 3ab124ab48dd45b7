import type { Event as ApiEvent, EventsApiError, Registration } from '@event-management/client';
import { useEffect, useState } from 'preact/hooks';
import { useServices } from '../services.ts';

/** A registration of the visitor, and its event. */
export interface Ticket {
  readonly event: ApiEvent;
  readonly registration: Registration;
}

/** The result of loading a ticket; without both while it is loaded. */
interface Loaded {
  readonly ticket?: Ticket | undefined;
  readonly error?: EventsApiError<'getEvent' | 'getMyRegistration'> | undefined;
}

/** Loads the registration of the visitor for an event, and the event. */
export function useTicket(eventId: string) {
  const { api } = useServices();
  const [loaded, setLoaded] = useState<Loaded>({});
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const options = { signal: controller.signal };
    setLoaded({});
    void Promise.all([
      api.getEvent(eventId, undefined, options).result(),
      api.getMyRegistration(eventId, undefined, options).result(),
    ]).then(([event, registration]) => {
      if (controller.signal.aborted) return;
      if (event.error || registration.error) setLoaded({ error: event.error ?? registration.error });
      else setLoaded({ ticket: { event: event.data, registration: registration.data } });
    });
    return () => controller.abort();
  }, [eventId, attempt]);

  return { ...loaded, reload: () => setAttempt(attempt + 1) };
}
