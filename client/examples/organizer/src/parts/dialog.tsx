import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** The labels of the buttons that confirm and close. */
  readonly confirmLabel: string;
  readonly closeLabel: string;
  /** The style of the confirming button; most confirmed actions cannot be undone. */
  readonly variant?: 'danger' | 'primary';
  readonly busy?: boolean;
  confirm(): void;
  close(): void;
}

/** A modal `<dialog>`: the browser traps and restores the focus, and closes it on Escape. */
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
  useLayoutEffect(() => dialog.current?.showModal(), []);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    confirm();
  }
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={close}>
      <form onSubmit={submit}>
        <h2 id="dialog-title">{title}</h2>
        {children}
        <div class="buttons">
          <Button type="submit" variant={variant} busy={busy}>
            {confirmLabel}
          </Button>
          <Button variant="quiet" onClick={() => dialog.current?.close()}>
            {closeLabel}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
