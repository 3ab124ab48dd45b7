import { useRef, useState } from 'react';

/**
 * Prevents work from running twice at the same time, such as after a double click or while Enter is held down.
 *
 * @returns a function that starts work unless some is running, and whether some is running
 */
export function useOnce(): [once: (work: () => Promise<void>) => void, busy: boolean] {
  const [busy, setBusy] = useState(false);
  // The state is updated with the next rendering, which may be after the second click.
  const running = useRef(false);
  function once(work: () => Promise<void>): void {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    void work().finally(() => {
      running.current = false;
      setBusy(false);
    });
  }
  return [once, busy];
}
