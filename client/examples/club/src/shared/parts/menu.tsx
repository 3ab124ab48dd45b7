import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';

/** What can be chosen from a menu: an action, or a link. */
export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly href?: string;
  choose?(): void;
}

interface MenuProps {
  readonly label: string;
  /** While true, the button keeps the focus but does not open the menu. */
  readonly busy: boolean;
  /** The items, with a line between two groups. */
  readonly groups: readonly (readonly MenuItem[])[];
}

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** A button that opens a menu (https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/). The focus returns to it from what an item opens. */
export function Menu({ label, busy, groups }: MenuProps) {
  // The item that has the focus when the menu opens.
  const [open, setOpen] = useState<'first' | 'last'>();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  useLayoutEffect(
    () =>
      items()
        .at(open === 'last' ? -1 : 0)
        ?.focus(),
    [open],
  );

  function close(): void {
    setOpen(undefined);
    button.current?.focus();
  }
  function pressOnButton(event: KeyboardEvent): void {
    if (busy || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    setOpen(event.key === 'ArrowUp' ? 'last' : 'first');
  }
  function press(event: KeyboardEvent): void {
    const { key, repeat } = event;
    const all = items();
    const step = steps[key];
    if (key === 'Escape') close();
    else if (key === 'Tab') return setOpen(undefined);
    else if (step) all[step(all.indexOf(document.activeElement as HTMLElement), all.length)]?.focus();
    else if (key.length === 1 && key !== ' ') all.find((one) => startsWith(one, key))?.focus();
    // The key that opened the menu may be held down.
    else if (!repeat) return;
    event.preventDefault();
  }
  function leave({ currentTarget, relatedTarget }: FocusEvent): void {
    if (!currentTarget.contains(relatedTarget)) setOpen(undefined);
  }
  return (
    <div className="menu" onBlur={leave}>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        aria-disabled={busy}
        onKeyDown={pressOnButton}
        // The second click of a double click would close it again.
        onClick={({ detail }) => busy || detail > 1 || setOpen(open ? undefined : 'first')}
      >
        {label}
      </button>
      {open && (
        <div ref={menu} role="menu" aria-label={label} onKeyDown={press}>
          {groups
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <div key={group[0]?.label} role="none">
                {index > 0 && <div role="separator" />}
                {group.map((item) => (
                  <Item key={item.label} item={item} close={close} />
                ))}
              </div>
            ))}
        </div>
      )}
    </div>
  );
}

const startsWith = ({ textContent }: HTMLElement, key: string) =>
  textContent.toLocaleLowerCase().startsWith(key.toLocaleLowerCase());

function Item({ item: { label, danger, href, choose }, close }: { readonly item: MenuItem; close(): void }) {
  const props = { role: 'menuitem', tabIndex: -1, className: danger ? 'danger' : undefined };
  function click(): void {
    close();
    choose?.();
  }
  return href === undefined ? (
    <button type="button" {...props} onClick={click}>
      {label}
    </button>
  ) : (
    <a {...props} href={href}>
      {label}
    </a>
  );
}
