import type { Event as ApiEvent, EventPage, EventsApiError, ListEventsInput } from '@event-management/client';
import { useEffect, useRef, useState } from 'react';
import { distinctEvents } from '../../shared/distinct-events.ts';
import { useServices } from '../../shared/services.ts';
import { isDeleted } from './deleted.ts';

/** The pages of a list that have been loaded. */
export interface Pages {
  readonly events: readonly ApiEvent[];
  readonly loading: boolean;
  /** The list is complete only if this is false: an empty page may have a next one. */
  readonly hasMore: boolean;
  readonly error?: EventsApiError<'listEvents'> | undefined;
}

const initialPages: Pages = { events: [], loading: true, hasMore: false };

/**
 * Loads a list page by page on request. Another `query` starts over and drops pending responses.
 *
 * @param isListed whether an event of a response is shown
 */
export function usePages(query: ListEventsInput, isListed: (event: ApiEvent) => boolean) {
  const { api } = useServices();
  const [loaded, setLoaded] = useState<{ readonly pages: Pages; readonly key: string }>();
  const [attempt, setAttempt] = useState(0);
  const cursor = useRef<string | undefined>(undefined);
  const pending = useRef<AbortController>(undefined);
  const key = JSON.stringify(query);
  // Pages of another query are not shown, even before the first page of this one is requested.
  const pages = loaded?.key === key ? loaded.pages : initialPages;
  const setPages = (now: Pages) => setLoaded({ pages: now, key });

  async function loadNext(before: Pages): Promise<void> {
    // The response of a pending request would add the same page twice.
    pending.current?.abort();
    const { signal } = (pending.current = new AbortController());
    setPages({ ...before, loading: true, hasMore: false, error: undefined });
    const next = cursor.current === undefined ? {} : { cursor: cursor.current };
    const isFirst = cursor.current === undefined;
    const { data, error } = await api.listEvents({ ...query, ...next }, { signal }).result();
    if (signal.aborted) return;
    if (error) return setPages({ ...before, loading: false, hasMore: !isFirst, error });
    const { items, nextCursor }: EventPage = data;
    cursor.current = nextCursor;
    setPages({
      events: distinctEvents([...before.events, ...items.filter(isListed)]),
      loading: false,
      hasMore: nextCursor !== undefined,
    });
  }

  useEffect(() => {
    cursor.current = undefined;
    void loadNext(initialPages);
    return () => pending.current?.abort();
  }, [key, attempt]);

  return {
    ...pages,
    events: pages.events.filter(({ eventId }) => !isDeleted(eventId)),
    loadMore: () => void (pages.loading || loadNext(pages)),
    reload: () => setAttempt(attempt + 1),
  };
}
