import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** What is done after "yes", and what the way out is called. */
  readonly action: string;
  readonly otherwise: string;
  /** How the button of the action looks: most of what is asked for cannot be undone. */
  readonly look?: 'danger' | 'primary';
  readonly busy?: boolean;
  confirm(): void;
  close(): void;
}

/** A question, in the browser's own dialog: it keeps the focus inside, gives it back, and closes on Escape. */
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
