import type { EventsApiError } from '@event-management/client';
import { Button } from '../../shared/parts/button.tsx';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { Problem } from '../../shared/parts/problem.tsx';
import { addressOf, listRoute } from '../router.ts';
import { texts } from './texts.ts';

interface FormProblemProps {
  readonly error: EventsApiError;
  readonly errors: ErrorsByField;
  /** Returns the input to keep during a new sign-in. */
  draft(): unknown;
  retry(): void;
  /** Saves what is typed as a new event, if the event was deleted. */
  readonly saveAsNew?: (() => void) | undefined;
}

/** What another attempt does not change. */
const final: readonly string[] = [
  'event-cancelled',
  'event-not-found',
  'forbidden',
  'not-event-organizer',
] satisfies EventsApiError['code'][];

/** Why a form was not saved. */
export function FormProblem({ error, errors, draft, retry, saveAsNew }: FormProblemProps) {
  const { code } = error;
  if (code === 'idempotency-key-reused') {
    return (
      <Problem error={error} message={texts.savedBefore}>
        <p>
          <a href={addressOf(listRoute())}>{texts.findIt}</a>
        </p>
      </Problem>
    );
  }
  if (code === 'event-not-found' && saveAsNew) {
    return (
      <Problem error={error} message={texts.gone}>
        <Button variant="primary" onClick={saveAsNew}>
          {texts.saveAsNew}
        </Button>
      </Problem>
    );
  }
  if (Object.keys(errors).length > 0) return <InvalidInput errors={errors} />;
  const messages = {
    'event-cancelled': texts.notAllowed.cancelled,
    forbidden: texts.notAllowed.role,
    'not-event-organizer': texts.notAllowed.organizer,
  } as const;
  const message = code in messages ? messages[code as keyof typeof messages] : undefined;
  return <Problem error={error} message={message} retry={final.includes(code) ? undefined : retry} draft={draft} />;
}

/** Says that some fields are invalid; their messages are beside them. It has no request id, because the visitor can correct them. */
export function InvalidInput({ errors }: { readonly errors: ErrorsByField }) {
  const [title, detail] = texts.notSaved;
  return (
    <div className="notice problem" role="alert" tabIndex={-1}>
      <h2>{title}</h2>
      <p>{detail}</p>
      {errors['form'] && (
        <ul>
          {errors['form'].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
