import { limits } from '@event-management/client/schemas';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { ReasonField } from '../../shared/parts/reason-field.tsx';
import { texts } from '../texts.ts';

interface GuestDialogProps {
  readonly name: string;
  readonly busy: boolean;
  confirm(): void;
  close(): void;
}

interface CancelGuestDialogProps extends GuestDialogProps {
  readonly waits: boolean;
  readonly reason: string;
  setReason(reason: string): void;
}

/** Asks for confirmation and a reason before a registration is cancelled. */
export function CancelGuestDialog({ name, waits, reason, setReason, ...rest }: CancelGuestDialogProps) {
  return (
    <Dialog {...rest} title={texts.cancelQuestion(name)} confirmLabel={texts.confirmCancel} closeLabel={texts.keep}>
      <p>{waits ? texts.cancelWait : texts.cancelSeat}</p>
      <ReasonField
        label={texts.reason}
        hint={texts.reasonHint}
        rows={2}
        maxLength={limits.RegistrationCancel.reason.maxLength}
        reason={reason}
        setReason={setReason}
      />
    </Dialog>
  );
}

/** Asks for confirmation before the personal data of a guest is erased. */
export function EraseGuestDialog({ name, ...rest }: GuestDialogProps) {
  return (
    <Dialog {...rest} title={texts.eraseQuestion(name)} confirmLabel={texts.confirmErase} closeLabel={texts.keepData}>
      <p>{texts.eraseExplained}</p>
    </Dialog>
  );
}
