import type { EventsApiError } from '@event-management/client';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { Problem } from '../../shared/parts/problem.tsx';
import { addressOf, listRoute } from '../router.ts';

interface FormProblemProps {
  readonly error: EventsApiError;
  readonly errors: ErrorsByField;
  /** Returns the input to keep during a new sign-in. */
  draft(): unknown;
  retry(): void;
}

/** Why a form was not saved. */
export function FormProblem({ error, errors, draft, retry }: FormProblemProps) {
  if (error.code === 'idempotency-key-reused') {
    return (
      <Problem error={error}>
        <p>
          An earlier attempt to save this form did reach the API.{' '}
          <a href={addressOf(listRoute())}>You find it among your events.</a>
        </p>
      </Problem>
    );
  }
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <Problem
      error={error}
      message={hasErrors ? ['Not saved yet', 'Please fix the highlighted fields.'] : undefined}
      retry={hasErrors ? undefined : retry}
      draft={draft}
    >
      {errors['form'] && (
        <ul>
          {errors['form'].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </Problem>
  );
}
