import { type Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { download, fileName } from '../../shared/parts/download.ts';
import { Problem } from '../../shared/parts/problem.tsx';
import { useOnce } from '../../shared/parts/use-once.ts';
import { useServices } from '../../shared/services.ts';
import { texts } from '../texts.ts';
import { exportGuests } from './export.ts';

/** Saves all registrations for an event as one CSV file, and says how many there are so far. */
export function ExportButton({ event }: { readonly event: ApiEvent }) {
  const { api, announce } = useServices();
  const [once, busy] = useOnce();
  const [count, setCount] = useState(0);
  const [error, setError] = useState<EventsApiError>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function save(): Promise<void> {
    const { signal } = (stop.current = new AbortController());
    let saved = 0;
    setError(undefined);
    setCount(0);
    try {
      const parts = await exportGuests(api, event, signal, (now) => setCount((saved = now)));
      download(parts, fileName(texts.guestFile(event.name), '.csv'), 'text/csv');
      announce(texts.downloaded(saved));
    } catch (thrown) {
      if (!(thrown instanceof EventsApiError)) throw thrown;
      if (!signal.aborted) setError(thrown);
    }
  }
  return (
    <>
      <Button busy={busy} onClick={() => once(save)}>
        {busy ? texts.downloading(count) : texts.download}
      </Button>
      {error && <Problem error={error} retry={() => once(save)} />}
    </>
  );
}
