import { type PointerEvent as ReactPointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** The items with one of them at another place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(to, 0, items[from] as Item);
}

/**
 * Reordering of a list by buttons, and by dragging with a pointer. The focus stays on the control that was used.
 *
 * @param change called with the items in their new order, and where the item is now
 */
export function useReorder<Item>(
  items: readonly Item[],
  change: (items: readonly Item[], index: number) => void,
): {
  readonly list: React.RefObject<HTMLOListElement | null>;
  /** The index of the item that is dragged. */
  readonly dragged: number | undefined;
  move(from: number, to: number): void;
  startDragging(event: ReactPointerEvent, index: number): void;
} {
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef<HTMLElement>(undefined);
  const [dragged, setDragged] = useState<number>();

  // The browser takes the focus from an element that is put elsewhere.
  useLayoutEffect(() => {
    focused.current?.focus();
    focused.current = undefined;
  });

  function move(from: number, to: number): void {
    if (to < 0 || to >= items.length || to === from) return;
    if (document.activeElement instanceof HTMLElement && list.current?.contains(document.activeElement))
      focused.current = document.activeElement;
    change(moved(items, from, to), to);
  }

  useEffect(() => {
    if (dragged === undefined) return;
    // The page has the listeners, because the element that is dragged is put elsewhere.
    const follow = ({ clientY }: PointerEvent) => {
      const to = placeAt(list.current, clientY, dragged);
      if (to === dragged) return;
      move(dragged, to);
      setDragged(to);
    };
    const stop = () => setDragged(undefined);
    const listening = new AbortController();
    addEventListener('pointermove', follow, listening);
    addEventListener('pointerup', stop, listening);
    addEventListener('pointercancel', stop, listening);
    return () => listening.abort();
  });

  function startDragging(event: ReactPointerEvent, index: number): void {
    // Otherwise the pointer would select text.
    event.preventDefault();
    setDragged(index);
  }
  return { list, dragged, move, startDragging };
}

/** The place of what is dragged: that of an item whose middle the pointer has passed. */
function placeAt(list: HTMLElement | null, y: number, from: number): number {
  const middles = [...(list?.children ?? [])].map((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return (top + bottom) / 2;
  });
  const below = middles.findLastIndex((middle, index) => index > from && y > middle);
  const above = middles.findIndex((middle, index) => index < from && y < middle);
  return below >= 0 ? below : above >= 0 ? above : from;
}
