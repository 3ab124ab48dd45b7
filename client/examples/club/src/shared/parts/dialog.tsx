import { type KeyboardEvent, type ReactNode, type SubmitEvent, useLayoutEffect, useRef } from 'react';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The label of the button that confirms; without it, there is nothing to confirm. */
  readonly confirmLabel?: string;
  readonly closeLabel: string;
  /** The style of the confirming button; most confirmed actions cannot be undone. */
  readonly variant?: 'danger' | 'primary';
  readonly busy?: boolean;
  confirm?(): void;
  close(): void;
}

/** Whether a key is an Enter that is held down, which would confirm what it has just opened. A text of several lines may need it. */
const isHeldEnter = ({ key, repeat, target }: KeyboardEvent) =>
  key === 'Enter' && repeat && !(target instanceof HTMLTextAreaElement);

/**
 * A modal `<dialog>`: the browser traps and restores the focus, and closes it on Escape. The first field has the focus or, without one,
 * the button that closes it. What it confirms takes a click or a key press of its own.
 */
export function Dialog({
  title,
  children,
  confirmLabel,
  closeLabel,
  variant = 'danger',
  busy = false,
  confirm,
  close,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    const target = ['input, textarea', 'button[type="button"]'].map((one) =>
      dialog.current?.querySelector<HTMLElement>(one),
    );
    target.find((one) => one)?.focus();
  }, []);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    confirm?.();
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby="dialog-title"
      onClose={close}
      onKeyDown={(event) => isHeldEnter(event) && event.preventDefault()}
    >
      <form onSubmit={submit}>
        <h2 id="dialog-title">{title}</h2>
        {children}
        <div className="buttons">
          {confirmLabel !== undefined && (
            <Button type="submit" variant={variant} busy={busy} settles>
              {confirmLabel}
            </Button>
          )}
          <Button variant="quiet" onClick={() => dialog.current?.close()}>
            {closeLabel}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
