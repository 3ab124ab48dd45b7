import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';

interface DialogProps {
  readonly busy: boolean;
  close(): void;
}

interface FrameProps extends DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly action: string;
  confirm(): void;
}

/** The browser's own dialog: it keeps the focus inside, gives it back, and closes on Escape. */
function Dialog({ title, children, action, busy, confirm, close }: FrameProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
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
          <Button type="submit" look="danger" busy={busy}>{action}</Button>
          <Button look="quiet" onClick={() => dialog.current?.close()}>Keep it</Button>
        </div>
      </form>
    </dialog>
  );
}

export function CancelDialog({ confirm, ...rest }: DialogProps & { confirm(reason: string): void }) {
  const [reason, setReason] = useState('');
  return (
    <Dialog {...rest} title="Cancel this event?" action="Cancel the event" confirm={() => confirm(reason.trim())}>
      <p>It stays readable, marked as cancelled. This cannot be undone.</p>
      <Field name="reason" label="Reason (optional)" hint="Everybody who can see the event reads it.">
        {(control) => <textarea {...control} rows={3} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />}
      </Field>
    </Dialog>
  );
}

export function DeleteDialog({ name, confirm, ...rest }: DialogProps & { readonly name: string; confirm(): void }) {
  return (
    <Dialog {...rest} title="Delete this event?" action="Delete for good" confirm={confirm}>
      <p>“{name}” disappears for everybody, and nobody can bring it back.</p>
    </Dialog>
  );
}
