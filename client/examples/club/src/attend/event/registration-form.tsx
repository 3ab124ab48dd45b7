import type { Event as ApiEvent, Registration } from '@event-management/client';
import { errorsIn, limits, registerForEventInput, withQuestions } from '@event-management/client/schemas';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { Field } from '../../shared/parts/field.tsx';
import { type ErrorsByField, errorsByField, messagesByField } from '../../shared/parts/field-errors.ts';
import { Problem } from '../../shared/parts/problem.tsx';
import { useFailureFocus } from '../../shared/parts/use-failure-focus.ts';
import { useServices } from '../../shared/services.ts';
import { texts } from '../texts.ts';
import { QuestionField } from './questions.tsx';
import { fieldAt, inputOf, type Values, valuesOf } from './values.ts';

interface RegistrationFormProps {
  readonly event: ApiEvent;
  /** The registration to change; undefined for a new one. */
  readonly registration: Registration | undefined;
  /** What was typed before a new sign-in. */
  readonly draft: Values | undefined;
  close(): void;
}

const { name: nameLimits, email: emailLimits } = limits.RegistrationDetails;

/** The form in which a person registers, or changes the own details. What the API would refuse is found before it is sent. */
export function RegistrationForm({ event, registration, draft, close }: RegistrationFormProps) {
  const { queries, announce } = useServices();
  const existing = registration?.status === 'cancelled' ? undefined : registration;
  const [values, setValues] = useState<Values>(draft ?? valuesOf(registration));
  const [found, setFound] = useState<ErrorsByField>({});
  /** The fields that were changed since: what was wrong with them is not shown any more. */
  const [changed, setChanged] = useState<readonly string[]>([]);
  const errors = Object.fromEntries(Object.entries(found).filter(([field]) => !changed.includes(field)));
  const mutation = useMutation(queries.registerForEvent(event.eventId));
  const { error } = mutation;
  const form = useRef<HTMLFormElement>(null);
  const { questions } = event;
  useFailureFocus(form, found, error ?? undefined);
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    if (mutation.isPending) return;
    const input = inputOf(values, questions);
    const wrong = messagesByField(errorsIn(withQuestions(registerForEventInput, questions), input), fieldAt);
    show(wrong);
    if (Object.keys(wrong).length > 0) return mutation.reset();
    mutation.mutate(input, {
      onSuccess({ status }) {
        announce(existing ? texts.savedToast : status === 'confirmed' ? texts.registeredToast : texts.waitlistToast);
        close();
      },
      onError: (failure) => show(errorsByField(failure, fieldAt)),
    });
  }
  function show(wrong: ErrorsByField): void {
    setFound(wrong);
    setChanged([]);
  }
  function change(field: string, next: Partial<Values>): void {
    setValues({ ...values, ...next });
    setChanged([...changed, field]);
  }
  const bind = (field: 'name' | 'email') => ({
    value: values[field],
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      change(field, { [field]: currentTarget.value }),
  });

  return (
    <form ref={form} className="event-form" noValidate onSubmit={submit}>
      {error && Object.keys(errors).length === 0 && <Problem error={error} draft={() => values} />}
      <Field name="name" label={texts.name} hint={texts.nameHint} errors={errors['name']} required wide>
        {(control) => (
          <input {...control} {...bind('name')} dir="auto" autoComplete="name" maxLength={nameLimits.maxLength} />
        )}
      </Field>
      <Field
        name="email"
        label={`${texts.email} (${texts.optional})`}
        hint={texts.emailHint}
        errors={errors['email']}
        wide
      >
        {(control) => (
          <input {...control} {...bind('email')} type="email" autoComplete="email" maxLength={emailLimits.maxLength} />
        )}
      </Field>
      {questions?.map((question) => (
        <QuestionField
          key={question.questionId}
          question={question}
          answer={values.answers[question.questionId]}
          errors={errors}
          change={(answer) =>
            change(`answer-${question.questionId}`, { answers: { ...values.answers, [question.questionId]: answer } })
          }
        />
      ))}
      <div className="buttons">
        <Button type="submit" variant="primary" busy={mutation.isPending}>
          {mutation.isPending
            ? texts.saving
            : existing
              ? texts.save
              : event.seatsLeft === 0
                ? texts.joinWaitlist
                : texts.register}
        </Button>
        <Button variant="quiet" onClick={close}>
          {existing ? texts.discard : texts.notNow}
        </Button>
      </div>
    </form>
  );
}
