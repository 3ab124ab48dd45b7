import type { EventsApiError, Question } from '@event-management/client';
import { errorsIn, type InputSchema } from '@event-management/client/schemas';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type ErrorsByField, errorsByField, messagesByField } from '../parts/field-errors.ts';
import { useFailureFocus } from '../parts/use-failure-focus.ts';
import { fieldAt, type Values } from './values.ts';

/** A form with the details of a person: what is typed, and what is wrong with it. */
export interface RegistrationFormState {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly values: Values;
  readonly errors: ErrorsByField;
  /** Whether the error is not shown beside any field. */
  readonly needsNotice: boolean;
  change(field: string, next: Partial<Values>): void;
  /** Replaces all that is typed. */
  replace(values: Values): void;
  /** Whether the API would accept an input; if not, the errors are shown. */
  isValid<Input>(schema: InputSchema<Input>, input: Input): boolean;
  /** Shows the errors that the API has found. */
  showErrors(error: EventsApiError): void;
}

/**
 * The state of a form with the details of a person. Its first field has the focus, and later the first one that is invalid.
 *
 * @param error why the API did not accept the input; its notice has the focus if no field is invalid
 */
export function useRegistrationForm(
  initial: Values,
  questions: readonly Question[] = [],
  error: EventsApiError | null,
): RegistrationFormState {
  const [values, setValues] = useState(initial);
  const [found, setFound] = useState<ErrorsByField>({});
  /** The fields that were changed since: what was wrong with them is no longer shown. */
  const [changed, setChanged] = useState<readonly string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  useFailureFocus(form, found, error ?? undefined);
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);

  function show(errors: ErrorsByField): void {
    setFound(errors);
    setChanged([]);
  }
  const errors = Object.fromEntries(Object.entries(found).filter(([field]) => !changed.includes(field)));
  const fields = ['name', 'email', ...questions.map(({ questionId }) => `answer-${questionId}`)];
  return {
    form,
    values,
    errors,
    needsNotice: error !== null && !fields.some((field) => field in found),
    change(field, next) {
      setValues({ ...values, ...next });
      setChanged([...changed, field]);
    },
    replace: setValues,
    isValid(schema, input) {
      const wrong = messagesByField(errorsIn(schema, input), fieldAt);
      show(wrong);
      return Object.keys(wrong).length === 0;
    },
    showErrors: (failure) => show(errorsByField(failure, fieldAt)),
  };
}
