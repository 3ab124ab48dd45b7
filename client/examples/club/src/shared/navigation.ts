/** Views by the fragment of the address, so that a page works on any static host and "back" works. */
import { useLayoutEffect, useState } from 'react';

/** Navigates to an address such as `#/new`; `replace` replaces the current entry of the history. */
export function goTo(address: string, { replace = false } = {}): void {
  if (replace) location.replace(address);
  else location.hash = address;
}

/** Returns whether to block the navigation; `leave` continues it later. */
type Blocker = (leave: () => void) => boolean;
let blocker: Blocker | undefined;

/** Registers a function that can block changes of the view. Returns a function that removes it. */
export function blockNavigation(next: Blocker): () => void {
  blocker = next;
  return () => (blocker = undefined);
}

/** The fragment of the current address, updated when it changes. */
export function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useLayoutEffect(() => {
    const leave = () => {
      blocker = undefined;
      history.back();
    };
    const follow = () => {
      // The browser has already navigated. The address is pushed on top, so leaving later goes one step back.
      if (location.hash !== hash && blocker?.(leave)) history.pushState(null, '', hash || '#/');
      else setHash(location.hash);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [hash]);
  return hash;
}
