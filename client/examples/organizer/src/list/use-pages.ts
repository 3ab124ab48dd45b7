import type { Event as ApiEvent, EventsApiError, ListEventsInput } from '@event-management/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useServices } from '../services.ts';

/** The pages of a list that have been loaded. */
export interface Pages {
  readonly events: readonly ApiEvent[];
  readonly loading: boolean;
  /** The list is complete only if this is false: an empty page may have a next one. */
  readonly hasMore: boolean;
  readonly error?: EventsApiError<'listEvents'> | undefined;
}

const initialPages: Pages = { events: [], loading: true, hasMore: false };

/** Loads a list page by page on request. Another `query` starts over and drops pending responses. */
export function usePages(query: ListEventsInput) {
  const { api } = useServices();
  const [loaded, setLoaded] = useState<{ readonly pages: Pages; readonly key: string }>();
  const [attempt, setAttempt] = useState(0);
  const cursor = useRef<string | undefined>(undefined);
  const pending = useRef<AbortController>(undefined);
  const key = JSON.stringify(query);
  // Pages of another query are not shown, even before the first page of this one is requested.
  const pages = loaded?.key === key ? loaded.pages : initialPages;
  const setPages = (now: Pages) => setLoaded({ pages: now, key });

  async function loadNext(before: readonly ApiEvent[]): Promise<void> {
    // The response of a pending request would add the same page twice.
    pending.current?.abort();
    const controller = new AbortController();
    pending.current = controller;
    setPages({ events: before, loading: true, hasMore: false });
    const next = cursor.current === undefined ? {} : { cursor: cursor.current };
    const { data, error } = await api.listEvents({ ...query, ...next }, { signal: controller.signal }).result();
    if (controller.signal.aborted) return;
    if (error) return setPages({ events: before, loading: false, hasMore: cursor.current !== undefined, error });
    cursor.current = data.nextCursor;
    setPages({ events: [...before, ...data.items], loading: false, hasMore: data.nextCursor !== undefined });
  }

  useEffect(() => {
    cursor.current = undefined;
    void loadNext([]);
    return () => pending.current?.abort();
  }, [key, attempt]);

  return {
    ...pages,
    loadMore: () => void (pages.loading || loadNext(pages.events)),
    reload: () => setAttempt(attempt + 1),
  };
}
