import { useEffect, useState } from 'react';
import { useServices } from '../../shared/services.ts';
import { createDoor, type Door, type DoorState } from './door.ts';
import type { Keeper } from './kept.ts';
import { openStore } from './store.ts';

/** How often the list is loaded again, so that devices know of each other's check-ins. */
const refreshMs = 20_000;

/** Opens the door of an event while its view is shown; undefined until it is open. */
export function useDoor(
  eventId: string,
  keeper: Keeper,
): { readonly door: Door; readonly state: DoorState } | undefined {
  const { api, visitor } = useServices();
  const [opened, setOpened] = useState<{ readonly door: Door; readonly state: DoorState }>();
  useEffect(() => {
    const closed = new AbortController();
    const { signal } = closed;
    async function open(): Promise<void> {
      const store = await openStore();
      const door = await createDoor({ api, eventId, keeper, isSignedIn: visitor !== undefined, store });
      if (signal.aborted) return;
      const show = () => setOpened({ door, state: door.state() });
      const sync = () => void (document.visibilityState === 'visible' && door.sync());
      show();
      const unsubscribe = door.subscribe(show);
      const timer = setInterval(sync, refreshMs);
      addEventListener('online', sync, { signal });
      addEventListener('offline', door.disconnect, { signal });
      document.addEventListener('visibilitychange', sync, { signal });
      signal.addEventListener('abort', () => {
        clearInterval(timer);
        unsubscribe();
      });
      sync();
    }
    open().catch(reportError);
    return () => closed.abort();
  }, []);
  return opened;
}
