import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useRef, useState } from 'react';
import { FormProblem } from '../form/form-problem.tsx';
import { useFailureFocus } from '../../shared/parts/use-failure-focus.ts';
import { labels } from '../form/labels.ts';
import { timeErrorsOf, instantOrText, valuesOf } from '../form/values.ts';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { type ErrorsByField, errorsByField } from '../../shared/parts/field-errors.ts';
import { Field } from '../../shared/parts/field.tsx';
import { useOnce } from '../../shared/parts/use-once.ts';
import { go } from '../router.ts';
import { useServices } from '../../shared/services.ts';
import { isRepeated, weekLater } from '../../shared/time.ts';

/** The times of a copy, and the idempotency key that keeps a retry from creating a second one. */
export interface Copy {
  readonly starts: string;
  readonly ends: string;
  readonly idempotencyKey: string;
}

interface DuplicateProps {
  readonly event: ApiEvent;
  /** The input from before a new sign-in. */
  readonly draft: Copy | undefined;
  close(): void;
}

/** Asks for the times of a copy, creates it and opens it. */
export function DuplicateDialog({ event, draft, close }: DuplicateProps) {
  const { api, announce } = useServices();
  const { timeZone, starts, ends } = valuesOf(event);
  // One dialog creates one copy, even if it is submitted repeatedly.
  const [copy, setCopy] = useState<Copy>(
    () => draft ?? { starts: weekLater(starts), ends: weekLater(ends), idempotencyKey: crypto.randomUUID() },
  );
  const [errors, setErrors] = useState<ErrorsByField>({});
  const [error, setError] = useState<EventsApiError<'duplicateEvent'>>();
  const [once, busy] = useOnce();
  const form = useRef<HTMLDivElement>(null);
  useFailureFocus(form, errors, error);

  async function duplicate(): Promise<void> {
    const timeErrors = timeErrorsOf({ ...copy, timeZone });
    setErrors(timeErrors);
    setError(undefined);
    if (Object.keys(timeErrors).length > 0) return;
    const { idempotencyKey } = copy;
    const content = {
      startsAt: instantOrText(copy.starts, timeZone, isRepeated(event.startsAt, timeZone)),
      endsAt: instantOrText(copy.ends, timeZone, isRepeated(event.endsAt, timeZone)),
    };
    const { data, error: problem } = await api.duplicateEvent(event.eventId, content, { idempotencyKey }).result();
    if (data) {
      announce('Duplicated: this is the copy, a draft.');
      return go({ name: 'event', eventId: data.eventId });
    }
    setError(problem);
    setErrors(errorsByField(problem, (pointer) => (pointer === '/endsAt' ? 'ends' : 'starts')));
  }

  const submit = () => once(duplicate);
  return (
    <Dialog
      title="Duplicate this event"
      confirmLabel="Duplicate"
      closeLabel="Not now"
      variant="primary"
      busy={busy}
      confirm={submit}
      close={close}
    >
      <div ref={form} className="contents">
        {error && <FormProblem error={error} errors={errors} draft={() => ({ copy })} retry={submit} />}
        <p>The copy is a draft with the same content. Both times are by the clocks of the place.</p>
        {(['starts', 'ends'] as const).map((name) => (
          <Field key={name} name={name} label={labels.fields[name]} errors={errors[name]}>
            {(control) => (
              <input
                {...control}
                type="datetime-local"
                value={copy[name]}
                onChange={({ currentTarget }) => setCopy({ ...copy, [name]: currentTarget.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </Dialog>
  );
}
