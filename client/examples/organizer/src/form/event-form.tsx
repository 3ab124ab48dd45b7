import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { faultsByField, type FaultsByField } from '../parts/faults.ts';
import { Problem } from '../parts/problem.tsx';
import { useOnce } from '../parts/use-once.ts';
import { addressOf, go, listRoute } from '../router.ts';
import { useServices } from '../services.ts';
import { Conflict } from './conflict.tsx';
import { Fields } from './fields.tsx';
import { faultsOf, fieldAt, noValues, toCreate, toUpdate, type Values, valuesOf } from './values.ts';

/** A form for a new event, or for changes to one. */
export function EventForm({ event }: { readonly event?: ApiEvent }) {
  const { api, announce } = useServices();
  // What the changes are made to: the event as it was read, or as somebody else left it in the meantime.
  const [original, setOriginal] = useState(event);
  const [values, setValues] = useState(() => (event ? valuesOf(event) : noValues()));
  const [first] = useState(values);
  const [faults, setFaults] = useState<FaultsByField>({});
  const [error, setError] = useState<EventsApiError>();
  const [theirs, setTheirs] = useState<ApiEvent>();
  const [once, busy] = useOnce();
  // One form makes one event, however often it is sent.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  const saved = useRef(false);

  useWarning(() => !saved.current && JSON.stringify(values) !== JSON.stringify(first));
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [faults]);

  const send = (target: ApiEvent | undefined, content: Values) =>
    target
      ? api.updateEvent(target, toUpdate(valuesOf(target), content)).result()
      : api.createEvent(toCreate(content), { idempotencyKey }).result();

  async function showTheirs(target: ApiEvent): Promise<void> {
    const { data, error: problem } = await api.getEvent(target.eventId).result();
    setError(problem);
    setTheirs(data);
  }

  async function save(target: ApiEvent | undefined, content: Values): Promise<void> {
    const own = faultsOf(content);
    setFaults(own);
    setError(undefined);
    if (Object.keys(own).length > 0) return;
    const { data, error: problem } = await send(target, content);
    if (data) {
      saved.current = true;
      announce(target ? 'Saved.' : 'Saved as a draft.');
      return go({ name: 'event', eventId: data.eventId }, { replace: true });
    }
    if (target && problem.code === 'precondition-failed') return showTheirs(target);
    setError(problem);
    setFaults(faultsByField(problem, (pointer) => fieldAt(pointer) ?? 'form'));
  }

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    once(() => save(original, values));
  }
  function settle(merged: Values): void {
    setOriginal(theirs);
    setValues(merged);
    setTheirs(undefined);
    once(() => save(theirs, merged));
  }

  if (original && theirs) {
    return <Conflict base={valuesOf(original)} yours={values} before={original} theirs={theirs} busy={busy} settle={settle} />;
  }
  return (
    <form ref={form} class="event-form" noValidate onSubmit={submit}>
      {error && <FormProblem error={error} faults={faults} again={() => once(() => save(original, values))} />}
      <Fields values={values} faults={faults} change={(changed) => setValues({ ...values, ...changed })} />
      <div class="buttons">
        <Button type="submit" look="primary" busy={busy}>{busy ? 'Saving…' : event ? 'Save' : 'Save draft'}</Button>
        <a class="button quiet" href={event ? addressOf({ name: 'event', eventId: event.eventId }) : addressOf(listRoute())}>{event ? 'Discard changes' : 'Discard'}</a>
      </div>
    </form>
  );
}

interface FormProblemProps {
  readonly error: EventsApiError;
  readonly faults: FaultsByField;
  again(): void;
}

function FormProblem({ error, faults, again }: FormProblemProps) {
  if (error.code === 'idempotency-key-reused') {
    return (
      <Problem error={error}>
        <p>An earlier attempt to save this form did reach the API. <a href={addressOf(listRoute())}>You find it among your events.</a></p>
      </Problem>
    );
  }
  const hasFaults = Object.keys(faults).length > 0;
  return (
    <Problem error={error} words={hasFaults ? ['Not saved yet', 'What is wrong stands below its field.'] : undefined} again={hasFaults ? undefined : again}>
      {faults['form'] && <ul>{faults['form'].map((fault) => <li key={fault}>{fault}</li>)}</ul>}
    </Problem>
  );
}

/** Has the browser ask before the page is closed with changes that are not saved. */
function useWarning(isNeeded: () => boolean): void {
  const needed = useRef(isNeeded);
  needed.current = isNeeded;
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (needed.current()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
}
