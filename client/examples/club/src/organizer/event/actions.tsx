import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useMutation } from '@tanstack/react-query';
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { takeDraft } from '../../shared/drafts.ts';
import { isolated } from '../../shared/parts/bidi.ts';
import { Button } from '../../shared/parts/button.tsx';
import { errorsByField } from '../../shared/parts/field-errors.ts';
import { lazyPart } from '../../shared/parts/lazy-view.tsx';
import { Menu, type MenuItem } from '../../shared/parts/menu.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { useOnce } from '../../shared/parts/use-once.ts';
import { useServices, useUser } from '../../shared/services.ts';
import { texts as checkInTexts } from '../check-in/link-texts.ts';
import { ChangeList } from '../form/change-list.tsx';
import { changesBetween } from '../form/changes.ts';
import { addressOf, go, guestsRoute, listRoute } from '../router.ts';
import { texts as pageTexts } from '../texts.ts';
import { CancelDialog, DeleteDialog, UnpublishDialog } from './dialogs.tsx';
import type { Copy } from './duplicate.tsx';
import { texts } from './texts.ts';

interface ActionsProps {
  readonly event: ApiEvent;
  show(event: ApiEvent): void;
}

/** The input that is kept during a new sign-in. */
interface Draft {
  readonly reason?: string;
  readonly copy?: Copy;
}

/** What opens a dialog, each for an operation: what can be undone, and what cannot. */
const openers = [
  [
    { action: 'duplicateEvent', opens: 'duplicate', label: texts.duplicate },
    { action: 'unpublishEvent', opens: 'unpublish', label: texts.unpublish },
  ],
  [
    { action: 'cancelEvent', opens: 'cancel', label: texts.cancel, danger: true },
    { action: 'deleteEvent', opens: 'delete', label: texts.delete, danger: true },
  ],
] as const;
type DialogName = (typeof openers)[number][number]['opens'] | 'share';

const ShareDialog = lazyPart(texts.share, async () => (await import('./share-dialog.tsx')).ShareDialog);
const DuplicateDialog = lazyPart(texts.confirmDuplicate, async () => (await import('./duplicate.tsx')).DuplicateDialog);

