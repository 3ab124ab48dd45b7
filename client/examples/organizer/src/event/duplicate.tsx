import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useState } from 'preact/hooks';
import { FormProblem } from '../form/form-problem.tsx';
import { faultsOf, labels, momentOf, valuesOf } from '../form/values.ts';
import { Dialog } from '../parts/dialog.tsx';
import { type FaultsByField, faultsByField } from '../parts/faults.ts';
import { Field } from '../parts/field.tsx';
import { useOnce } from '../parts/use-once.ts';
import { go } from '../router.ts';
import { useServices } from '../services.ts';
import { weekLater } from '../time.ts';

interface DuplicateProps {
  readonly event: ApiEvent;
  close(): void;
}

/** Asks when the copy of an event takes place, and goes there. */
export function DuplicateDialog({ event, close }: DuplicateProps) {
  const { api, announce } = useServices();
  const { timeZone, starts, ends } = valuesOf(event);
  const [times, setTimes] = useState({ starts: weekLater(starts), ends: weekLater(ends) });
  const [faults, setFaults] = useState<FaultsByField>({});
  const [error, setError] = useState<EventsApiError<'duplicateEvent'>>();
  const [once, busy] = useOnce();
  // One dialog makes one copy, however often it is sent.
  const [idempotencyKey] = useState(() => crypto.randomUUID());

  async function duplicate(): Promise<void> {
    const own = faultsOf({ ...times, timeZone });
    setFaults(own);
    setError(undefined);
    if (Object.keys(own).length > 0) return;
    const content = { startsAt: momentOf(times.starts, timeZone), endsAt: momentOf(times.ends, timeZone) };
    const { data, error: problem } = await api.duplicateEvent(event.eventId, content, { idempotencyKey }).result();
    if (data) {
      announce('Duplicated: this is the copy, a draft.');
      return go({ name: 'event', eventId: data.eventId });
    }
    setError(problem);
    setFaults(faultsByField(problem, (pointer) => (pointer === '/endsAt' ? 'ends' : 'starts')));
  }

  const again = () => once(duplicate);
  return (
    <Dialog title="Duplicate this event" action="Duplicate" otherwise="Not now" look="primary" busy={busy} confirm={again} close={close}>
      {error && <FormProblem error={error} faults={faults} again={again} />}
      <p>The copy is a draft with the same content. Both times are by the clocks of the place.</p>
      {(['starts', 'ends'] as const).map((name) => (
        <Field key={name} name={name} label={labels[name]} faults={faults[name]}>
          {(control) => <input {...control} type="datetime-local" value={times[name]} onInput={({ currentTarget }) => setTimes({ ...times, [name]: currentTarget.value })} />}
        </Field>
      ))}
    </Dialog>
  );
}
