import { useQuery } from '@tanstack/react-query';
import { useServices } from '../shared/services.ts';

/** How often somebody who waits for a seat is told. */
const waitingMs = 60_000;

/** The registration of the visitor for an event. While it waits for a seat, it is loaded again and again, so that moving up is seen. */
export function useMyRegistration(eventId: string, { enabled = true } = {}) {
  const { queries } = useServices();
  return useQuery({
    ...queries.getMyRegistration(eventId),
    enabled,
    refetchInterval: ({ state }) => state.data?.status === 'waitlisted' && waitingMs,
  });
}
