import { Dialog } from '../../shared/parts/dialog.tsx';
import { ReasonField } from '../../shared/parts/reason-field.tsx';
import { texts } from './texts.ts';

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
    <Dialog
      {...props}
      title={texts.unpublishQuestion}
      confirmLabel={props.busy ? texts.unpublishing : texts.confirmUnpublish}
      closeLabel={texts.keepPublished}
    >
      <p>{texts.unpublishExplained}</p>
    </Dialog>
  );
}

/** Asks for confirmation and a reason before an event is cancelled. */
export function CancelDialog({ reason, setReason, ...rest }: CancelProps) {
  return (
    <Dialog
      {...rest}
      title={texts.cancelQuestion}
      confirmLabel={rest.busy ? texts.cancelling : texts.confirmCancel}
      closeLabel={texts.keep}
    >
      <p>{texts.cancelExplained}</p>
      <ReasonField label={texts.reason} hint={texts.reasonHint} rows={3} reason={reason} setReason={setReason} />
    </Dialog>
  );
}

/** Asks for confirmation before an event is deleted. */
export function DeleteDialog({ name, ...rest }: QuestionProps & { readonly name: string }) {
  const [before, after] = texts.deleteExplained;
  return (
    <Dialog
      {...rest}
      title={texts.deleteQuestion}
      confirmLabel={rest.busy ? texts.deleting : texts.confirmDelete}
      closeLabel={texts.keep}
    >
      <p>
        {before}
        <bdi>{name}</bdi>
        {after}
      </p>
    </Dialog>
  );
}
