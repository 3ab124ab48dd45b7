import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useEffect, useState } from 'react';
import { useServices } from '../../shared/services.ts';

/** Loads one event; `show` replaces it with the result of an operation. */
export function useEvent(eventId: string) {
  const { api } = useServices();
  const [event, show] = useState<ApiEvent>();
  const [error, setError] = useState<EventsApiError<'getEvent'>>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    setError(undefined);
    void api
      .getEvent(eventId, undefined, { signal: controller.signal })
      .result()
      .then((result) => {
        if (controller.signal.aborted) return;
        show(result.data);
        setError(result.error);
      });
    return () => controller.abort();
  }, [eventId, attempt]);

  return { event, error, show, reload: () => setAttempt(attempt + 1) };
}
