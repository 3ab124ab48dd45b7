import type { Event as ApiEvent, Registration } from '@event-management/client';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { isolated } from '../../shared/parts/bidi.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { useServices } from '../../shared/services.ts';
import { texts } from '../texts.ts';
import type { GuestDraft } from './edit-guest-form.tsx';
import { CancelGuestDialog, EraseGuestDialog } from './guest-dialogs.tsx';

interface GuestActionsProps {
  readonly event: ApiEvent;
  readonly guest: Registration;
  /** The reason that was typed before a new sign-in. */
  readonly reason: string | undefined;
  /** Whether these buttons take the place of a form that was closed, so that the focus returns to them. */
  readonly returns: boolean;
  reload(): Promise<unknown>;
  edit(): void;
}

/** What an organizer can do with a registration. Personal data can be erased after a cancellation or the end of the event. */
export function GuestActions({ event, guest, reason: kept = '', returns, reload, edit }: GuestActionsProps) {
  const { queries, announce } = useServices();
  const { status, allowedActions } = guest;
  const name = isolated(guest.name ?? texts.erased);
  const [dialog, setDialog] = useState<'cancel' | 'erase' | undefined>(kept === '' ? undefined : 'cancel');
  const [reason, setReason] = useState(kept);
  const cancellation = useMutation(queries.cancelRegistration(guest));
  const erasure = useMutation(queries.deleteRegistration(guest));
  const section = useRef<HTMLElement>(null);
  const [done, setDone] = useState(returns ? 1 : 0);
  // The button that opened the dialog may be gone.
  useEffect(() => void (done > 0 && section.current?.focus()), [done]);
  const error = cancellation.error ?? erasure.error;
  const isOver = status === 'cancelled' || event.phase === 'ended';

  function finish(message?: string): void {
    setDialog(undefined);
    setDone(done + 1);
    if (message !== undefined) announce(message);
  }
  function cancel(): void {
    erasure.reset();
    cancellation.mutate(reason.trim() === '' ? {} : { reason: reason.trim() }, {
      onSuccess: (changed) =>
        finish(changed.cancellation?.by === 'attendee' ? texts.cancelledBefore(name) : texts.cancelled(name)),
      onError: () => finish(),
    });
  }
  function erase(): void {
    cancellation.reset();
    erasure.mutate(undefined, {
      onSuccess: () => void reload().then(() => finish(texts.erasedToast)),
      onError: () => finish(),
    });
  }

  return (
    <section ref={section} className="actions" aria-label={texts.actions} tabIndex={-1}>
      {error && <Problem error={error} draft={(): GuestDraft => ({ reason })} />}
      <div className="buttons">
        {allowedActions.includes('updateRegistration') && <Button onClick={edit}>{texts.edit}</Button>}
        {allowedActions.includes('cancelRegistration') && (
          <Button settles variant="danger" onClick={() => setDialog('cancel')}>
            {texts.cancel}
          </Button>
        )}
        {isOver && allowedActions.includes('deleteRegistration') && (
          <Button settles variant="danger" onClick={() => setDialog('erase')}>
            {texts.erase}
          </Button>
        )}
      </div>
      {dialog === 'cancel' && (
        <CancelGuestDialog
          {...{ name, reason, setReason }}
          waits={status === 'waitlisted'}
          busy={cancellation.isPending}
          confirm={cancel}
          close={() => setDialog(undefined)}
        />
      )}
      {dialog === 'erase' && (
        <EraseGuestDialog name={name} busy={erasure.isPending} confirm={erase} close={() => setDialog(undefined)} />
      )}
    </section>
  );
}
