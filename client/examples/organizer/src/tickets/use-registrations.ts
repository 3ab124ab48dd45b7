import type { EventsApiError, Registration } from '@event-management/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useServices } from '../services.ts';

/** The registrations of the visitor that have been loaded. */
interface Registrations {
  readonly items: readonly Registration[];
  readonly loading: boolean;
  readonly nextCursor?: string | undefined;
  readonly error?: EventsApiError<'listMyRegistrations'> | undefined;
}

const initial: Registrations = { items: [], loading: true };

/** Loads the visitor's registrations page by page on request, the newest first. */
export function useRegistrations() {
  const { api } = useServices();
  const [state, setState] = useState(initial);
  const controller = useRef<AbortController>(undefined);

  async function load(before: Registrations): Promise<void> {
    const { signal } = (controller.current = new AbortController());
    setState({ ...before, loading: true, error: undefined });
    const input = before.nextCursor === undefined ? {} : { cursor: before.nextCursor };
    const { data, error } = await api.listMyRegistrations(input, { signal }).result();
    if (signal.aborted) return;
    if (error) setState({ ...before, loading: false, error });
    else setState({ items: [...before.items, ...data.items], loading: false, nextCursor: data.nextCursor });
  }

  useEffect(() => {
    void load(initial);
    return () => controller.current?.abort();
  }, []);

  return {
    ...state,
    loadMore: () => void (state.loading || load(state)),
    /** Repeats what failed; a cursor that the API rejects starts over. */
    retry: () => void load(state.error?.code === 'invalid-cursor' ? initial : state),
  };
}
