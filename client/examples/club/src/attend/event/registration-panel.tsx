import type { Event as ApiEvent, Registration } from '@event-management/client';
import { useState } from 'react';
import { takeDraft } from '../../shared/drafts.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import type { Values } from '../../shared/registration/values.ts';
import { closedReason, registerLabel, Seats } from '../../shared/registration/offer.tsx';
import { useServices } from '../../shared/services.ts';
import { SignInButton } from '../../shared/parts/sign-in-first.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../texts.ts';
import { useMyRegistration } from '../use-my-registration.ts';
import { MyRegistration } from './my-registration.tsx';
import { RegistrationForm } from './registration-form.tsx';

interface RegistrationPanelProps {
  readonly event: ApiEvent;
  /** Whether the visitor has signed in to register, so that the form is open. */
  readonly registers: boolean;
}

/** The registration of the visitor: its state, a form, or why there is none. */
export function RegistrationPanel({ event, registers }: RegistrationPanelProps) {
  const { visitor } = useServices();
  return visitor ? <OwnRegistration event={event} registers={registers} /> : <Invitation event={event} />;
}

/** For a visitor who has not signed in. */
function Invitation({ event }: { readonly event: ApiEvent }) {
  const closed = closedReason(event);
  // The visitor returns to this address.
  const returnToForm = () =>
    history.replaceState(null, '', addressOf({ name: 'event', eventId: event.eventId, registers: true }));
  return (
    <>
      <Seats event={event} />
      {closed ? <p>{closed}</p> : <SignInButton label={texts.signInToRegister} before={returnToForm} />}
    </>
  );
}

function OwnRegistration({ event, registers }: RegistrationPanelProps) {
  const { visitor } = useServices();
  const { data: registration, error, refetch, isFetched } = useMyRegistration(event.eventId);
  const [draft] = useState(() => takeDraft<Values>(visitor?.id ?? ''));
  const [isOpen, setIsOpen] = useState(draft === undefined ? undefined : true);
  const isMissing = error?.code === 'registration-not-found';
  // Not by `isPending`, which is true again while a missing registration is loaded again: the form would lose what was typed.
  if (!isFetched) return <p aria-busy="true">…</p>;
  if (!registration && !isMissing && error) return <Problem error={error} retry={() => void refetch()} />;
  const current = isMissing ? undefined : registration;
  const holds = current !== undefined && current.status !== 'cancelled';
  if (isOpen ?? (registers && !holds && closedReason(event) === undefined))
    return <RegistrationForm event={event} registration={current} draft={draft} close={() => setIsOpen(false)} />;
  if (holds) return <MyRegistration event={event} registration={current} change={() => setIsOpen(true)} />;
  return <Offer event={event} previous={current} open={() => setIsOpen(true)} />;
}

interface OfferProps {
  readonly event: ApiEvent;
  /** A registration that was cancelled. */
  readonly previous: Registration | undefined;
  open(): void;
}

function Offer({ event, previous, open }: OfferProps) {
  const closed = closedReason(event);
  return (
    <>
      {previous && <p className="hint">{texts.registrationIsCancelled[0]}</p>}
      <Seats event={event} />
      {closed ? (
        <p>{closed}</p>
      ) : (
        <Button variant="primary" settles onClick={open}>
          {registerLabel(event)}
        </Button>
      )}
    </>
  );
}
