import type { Event as ApiEvent, EventsApiError, ListEventsInput } from '@event-management/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useServices } from '../services.ts';

/** A list as far as it was read. */
export interface Pages {
  readonly events: readonly ApiEvent[];
  readonly loading: boolean;
  /** Only where this is false is the list complete: an empty page may have a next one. */
  readonly hasMore: boolean;
  readonly error?: EventsApiError<'listEvents'> | undefined;
}

const nothingYet: Pages = { events: [], loading: true, hasMore: false };

/** Reads a list page by page, as far as the visitor asks. Another `query` starts over and drops pending responses. */
export function usePages(query: ListEventsInput) {
  const { api } = useServices();
  const [read, setRead] = useState<{ readonly pages: Pages; readonly of: string }>();
  const [round, setRound] = useState(0);
  const cursor = useRef<string | undefined>(undefined);
  const stop = useRef<AbortController>(undefined);
  const key = JSON.stringify(query);
  // What was read of another query is not shown, not even until the new one is on its way.
  const pages = read?.of === key ? read.pages : nothingYet;
  const setPages = (now: Pages) => setRead({ pages: now, of: key });

  async function readNext(before: readonly ApiEvent[]): Promise<void> {
    // A pending response would arrive as a second copy.
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
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
    void readNext([]);
    return () => stop.current?.abort();
  }, [key, round]);

  return {
    ...pages,
    more: () => void (pages.loading || readNext(pages.events)),
    again: () => setRound(round + 1),
  };
}
