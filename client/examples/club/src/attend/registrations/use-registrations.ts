import type { Registration } from '@event-management/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useServices } from '../../shared/services.ts';
import { useKept } from '../kept.ts';

/** What a row shows of a registration, and this device keeps of it: no ticket, no address and no answer. */
export type Row = Pick<Registration, 'eventId' | 'number' | 'status' | 'event'>;

const rowOf = ({ eventId, number, status, event }: Registration): Row => ({
  eventId,
  number,
  status,
  ...(event && { event }),
});

/** Loads the visitor's registrations; without a connection, `kept` has those stored on this device. */
export function useRegistrations() {
  const { queries, visitor } = useServices();
  const list = useInfiniteQuery({ ...queries.listMyRegistrations.infinite(), enabled: visitor !== undefined });
  const rows = list.data?.pages.flatMap(({ items }) => items.map(rowOf));
  const kept = useKept('registrations', {
    content: rows && { rows, isComplete: !list.hasNextPage },
    loadedAt: list.dataUpdatedAt,
    // Without the next page, the others are still current.
    error: list.isFetchNextPageError ? undefined : (list.error ?? undefined),
  });
  return { list, rows: rows ?? [], kept };
}
