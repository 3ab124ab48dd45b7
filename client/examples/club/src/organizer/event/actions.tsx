import type { ApiPromise, Event as ApiEvent, EventsApiError, OperationId } from '@event-management/client';
import { useState } from 'react';
import { takeDraft } from '../../shared/drafts.ts';
import { changesBetween } from '../form/changes.ts';
import { markDeleted } from '../list/deleted.ts';
import { isolated } from '../../shared/parts/bidi.ts';
import { Button } from '../../shared/parts/button.tsx';
import { ChangeList } from '../form/change-list.tsx';
import { errorsByField } from '../../shared/parts/field-errors.ts';
import { Problem } from '../../shared/parts/problem.tsx';
import { useOnce } from '../../shared/parts/use-once.ts';
import { addressOf, go, guestsRoute, listRoute } from '../router.ts';
import { texts } from '../texts.ts';
import { useServices, useUser } from '../../shared/services.ts';
import { CancelDialog, DeleteDialog, UnpublishDialog } from './dialogs.tsx';
import { type Copy, DuplicateDialog } from './duplicate.tsx';

interface ActionsProps {
  readonly event: ApiEvent;
  show(event: ApiEvent): void;
}

/** The input that is kept during a new sign-in. */
interface Draft {
  readonly reason?: string;
  readonly copy?: Copy;
}

/** The buttons that open a dialog, each for an operation. */
const openers = [
  { action: 'unpublishEvent', opens: 'unpublish', label: 'Unpublish…', variant: undefined },
  { action: 'duplicateEvent', opens: 'duplicate', label: 'Duplicate…', variant: undefined },
  { action: 'cancelEvent', opens: 'cancel', label: 'Cancel event…', variant: 'danger' },
  { action: 'deleteEvent', opens: 'delete', label: 'Delete…', variant: 'danger' },
] as const;

/** The actions of an organizer. Each sends the ETag of the event, so it fails if the event has changed since it was shown. */
export function Actions({ event, show }: ActionsProps) {
  const { api, announce } = useServices();
  const user = useUser();
  const { allowedActions } = event;
  const [error, setError] = useState<EventsApiError>();
  const [concurrentChange, setConcurrentChange] = useState<{ readonly before: ApiEvent; readonly now: ApiEvent }>();
  const [once, busy] = useOnce();
  const [draft] = useState(() => takeDraft<Draft>(user.id));
  // Kept if the cancellation fails.
  const [reason, setReason] = useState(draft?.reason ?? '');
  const [dialog, setDialog] = useState<(typeof openers)[number]['opens'] | undefined>(
    draft?.copy ? 'duplicate' : reason === '' ? undefined : 'cancel',
  );

  /** Shows the current event after another request has changed it. */
  async function showCurrent(): Promise<void> {
    const { data, error: problem } = await api.getEvent(event.eventId).result();
    setError(problem);
    if (!data) return;
    setConcurrentChange({ before: event, now: data });
    show(data);
  }

  function run<T, Op extends OperationId>(call: () => ApiPromise<T, Op>, done: (data: T) => void): void {
    once(async () => {
      setError(undefined);
      setConcurrentChange(undefined);
      const result = await call().result();
      setDialog(undefined);
      if (result.error?.code === 'precondition-failed') await showCurrent();
      else if (result.error) setError(result.error);
      else done(result.data);
    });
  }
  function showAndAnnounce(message: string): (changed: ApiEvent) => void {
    return (changed) => {
      show(changed);
      announce(message);
    };
  }

  return (
    <section className="actions" aria-label="Actions">
      {concurrentChange && <ConcurrentChange {...concurrentChange} />}
      {error && <ActionProblem error={error} eventId={event.eventId} draft={(): Draft => ({ reason })} />}
      <div className="buttons">
        {allowedActions.includes('updateEvent') && (
          <a className="button" href={addressOf({ name: 'edit', eventId: event.eventId })}>
            Edit
          </a>
        )}
        <a className="button" href={addressOf(guestsRoute(event.eventId))}>
          {texts.guests}
        </a>
        {/* Not only if it can be published: otherwise, the API says what is missing. */}
        {event.status === 'draft' && (
          <Button
            settles
            variant="primary"
            busy={busy}
            onClick={() => run(() => api.publishEvent(event), showAndAnnounce('Published: everybody can see it now.'))}
          >
            Publish
          </Button>
        )}
        {openers
          .filter(({ action }) => allowedActions.includes(action))
          .map(({ opens, label, variant }) => (
            <Button key={opens} settles variant={variant} busy={busy} onClick={() => setDialog(opens)}>
              {label}
            </Button>
          ))}
      </div>
      {dialog === 'unpublish' && (
        <UnpublishDialog
          busy={busy}
          close={() => setDialog(undefined)}
          confirm={() => run(() => api.unpublishEvent(event), showAndAnnounce('It is a draft again.'))}
        />
      )}
      {dialog === 'cancel' && (
        <CancelDialog
          {...{ busy, reason, setReason }}
          close={() => setDialog(undefined)}
          confirm={() =>
            run(
              () => api.cancelEvent(event, reason.trim() === '' ? {} : { reason: reason.trim() }),
              showAndAnnounce('Cancelled. It stays readable.'),
            )
          }
        />
      )}
      {dialog === 'duplicate' && (
        <DuplicateDialog event={event} draft={draft?.copy} close={() => setDialog(undefined)} />
      )}
      {dialog === 'delete' && (
        <DeleteDialog
          name={event.name}
          busy={busy}
          close={() => setDialog(undefined)}
          confirm={() =>
            run(
              () => api.deleteEvent(event),
              () => {
                markDeleted(event.eventId);
                announce(`“${isolated(event.name)}” is deleted.`);
                go(listRoute());
              },
            )
          }
        />
      )}
    </section>
  );
}

/** Why an action failed, with all unmet requirements. */
function ActionProblem({
  error,
  eventId,
  draft,
}: {
  readonly error: EventsApiError;
  readonly eventId: string;
  draft(): Draft;
}) {
  const errors = Object.values(errorsByField(error)).flat();
  return (
    <Problem error={error} draft={draft}>
      {errors.length > 0 && (
        <ul>
          {errors.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      {error.code === 'not-publishable' && (
        <p>
          <a href={addressOf({ name: 'edit', eventId })}>Edit the event</a>
        </p>
      )}
    </Problem>
  );
}

function ConcurrentChange({ before, now }: { readonly before: ApiEvent; readonly now: ApiEvent }) {
  return (
    <div className="notice concurrent-change" role="alert">
      <h2>Somebody changed this event in the meantime</h2>
      <p>Nothing was done. This is how the event is now; decide again.</p>
      <ChangeList changes={changesBetween(before, now)} />
    </div>
  );
}
