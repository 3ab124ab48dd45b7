import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { type SubmitEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type StoredDraft, takeDraft } from '../../shared/drafts.ts';
import { Button } from '../../shared/parts/button.tsx';
import { useFailureFocus } from '../../shared/parts/use-failure-focus.ts';
import { useOnce } from '../../shared/parts/use-once.ts';
import { useServices, useUser } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { addressOf, go, listRoute } from '../router.ts';
import { Conflict } from './conflict.tsx';
import { Fields } from './fields.tsx';
import { FormProblem, InvalidInput } from './form-problem.tsx';
import { OfferedDrafts } from './offered-drafts.tsx';
import { texts } from './texts.ts';
import { useUnsavedChanges } from './unsaved-changes.tsx';
import { useKeptDraft } from './use-kept-draft.ts';
import { useFormErrors } from './use-form-errors.ts';
import { emptyValues, type FieldName, toCreate, toUpdate, type Values, valuesOf } from './values.ts';

/** The input that is kept on the device, and during a new sign-in. */
interface Draft {
  readonly values: Values;
  readonly idempotencyKey: string;
  /** The revision to which the changes apply. */
  readonly original?: ApiEvent | undefined;
  readonly draftId: string;
}

/** The values of a draft, which a former version of the page may have kept. */
const valuesIn = (draft: Pick<Draft, 'values'>): Values => ({ ...emptyValues(), ...draft.values });

/** A form that creates an event, or updates the given one. */
export function EventForm({ event }: { readonly event?: ApiEvent }) {
  const { api, announce } = useServices();
  const user = useUser();
  const [draft] = useState(() => takeDraft<Draft>(user.id));
  // The revision that the changes apply to: the one that was loaded, or a newer one after a conflict.
  const [original, setOriginal] = useState(draft?.original ?? event);
  const initialValues = useMemo(() => (original ? valuesOf(original) : emptyValues()), [original]);
  const [values, setValues] = useState(draft ? valuesIn(draft) : initialValues);
  const formErrors = useFormErrors(values, original);
  const { errors } = formErrors;
  const [error, setError] = useState<EventsApiError>();
  const [theirs, setTheirs] = useState<ApiEvent>();
  const [once, busy] = useOnce();
  // One form creates one event, even if it is submitted repeatedly.
  const [idempotencyKey, setIdempotencyKey] = useState(() => draft?.idempotencyKey ?? crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  // If set, leaving does not lose any input.
  const safeToLeave = useRef<'saved' | 'discarded' | 'kept' | undefined>(undefined);

  const hasChanges = JSON.stringify(values) !== JSON.stringify(initialValues);
  const [newDraftId] = useState(() => draft?.draftId ?? crypto.randomUUID());
  const kept = useKeptDraft<Omit<Draft, 'draftId'>>(
    user.id,
    newDraftId,
    hasChanges ? { values, idempotencyKey, original } : undefined,
  );
  const confirmation = useUnsavedChanges(() => !safeToLeave.current && hasChanges, kept.finish);
  useEffect(() => draft && announce(common.inputKept), []);
  useFailureFocus(form, formErrors.found, error);

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
    setError(undefined);
    if (formErrors.check(content, target)) return;
    const { data, error: problem } = await send(target, content);
    if (data) {
      safeToLeave.current = 'saved';
      kept.finish();
      announce(target ? texts.saved : texts.savedAsDraft);
      return go({ name: 'event', eventId: data.eventId }, { replace: true });
    }
    if (target && problem.code === 'precondition-failed') return showTheirs(target);
    setError(problem);
    formErrors.showFromApi(problem, content, target);
  }

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    // While Enter is held down, the form may be submitted again before the next view is rendered.
    if (safeToLeave.current !== 'saved') once(() => save(original, values));
  }
  function change(changed: Partial<Values>): void {
    safeToLeave.current = undefined;
    kept.reopen();
    setValues({ ...values, ...changed });
    formErrors.note(Object.keys(changed) as FieldName[]);
  }
  function resolve(merged: Values): void {
    setOriginal(theirs);
    setValues(merged);
    setTheirs(undefined);
    once(() => save(theirs, merged));
  }
  /** Saves what is typed as another event, after this one was deleted. */
  function saveAsNew(): void {
    setOriginal(undefined);
    once(() => save(undefined, values));
  }

  function keepInput(): Draft {
    safeToLeave.current = 'kept';
    return { values, idempotencyKey, original, draftId: kept.draftId };
  }
  function resume(stored: StoredDraft<Omit<Draft, 'draftId'>>): void {
    kept.resume(stored);
    setOriginal(stored.content.original);
    setValues(valuesIn(stored.content));
    setIdempotencyKey(stored.content.idempotencyKey);
    form.current?.querySelector<HTMLElement>('input')?.focus();
  }
  function discard(): void {
    safeToLeave.current = 'discarded';
    kept.finish();
  }

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
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <>
      {confirmation}
      <form ref={form} className="event-form" noValidate onSubmit={submit}>
        {error && Object.keys(formErrors.found).length === 0 ? (
          <FormProblem
            error={error}
            errors={errors}
            draft={keepInput}
            retry={() => once(() => save(original, values))}
            saveAsNew={original && saveAsNew}
          />
        ) : (
          hasErrors && <InvalidInput errors={errors} />
        )}
        <OfferedDrafts
          drafts={kept.offered}
          nameOf={({ values: { name } }) => name}
          resume={resume}
          discard={kept.discard}
        />
        <Fields
          values={values}
          errors={errors}
          registered={(original?.registeredCount ?? 0) + (original?.waitlistedCount ?? 0)}
          change={change}
        />
        <div className="buttons wide">
          <Button type="submit" variant="primary" busy={busy}>
            {busy ? texts.saving : original ? texts.save : texts.saveDraft}
          </Button>
          <a
            className="button quiet"
            onClick={discard}
            href={original ? addressOf({ name: 'event', eventId: original.eventId }) : addressOf(listRoute())}
          >
            {original ? texts.discardChanges : texts.discard}
          </a>
        </div>
      </form>
    </>
  );
}
