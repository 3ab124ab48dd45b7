import type { Event as ApiEvent, Registration } from '@event-management/client';
import { registerForEventInput, withQuestions } from '@event-management/client/schemas';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { RegistrationFields } from '../../shared/registration/fields.tsx';
import { registerLabel } from '../../shared/registration/offer.tsx';
import { texts as offerTexts } from '../../shared/registration/texts.ts';
import { useRegistrationForm } from '../../shared/registration/use-registration-form.ts';
import { inputOf, type Values, valuesOf } from '../../shared/registration/values.ts';
import { useServices } from '../../shared/services.ts';
import { texts } from '../texts.ts';

interface RegistrationFormProps {
  readonly event: ApiEvent;
  /** The registration to change; undefined for a new one. */
  readonly registration: Registration | undefined;
  /** What was typed before a new sign-in. */
  readonly draft: Values | undefined;
  close(): void;
}

/** The form in which a person registers, or changes the own details. What the API would refuse is found before it is sent. */
export function RegistrationForm({ event, registration, draft, close }: RegistrationFormProps) {
  const { queries, announce } = useServices();
  const { questions } = event;
  const existing = registration?.status === 'cancelled' ? undefined : registration;
  const mutation = useMutation(queries.registerForEvent(event.eventId));
  const { error } = mutation;
  const state = useRegistrationForm(draft ?? valuesOf(registration), questions, error);
  const { values } = state;

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    if (mutation.isPending) return;
    const input = inputOf(values, questions);
    if (!state.isValid(withQuestions(registerForEventInput, questions), input)) return mutation.reset();
    mutation.mutate(input, {
      onSuccess({ status }) {
        announce(existing ? texts.savedToast : status === 'confirmed' ? texts.registeredToast : texts.waitlistToast);
        close();
      },
      onError: state.showErrors,
    });
  }

  return (
    <form ref={state.form} className="event-form" noValidate onSubmit={submit}>
      {error && state.needsNotice && <Problem error={error} draft={() => values} />}
      <RegistrationFields own state={state} questions={questions} labels={offerTexts} />
      <div className="buttons">
        <Button type="submit" variant="primary" busy={mutation.isPending}>
          {mutation.isPending ? texts.saving : existing ? texts.save : registerLabel(event)}
        </Button>
        <Button variant="quiet" onClick={close}>
          {existing ? texts.discard : texts.notNow}
        </Button>
      </div>
    </form>
  );
}
