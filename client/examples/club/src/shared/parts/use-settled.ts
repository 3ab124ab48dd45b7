import { useEffect, useState } from 'react';

/** The longest time between the clicks of a double click, by the default of most systems. */
const doubleClickMs = 500;

/**
 * Whether a component has been on the page long enough to be clicked on purpose. The second click of a double click is meant for what was
 * at the same place before.
 *
 * @param settles if false, the component can be clicked at once
 */
export function useSettled(settles = true): boolean {
  const [settled, setSettled] = useState(!settles);
  useEffect(() => {
    if (settled) return;
    const timer = setTimeout(() => setSettled(true), doubleClickMs);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}
