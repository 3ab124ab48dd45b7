import { useRef, useState } from 'preact/hooks';

/**
 * Makes work that is not done twice at the same time: a second click, or Enter held down, does nothing until the first is through.
 *
 * @returns the guarded work, and whether it is being done
 */
export function useOnce<A extends unknown[]>(work: (...args: A) => Promise<void>): [run: (...args: A) => void, busy: boolean] {
  const [busy, setBusy] = useState(false);
  // The state arrives with the next rendering; the second click may be faster.
  const running = useRef(false);
  function run(...args: A): void {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    void work(...args).finally(() => {
      running.current = false;
      setBusy(false);
    });
  }
  return [run, busy];
}
