import { Dialog } from '../../shared/parts/dialog.tsx';
import { ReasonField } from '../../shared/parts/reason-field.tsx';

interface QuestionProps {
  readonly busy: boolean;
  close(): void;
  confirm(): void;
}

interface CancelProps extends QuestionProps {
  readonly reason: string;
  setReason(reason: string): void;
}

/** Asks for confirmation before an event is hidden from everyone else. */
export function UnpublishDialog(props: QuestionProps) {
  return (
    <Dialog {...props} title="Unpublish this event?" confirmLabel="Unpublish" closeLabel="Keep it published">
      <p>It becomes a draft again, which only you can see. No one is notified.</p>
    </Dialog>
  );
}

/** Asks for confirmation and a reason before an event is cancelled. */
export function CancelDialog({ reason, setReason, ...rest }: CancelProps) {
  return (
    <Dialog {...rest} title="Cancel this event?" confirmLabel="Cancel the event" closeLabel="Keep it">
      <p>It stays readable, marked as cancelled. No one is notified, and this cannot be undone.</p>
      <ReasonField
        label="Reason (optional)"
        hint="Everybody who can see the event reads it."
        rows={3}
        reason={reason}
        setReason={setReason}
      />
    </Dialog>
  );
}

/** Asks for confirmation before an event is deleted. */
export function DeleteDialog({ name, ...rest }: QuestionProps & { readonly name: string }) {
  return (
    <Dialog {...rest} title="Delete this event?" confirmLabel="Delete event" closeLabel="Keep it">
      <p>
        “<bdi>{name}</bdi>” will be permanently deleted. This cannot be undone.
      </p>
    </Dialog>
  );
}
