import type { Event as ApiEvent, EventsApiError, Registration } from '@event-management/client';
import { createRegistrationInput, withQuestions } from '@event-management/client/schemas';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { takeDraft } from '../../shared/drafts.ts';
import { isolated } from '../../shared/parts/bidi.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { RegistrationFields } from '../../shared/registration/fields.tsx';
import { useRegistrationForm } from '../../shared/registration/use-registration-form.ts';
import { inputOf, type Values, valuesOf } from '../../shared/registration/values.ts';
import { useServices, useUser } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { useUnsavedChanges } from '../form/unsaved-changes.tsx';
import { addressOf, go, guestsRoute } from '../router.ts';
import { texts } from '../texts.ts';

/** The input that is kept during a new sign-in. */
interface Draft {
  readonly values: Values;
  readonly idempotencyKey: string;
}

/** The form for a guest who is added by hand. What the API would refuse is found before it is sent. */
export function NewGuestForm({ event }: { readonly event: ApiEvent }) {
  const { queries, announce } = useServices();
  const user = useUser();
  const { eventId, questions, seatsLeft } = event;
  const [draft] = useState(() => takeDraft<Draft>(user.id));
  // One form registers one person, even if it is submitted repeatedly.
  const [idempotencyKey] = useState(() => draft?.idempotencyKey ?? crypto.randomUUID());
  const mutation = useMutation(queries.createRegistration(eventId, { idempotencyKey }));
  const { error } = mutation;
  const [initial] = useState(() => draft?.values ?? valuesOf(undefined));
  const state = useRegistrationForm(initial, questions, error);
  const { values } = state;
  // If set, leaving does not lose any input.
  const safeToLeave = useRef(false);
  const confirmation = useUnsavedChanges(
    () => !safeToLeave.current && JSON.stringify(values) !== JSON.stringify(valuesOf(undefined)),
  );
  useEffect(() => draft && announce(common.inputKept), []);

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    // While Enter is held down, the form may be submitted again before the next view is rendered.
    if (mutation.isPending || mutation.isSuccess) return;
    const input = inputOf(values, questions);
    if (!state.isValid(withQuestions(createRegistrationInput, questions), input)) return mutation.reset();
    mutation.mutate(input, { onSuccess: showGuest, onError: state.showErrors });
  }
  function showGuest({ number, status, name = '' }: Registration): void {
    safeToLeave.current = true;
    announce(status === 'waitlisted' ? texts.isWaiting(isolated(name)) : texts.hasSeat(isolated(name)));
    go({ name: 'guest', eventId, number }, { replace: true });
  }
  function keepInput(): Draft {
    safeToLeave.current = true;
    return { values, idempotencyKey };
  }

  return (
    <>
      {confirmation}
      <form ref={state.form} className="event-form" noValidate onSubmit={submit}>
        {seatsLeft === 0 && <p className="notice wide">{texts.full}</p>}
        {error && state.needsNotice && <FormProblem error={error} eventId={eventId} draft={keepInput} />}
        <RegistrationFields own={false} state={state} questions={questions} labels={texts} />
        <div className="buttons">
          <Button type="submit" variant="primary" busy={mutation.isPending}>
            {mutation.isPending ? texts.saving : seatsLeft === 0 ? texts.addToWaitlist : texts.add}
          </Button>
          <a
            className="button quiet"
            href={addressOf(guestsRoute(eventId))}
            onClick={() => void (safeToLeave.current = true)}
          >
            {texts.notNow}
          </a>
        </div>
      </form>
    </>
  );
}

interface FormProblemProps {
  readonly error: EventsApiError;
  readonly eventId: string;
  draft(): Draft;
}

/** Why the guest was not added. If an earlier attempt was saved and the input has changed since, that one is in the list. */
function FormProblem({ error, eventId, draft }: FormProblemProps) {
  if (error.code !== 'idempotency-key-reused') return <Problem error={error} draft={draft} />;
  return (
    <Problem error={error} message={texts.savedBefore}>
      <p>
        <a href={addressOf(guestsRoute(eventId))}>{texts.inTheList}</a>
      </p>
    </Problem>
  );
}
