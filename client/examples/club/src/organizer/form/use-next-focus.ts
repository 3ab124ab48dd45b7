import { useLayoutEffect, useRef } from 'react';

/**
 * Moves the focus to an element that the next rendering makes.
 *
 * @returns a function that takes the ID of the element
 */
export function useNextFocus(): (id: string) => void {
  const next = useRef<string>(undefined);
  // Not `useEffect`: an effect of the rendering before may run after the function was called, and would find no element.
  useLayoutEffect(() => {
    if (next.current !== undefined) document.getElementById(next.current)?.focus();
    next.current = undefined;
  });
  return (id) => {
    next.current = id;
  };
}
