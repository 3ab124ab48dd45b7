import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { takeDraft } from '../../shared/drafts.ts';
import { Button } from '../../shared/parts/button.tsx';
import { errorsByField, type ErrorsByField } from '../../shared/parts/field-errors.ts';
import { useOnce } from '../../shared/parts/use-once.ts';
import { addressOf, go, listRoute } from '../router.ts';
import { useServices, useUser } from '../../shared/services.ts';
import { Conflict } from './conflict.tsx';
import { Fields } from './fields.tsx';
import { FormProblem } from './form-problem.tsx';
import { useUnsavedChanges } from './unsaved-changes.tsx';
import { useFailureFocus } from '../../shared/parts/use-failure-focus.ts';
import { emptyValues, fieldAt, timeErrorsOf, toCreate, toUpdate, type Values, valuesOf } from './values.ts';

/** The input that is kept during a new sign-in. */
interface Draft {
  readonly values: Values;
  readonly idempotencyKey: string;
  readonly original?: ApiEvent | undefined;
}

/** A form that creates an event, or updates the given one. */
export function EventForm({ event }: { readonly event?: ApiEvent }) {
  const { api, announce } = useServices();
  const user = useUser();
  const [draft] = useState(() => takeDraft<Draft>(user.id));
  // The revision that the changes apply to: the one that was loaded, or a newer one after a conflict.
  const [original, setOriginal] = useState(draft?.original ?? event);
  const [initialValues] = useState(() => (original ? valuesOf(original) : emptyValues()));
  const [values, setValues] = useState(draft?.values ?? initialValues);
  const [errors, setErrors] = useState<ErrorsByField>({});
  const [error, setError] = useState<EventsApiError>();
  const [theirs, setTheirs] = useState<ApiEvent>();
  const [once, busy] = useOnce();
  // One form creates one event, even if it is submitted repeatedly.
  const [idempotencyKey] = useState(() => draft?.idempotencyKey ?? crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  // If set, leaving does not lose any input.
  const safeToLeave = useRef<'saved' | 'discarded' | 'kept' | undefined>(undefined);

  const confirmation = useUnsavedChanges(
    () => !safeToLeave.current && JSON.stringify(values) !== JSON.stringify(initialValues),
  );
  useEffect(() => draft && announce('What you typed is still here. It is not saved yet.'), []);
  useFailureFocus(form, errors, error);

  const send = (target: ApiEvent | undefined, content: Values) =>
    target
      ? api.updateEvent(target, toUpdate(target, content)).result()
      : api.createEvent(toCreate(content), { idempotencyKey }).result();

  async function showTheirs(target: ApiEvent): Promise<void> {
    const { data, error: problem } = await api.getEvent(target.eventId).result();
    setError(problem);
    setTheirs(data);
  }

  async function save(target: ApiEvent | undefined, content: Values): Promise<void> {
    const timeErrors = timeErrorsOf(content);
    setErrors(timeErrors);
    setError(undefined);
    if (Object.keys(timeErrors).length > 0) return;
    const { data, error: problem } = await send(target, content);
    if (data) {
      safeToLeave.current = 'saved';
      announce(target ? 'Saved.' : 'Saved as a draft.');
      return go({ name: 'event', eventId: data.eventId }, { replace: true });
    }
    if (target && problem.code === 'precondition-failed') return showTheirs(target);
    setError(problem);
    setErrors(errorsByField(problem, (pointer) => fieldAt(pointer) ?? 'form'));
  }

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    // While Enter is held down, the form may be submitted again before the next view is rendered.
    if (safeToLeave.current !== 'saved') once(() => save(original, values));
  }
  function change(changed: Partial<Values>): void {
    safeToLeave.current = undefined;
    setValues({ ...values, ...changed });
  }
  function resolve(merged: Values): void {
    setOriginal(theirs);
    setValues(merged);
    setTheirs(undefined);
    once(() => save(theirs, merged));
  }

  function keepInput(): Draft {
    safeToLeave.current = 'kept';
    return { values, idempotencyKey, original };
  }
  const discard = () => void (safeToLeave.current = 'discarded');

  if (original && theirs) {
    return (
      <>
        {confirmation}
        <Conflict
          base={valuesOf(original)}
          yours={values}
          before={original}
          theirs={theirs}
          busy={busy}
          resolve={resolve}
          discard={discard}
        />
      </>
    );
  }
  return (
    <>
      {confirmation}
      <form ref={form} className="event-form" noValidate onSubmit={submit}>
        {error && (
          <FormProblem
            error={error}
            errors={errors}
            draft={keepInput}
            retry={() => once(() => save(original, values))}
          />
        )}
        <Fields values={values} errors={errors} change={change} />
        <div className="buttons">
          <Button type="submit" variant="primary" busy={busy}>
            {busy ? 'Saving…' : event ? 'Save' : 'Save draft'}
          </Button>
          <a
            className="button quiet"
            onClick={discard}
            href={event ? addressOf({ name: 'event', eventId: event.eventId }) : addressOf(listRoute())}
          >
            {event ? 'Discard changes' : 'Discard'}
          </a>
        </div>
      </form>
    </>
  );
}
