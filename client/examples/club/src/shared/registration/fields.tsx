import type { Question } from '@event-management/client';
import { limits } from '@event-management/client/schemas';
import { Field } from '../parts/field.tsx';
import { texts } from '../texts.ts';
import { QuestionField } from './questions.tsx';
import type { RegistrationFormState } from './use-registration-form.ts';

interface RegistrationFieldsProps {
  readonly state: RegistrationFormState;
  readonly questions: readonly Question[] | undefined;
  readonly labels: {
    readonly name: string;
    readonly nameHint?: string;
    readonly email: string;
    readonly emailHint?: string;
  };
  /** Whether the person fills in the form, so that the browser may offer what it knows. */
  readonly own: boolean;
}

const { name: nameLimits, email: emailLimits } = limits.RegistrationDetails;

/** The fields with the details of a person: name, address, and the questions of the event. */
export function RegistrationFields({ state, questions = [], labels, own }: RegistrationFieldsProps) {
  const { values, errors, change } = state;
  const bind = (field: 'name' | 'email') => ({
    value: values[field],
    autoComplete: own ? field : 'off',
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      change(field, { [field]: currentTarget.value }),
  });
  return (
    <>
      <Field name="name" label={labels.name} hint={labels.nameHint} errors={errors['name']} required wide>
        {(control) => <input {...control} {...bind('name')} dir="auto" maxLength={nameLimits.maxLength} />}
      </Field>
      <Field
        name="email"
        label={`${labels.email} (${texts.optional})`}
        hint={labels.emailHint}
        errors={errors['email']}
        wide
      >
        {(control) => <input {...control} {...bind('email')} type="email" maxLength={emailLimits.maxLength} />}
      </Field>
      {questions.map((question) => (
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
    </>
  );
}