/** The actions of an organizer. Each sends the ETag of the event, so it fails if the event has changed since it was shown. */
export function Actions({ event, show }: ActionsProps) {
  const { api, queries, announce } = useServices();
  const user = useUser();
  const { eventId, allowedActions } = event;
  const publication = useMutation(queries.publishEvent(event));
  const withdrawal = useMutation(queries.unpublishEvent(event));
  const cancellation = useMutation(queries.cancelEvent(event));
  const deletion = useMutation(queries.deleteEvent(event));
  const [error, setError] = useState<EventsApiError>();
  const [concurrentChange, setConcurrentChange] = useState<{ readonly before: ApiEvent; readonly now: ApiEvent }>();
  const [once, busy] = useOnce();
  const [draft] = useState(() => takeDraft<Draft>(user.id));
  // Kept if the cancellation fails.
  const [reason, setReason] = useState(draft?.reason ?? '');
  const [dialog, setDialog] = useState<DialogName | undefined>(
    draft?.copy ? 'duplicate' : reason === '' ? undefined : 'cancel',
  );
  const section = useRef<HTMLElement>(null);
  const [done, setDone] = useState(0);
  // The button that was pressed may be gone.
  useEffect(() => {
    if (done > 0) (section.current?.querySelector<HTMLElement>('[role="alert"]') ?? section.current)?.focus();
  }, [done]);

  /** Shows the current event after another request has changed it. */
  async function showCurrent(): Promise<void> {
    const { data, error: problem } = await api.getEvent(eventId).result();
    setError(problem);
    if (!data) return;
    setConcurrentChange({ before: event, now: data });
    show(data);
  }
  async function fail(problem: EventsApiError): Promise<void> {
    if (problem.code === 'precondition-failed') await showCurrent();
    else setError(problem);
  }
  function run<T>(call: () => Promise<T>, succeed: (data: T) => void): void {
    announce('');
    once(async () => {
      setError(undefined);
      setConcurrentChange(undefined);
      await call().then(succeed, fail);
      setDialog(undefined);
      setDone((count) => count + 1);
    });
  }
  function showAndAnnounce(message: string): (changed: ApiEvent) => void {
    return (changed) => {
      show(changed);
      announce(message);
    };
  }
  const close = () => setDialog(undefined);
  const publishes = busy && dialog === undefined;
  // A draft has nothing to share yet, and what is over or cancelled has less to share than to repeat.
  const sharesFirst = event.status === 'published' && event.phase !== 'ended';
  const share = { label: texts.share, choose: () => setDialog('share') };
  const groups: readonly (readonly MenuItem[])[] = [
    [
      { label: texts.preview, href: addressOf({ name: 'preview', eventId }) },
      ...(event.status === 'draft' || sharesFirst ? [] : [share]),
    ],
    ...openers.map((group) =>
      group
        .filter(({ action }) => allowedActions.includes(action))
        .map(({ opens, ...item }) => ({ ...item, choose: () => setDialog(opens) })),
    ),
  ];

  return (
    <section ref={section} className="actions" aria-label={texts.actions} tabIndex={-1}>
      {concurrentChange && <ConcurrentChange {...concurrentChange} />}
      {error && <ActionProblem error={error} draft={(): Draft => ({ reason })} />}
      <div className="buttons">
        {allowedActions.includes('publishEvent') && (
          <Button
            settles
            variant="primary"
            busy={busy}
            onClick={() => run(() => publication.mutateAsync(), showAndAnnounce(texts.published[event.visibility]))}
          >
            {publishes ? texts.publishing : texts.publish}
          </Button>
        )}
        {sharesFirst && (
          <Button settles variant="primary" busy={busy} onClick={share.choose}>
            {texts.share}
          </Button>
        )}
        {allowedActions.includes('updateEvent') && (
          <Link primary={isIncomplete(event)} busy={busy} href={addressOf({ name: 'edit', eventId })}>
            {texts.edit}
          </Link>
        )}
        <Link busy={busy} href={addressOf(guestsRoute(eventId))}>
          {pageTexts.guests}
        </Link>
        {event.status === 'published' && (
          <Link busy={busy} href={addressOf({ name: 'check-in', eventId })}>
            {checkInTexts.checkIn}
          </Link>
        )}
        <Menu label={texts.more} busy={busy} groups={groups} />
      </div>
      {dialog === 'unpublish' && (
        <UnpublishDialog
          {...{ busy, close }}
          confirm={() => run(() => withdrawal.mutateAsync(), showAndAnnounce(texts.unpublished))}
        />
      )}
      {dialog === 'cancel' && (
        <CancelDialog
          {...{ busy, close, reason, setReason }}
          confirm={() =>
            run(
              () => cancellation.mutateAsync(reason.trim() === '' ? {} : { reason: reason.trim() }),
              showAndAnnounce(texts.cancelled),
            )
          }
        />
      )}
      {dialog === 'share' && <ShareDialog event={event} close={close} />}
      {dialog === 'duplicate' && <DuplicateDialog event={event} draft={draft?.copy} close={close} />}
      {dialog === 'delete' && (
        <DeleteDialog
          {...{ busy, close }}
          name={event.name}
          confirm={() =>
            run(
              () => deletion.mutateAsync(),
              () => {
                announce(texts.deleted(isolated(event.name)));
                // "Back" must not lead to what is gone.
                go(listRoute(), { replace: true });
              },
            )
          }
        />
      )}
    </section>
  );
}

/** Whether an event is a draft that cannot be published as it is. */
export const isIncomplete = ({ status, allowedActions }: ApiEvent) =>
  status === 'draft' && !allowedActions.includes('publishEvent');

interface LinkProps {
  readonly href: string;
  readonly primary?: boolean;
  /** While true, the link keeps the focus but leads nowhere: the view shows what becomes of an action. */
  readonly busy: boolean;
  readonly children: ReactNode;
}

function Link({ href, primary = false, busy, children }: LinkProps) {
  const click = (event: MouseEvent) => busy && event.preventDefault();
  return (
    <a className={primary ? 'button primary' : 'button'} href={href} aria-disabled={busy} onClick={click}>
      {children}
    </a>
  );
}

/** Why an action failed, with all unmet requirements. */
function ActionProblem({ error, draft }: { readonly error: EventsApiError; draft(): Draft }) {
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
    </Problem>
  );
}

function ConcurrentChange({ before, now }: { readonly before: ApiEvent; readonly now: ApiEvent }) {
  const [title, detail] = texts.changedMeanwhile;
  return (
    <div className="notice concurrent-change" role="alert" tabIndex={-1}>
      <h2>{title}</h2>
      <p>{detail}</p>
      <ChangeList changes={changesBetween(before, now)} />
    </div>
  );
}
