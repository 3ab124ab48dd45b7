import type { EventsApiError } from '@event-management/client';
import type { FaultsByField } from '../parts/faults.ts';
import { Problem } from '../parts/problem.tsx';
import { addressOf, listRoute } from '../router.ts';

interface FormProblemProps {
  readonly error: EventsApiError;
  readonly faults: FaultsByField;
  /** What was typed, and must outlive a new sign-in. */
  draft(): unknown;
  again(): void;
}

/** Why a form was not saved. */
export function FormProblem({ error, faults, draft, again }: FormProblemProps) {
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
  const hasFaults = Object.keys(faults).length > 0;
  return (
    <Problem
      error={error}
      words={hasFaults ? ['Not saved yet', 'What is wrong stands below its field.'] : undefined}
      again={hasFaults ? undefined : again}
      draft={draft}
    >
      {faults['form'] && (
        <ul>
          {faults['form'].map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
    </Problem>
  );
}
