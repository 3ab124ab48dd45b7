import { useRef, useState } from 'preact/hooks';

/**
 * For work that must not be done twice at the same time: a second click, or Enter held down, does nothing until the first is through.
 *
 * @returns what begins work, unless some is being done, and whether it is
 */
export function useOnce(): [once: (work: () => Promise<void>) => void, busy: boolean] {
  const [busy, setBusy] = useState(false);
  // The state arrives with the next rendering; the second click may be faster.
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
