import '../form/form.css';
import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useRef, useState } from 'react';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { type ErrorsByField, errorsByField } from '../../shared/parts/field-errors.ts';
import { Field } from '../../shared/parts/field.tsx';
import { useFailureFocus } from '../../shared/parts/use-failure-focus.ts';
import { useOnce } from '../../shared/parts/use-once.ts';
import { useServices } from '../../shared/services.ts';
import { endAfter, instantOf, isRepeated, weeksLater, weeksToFuture } from '../../shared/time.ts';
import { FormProblem } from '../form/form-problem.tsx';
import { labels } from '../form/labels.ts';
import { TimeZoneField } from '../form/time-zone-field.tsx';
import { fieldAt, instantOrText, timeErrorsOf, valuesOf } from '../form/values.ts';
import { go } from '../router.ts';
import { texts } from './texts.ts';

/** What is different in a copy, and the idempotency key that keeps a retry from creating a second one. */
export interface Copy {
  readonly name: string;
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
  readonly idempotencyKey: string;
}

interface DuplicateProps {
  readonly event: ApiEvent;
  /** The input from before a new sign-in. */
  readonly draft: Copy | undefined;
  close(): void;
}

/** The proposal: the same weekday and time in the next week, or the next one in the future. */
function copyOf(event: ApiEvent): Copy {
  const { name, starts, ends, timeZone } = valuesOf(event);
  const weeks = weeksToFuture(starts, timeZone);
  return {
    // A name has up to 100 characters.
    name: [...texts.copyOf(name)].slice(0, 100).join(''),
    starts: weeksLater(starts, weeks),
    ends: weeksLater(ends, weeks),
    timeZone,
    idempotencyKey: crypto.randomUUID(),
  };
}

/** Asks for the name and the times of a copy, creates it and opens it. */
export function DuplicateDialog({ event, draft, close }: DuplicateProps) {
  const { api, announce } = useServices();
  // One dialog creates one copy, even if it is submitted repeatedly.
  const [copy, setCopy] = useState<Copy>(() => draft ?? copyOf(event));
  const [errors, setErrors] = useState<ErrorsByField>({});
  const [error, setError] = useState<EventsApiError>();
  const [once, busy] = useOnce();
  const form = useRef<HTMLDivElement>(null);
  useFailureFocus(form, errors, error);

  async function duplicate(): Promise<void> {
    const timeErrors = timeErrorsOf(copy);
    setErrors(timeErrors);
    setError(undefined);
    if (Object.keys(timeErrors).length > 0) return;
    const { name, timeZone, idempotencyKey } = copy;
    const times = {
      startsAt: instantOrText(copy.starts, timeZone, isRepeated(event.startsAt, event.timeZone)),
      endsAt: instantOrText(copy.ends, timeZone, isRepeated(event.endsAt, event.timeZone)),
      timeZone,
    };
    // The API takes no name for a copy. So it is checked first, together with the rest, and set last.
    const check = await api.createEvent({ name, ...times, dryRun: true }).result();
    if (check.error) return fail(check.error);
    const created = await api.duplicateEvent(event.eventId, times, { idempotencyKey }).result();
    if (created.error) return fail(created.error);
    const { data, error: problem } = await api.updateEvent(created.data, { name }).result();
    if (problem) return fail(problem);
    announce(texts.duplicated);
    go({ name: 'event', eventId: data.eventId });
  }
  function fail(problem: EventsApiError): void {
    setError(problem);
    setErrors(errorsByField(problem, (pointer) => fieldAt(pointer) ?? 'form'));
  }
  function moveStart(starts: string): void {
    setCopy({ ...copy, starts, ends: endAfter(starts, copy.ends, copy.starts) });
  }

  const submit = () => once(duplicate);
  const start = instantOf(copy.starts, copy.timeZone);
  return (
    <Dialog
      title={texts.duplicateQuestion}
      confirmLabel={busy ? texts.duplicating : texts.confirmDuplicate}
      closeLabel={texts.notNow}
      variant="primary"
      busy={busy}
      confirm={submit}
      close={close}
    >
      <div ref={form} className="contents">
        {error && <FormProblem error={error} errors={errors} draft={() => ({ copy })} retry={submit} />}
        <p>{texts.duplicateExplained}</p>
        <Field name="name" label={labels.fields.name} errors={errors['name']} required>
          {(control) => (
            <input
              {...control}
              dir="auto"
              autoComplete="off"
              value={copy.name}
              onChange={({ currentTarget }) => setCopy({ ...copy, name: currentTarget.value })}
            />
          )}
        </Field>
        <Field name="starts" label={labels.fields.starts} errors={errors['starts']} required>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              value={copy.starts}
              onChange={({ currentTarget }) => moveStart(currentTarget.value)}
            />
          )}
        </Field>
        <Field name="ends" label={labels.fields.ends} errors={errors['ends']} required>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              value={copy.ends}
              onChange={({ currentTarget }) => setCopy({ ...copy, ends: currentTarget.value })}
            />
          )}
        </Field>
        <TimeZoneField
          value={copy.timeZone}
          at={'instant' in start ? start.instant : event.startsAt}
          errors={errors['timeZone']}
          change={(timeZone) => setCopy({ ...copy, timeZone })}
        />
      </div>
    </Dialog>
  );
}
