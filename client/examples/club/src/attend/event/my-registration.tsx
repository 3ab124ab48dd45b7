import type { Event as ApiEvent, Registration } from '@event-management/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { ReasonField } from '../../shared/parts/reason-field.tsx';
import { texts as offerTexts } from '../../shared/registration/texts.ts';
import { useServices } from '../../shared/services.ts';
import { addressOf } from '../router.ts';
import { texts } from '../texts.ts';

interface MyRegistrationProps {
  readonly event: ApiEvent;
  readonly registration: Registration;
  change(): void;
}

/** A registration that holds a seat or waits for one, and what its owner can do. */
export function MyRegistration({ event, registration, change }: MyRegistrationProps) {
  const { queries, announce } = useServices();
  const { status, ahead = 0, meetingUrl, allowedActions } = registration;
  const [asks, setAsks] = useState(false);
  const cancellation = useMutation(queries.cancelMyRegistration(event));
  const waits = status === 'waitlisted';

  function cancel(reason: string): void {
    const given = reason.trim() === '' ? {} : { reason: reason.trim() };
    cancellation.mutate(
      { number: registration.number, ...given },
      { onSuccess: () => announce(texts.cancelledToast), onSettled: () => setAsks(false) },
    );
  }
  if (event.status === 'cancelled')
    return (
      <>
        <h2>{offerTexts.eventIsCancelled[0]}</h2>
        <p>{texts.wereRegistered}</p>
      </>
    );
  return (
    <>
      <h2>{waits ? texts.onWaitlist : texts.registered}</h2>
      {waits && (
        <p>
          {ahead === 0 ? texts.next : texts.ahead(ahead)} {texts.ticketLater}
        </p>
      )}
      {cancellation.error && <Problem error={cancellation.error} />}
      <div className="buttons">
        {!waits && (
          <a className="button primary" href={addressOf({ name: 'ticket', eventId: event.eventId })}>
            {texts.showTicket}
          </a>
        )}
        {meetingUrl && (
          <a className="button" href={meetingUrl} target="_blank" rel="noreferrer">
            {texts.meeting}
          </a>
        )}
        {allowedActions.includes('registerForEvent') && <Button onClick={change}>{texts.change}</Button>}
        {allowedActions.includes('cancelMyRegistration') && (
          <Button variant="quiet" settles onClick={() => setAsks(true)}>
            {waits ? texts.leaveWaitlist : texts.cancelRegistration}
          </Button>
        )}
      </div>
      {asks && (
        <CancelDialog waits={waits} busy={cancellation.isPending} confirm={cancel} close={() => setAsks(false)} />
      )}
    </>
  );
}

interface CancelDialogProps {
  readonly waits: boolean;
  readonly busy: boolean;
  confirm(reason: string): void;
  close(): void;
}

function CancelDialog({ waits, busy, confirm, close }: CancelDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={waits ? texts.leaveQuestion : texts.cancelQuestion}
      confirmLabel={(waits ? texts.leaveWaitlist : texts.cancelRegistration).replace('…', '')}
      closeLabel={texts.keep}
      busy={busy}
      confirm={() => confirm(reason)}
      close={close}
    >
      <p>{waits ? texts.cancelWaiting : texts.cancelExplained}</p>
      <ReasonField label={texts.reason} hint={texts.reasonHint} rows={2} reason={reason} setReason={setReason} />
    </Dialog>
  );
}
