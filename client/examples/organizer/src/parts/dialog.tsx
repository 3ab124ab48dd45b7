import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** The labels of the buttons that confirm and close. */
  readonly action: string;
  readonly otherwise: string;
  /** The style of the confirming button; most confirmed actions cannot be undone. */
  readonly look?: 'danger' | 'primary';
  readonly busy?: boolean;
  confirm(): void;
  close(): void;
}

/** A modal `<dialog>`: the browser traps and restores the focus, and closes it on Escape. */
export function Dialog({
  title,
  children,
  action,
  otherwise,
  look = 'danger',
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
          <Button type="submit" look={look} busy={busy}>
            {action}
          </Button>
          <Button look="quiet" onClick={() => dialog.current?.close()}>
            {otherwise}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
