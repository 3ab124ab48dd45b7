import { useLayoutEffect, useRef } from 'react';

/** Where the visitor left each list of this tab, by the address of the list. */
const positions = new Map<string, { readonly scroll: number; readonly opened: string }>();

/**
 * Scrolls a list to where the visitor left it, and focuses the link that was opened there. Only for a view whose rows are rendered at once,
 * from the cache.
 *
 * @param address of the list, with its filters
 */
export function useKeptPosition(address: string): void {
  const current = useRef(address);
  current.current = address;
  useLayoutEffect(() => {
    const kept = positions.get(address);
    if (kept) {
      const links = [...document.querySelectorAll<HTMLElement>('main a')];
      links.find((link) => link.getAttribute('href') === kept.opened)?.focus({ preventScroll: true });
      scrollTo(0, kept.scroll);
    }
    return () => void positions.set(current.current, { scroll: scrollY, opened: location.hash });
  }, []);
}
