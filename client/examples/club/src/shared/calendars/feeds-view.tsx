import type { CalendarFeed, FeedSource, NewCalendarFeed } from '@event-management/client';
import { calendarUrl } from '@event-management/client/calendars';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { errorsByField } from '../parts/field-errors.ts';
import { CopyableField } from '../parts/copyable-field.tsx';
import { Field } from '../parts/field.tsx';
import { Heading } from '../parts/heading.tsx';
import { ListEnd } from '../parts/list-end.tsx';
import { Problem } from '../parts/problem.tsx';
import { useServices } from '../services.ts';
import { dateOf, ownTimeZone } from '../time.ts';
import { texts } from './texts.ts';

interface FeedsViewProps {
  /** Which events a new feed has. */
  readonly source: FeedSource;
  /** A link that leads out of the view. */
  readonly back: ReactNode;
}

/** The calendar feeds of the visitor: creating one, whose address is shown once, and deleting them. */
export function FeedsView({ source, back }: FeedsViewProps) {
  const { queries } = useServices();
  const [created, setCreated] = useState<NewCalendarFeed>();
  const [deleted, setDeleted] = useState<CalendarFeed>();
  const [deletions, setDeletions] = useState(0);
  // The row is gone, and its button with it.
  useEffect(() => void (deletions > 0 && document.querySelector<HTMLElement>('h1')?.focus()), [deletions]);
  const list = useInfiniteQuery(queries.listCalendarFeeds.infinite());
  const feeds = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {back}
      <Heading title={texts.title} />
      <p className="hint">{texts.explained[source.kind]}</p>
      <NewFeed source={source} show={setCreated} />
      {created && <SecretAddress key={created.feedId} feed={created} />}
      <h2 className="feeds-title">{texts.existing}</h2>
      <ul className="rows">
        {feeds.map((feed) => (
          <FeedRow key={feed.feedId} feed={feed} ask={() => setDeleted(feed)} />
        ))}
      </ul>
      <ListEnd
        list={list}
        all
        count={feeds.length}
        what={texts.theFeeds}
        countText={texts.feeds(feeds.length)}
        empty={texts.none}
      />
      {deleted && (
        <DeleteDialog
          feed={deleted}
          close={() => setDeleted(undefined)}
          done={(isKnown) => {
            if (!isKnown) void list.refetch();
            setDeleted(undefined);
            setDeletions(deletions + 1);
            if (created?.feedId === deleted.feedId) setCreated(undefined);
          }}
        />
      )}
    </>
  );
}

const nameOf = ({ name, source }: CalendarFeed) => name ?? texts.sources[source.kind];

/** Which events a feed has. */
const sourceText = ({ source }: CalendarFeed, visitor: string | undefined) =>
  source.kind === 'published-by' && source.organizerId !== visitor ? texts.ofAnother : texts.sources[source.kind];

interface NewFeedProps {
  readonly source: FeedSource;
  show(feed: NewCalendarFeed): void;
}

function NewFeed({ source, show }: NewFeedProps) {
  const { queries } = useServices();
  const [name, setName] = useState('');
  const creation = useMutation(queries.createCalendarFeed());
  const { error, isPending } = creation;
  const errors = errorsByField(error ?? undefined)['/name'];

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    if (isPending) return;
    creation.mutate(
      { source, ...(name.trim() === '' ? {} : { name }) },
      {
        onSuccess(feed) {
          setName('');
          show(feed);
        },
      },
    );
  }
  return (
    <form className="event-form" noValidate onSubmit={submit}>
      {error && !errors && (
        <Problem error={error} message={error.code === 'too-many-calendar-feeds' ? texts.tooMany : undefined} />
      )}
      <Field name="name" label={texts.name} hint={texts.nameHint} errors={errors}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            autoComplete="off"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
      </Field>
      <div className="buttons">
        <Button type="submit" variant="primary" busy={isPending}>
          {isPending ? texts.creating : texts.create}
        </Button>
      </div>
    </form>
  );
}

/** The address of a new feed, which only the response to its creation has. */
function SecretAddress({ feed }: { readonly feed: NewCalendarFeed }) {
  const { baseUrl } = useServices();
  const [copied, setCopied] = useState(false);
  const notice = useRef<HTMLElement>(null);
  useEffect(() => notice.current?.focus(), []);
  const url = calendarUrl(baseUrl, feed);
  const [title, detail] = texts.created[feed.source.kind];
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  }
  return (
    <section ref={notice} className="notice secret" aria-labelledby="secret" tabIndex={-1}>
      <h2 id="secret">{title}</h2>
      <p>{detail}</p>
      <CopyableField name="address" label={texts.address} value={url} />
      <div className="buttons">
        <Button variant="primary" onClick={() => void copy()}>
          {texts.copy}
        </Button>
        <a className="button" href={url.replace(/^https?:/, 'webcal:')}>
          {texts.open}
        </a>
        <p role="status">{copied && texts.copied}</p>
      </div>
    </section>
  );
}

function FeedRow({ feed, ask }: { readonly feed: CalendarFeed; ask(): void }) {
  const { visitor } = useServices();
  return (
    <li className="row without-date">
      <div>
        <h3>
          <bdi>{nameOf(feed)}</bdi>
        </h3>
        <p className="where">
          {sourceText(feed, visitor?.id)}, {texts.createdOn(dateOf(feed.createdAt, ownTimeZone()))}
        </p>
      </div>
      <Button settles variant="danger" label={texts.delete(nameOf(feed))} onClick={ask}>
        {texts.deleteShort}
      </Button>
    </li>
  );
}

interface DeleteDialogProps {
  readonly feed: CalendarFeed;
  close(): void;
  /** @param isKnown whether it was deleted here, and not elsewhere before */
  done(isKnown: boolean): void;
}

function DeleteDialog({ feed, close, done }: DeleteDialogProps) {
  const { queries, announce } = useServices();
  const deletion = useMutation(queries.deleteCalendarFeed(feed));
  const wasGone = deletion.error?.code === 'calendar-feed-not-found';
  useEffect(() => {
    if (!deletion.isSuccess && !wasGone) return;
    announce(wasGone ? texts.alreadyDeleted : texts.deleted);
    done(!wasGone);
  }, [deletion.isSuccess, wasGone]);
  return (
    <Dialog
      title={texts.deleteQuestion}
      confirmLabel={deletion.isPending ? texts.deleting : texts.confirmDelete}
      closeLabel={texts.keep}
      busy={deletion.isPending}
      confirm={() => deletion.mutate()}
      close={close}
    >
      {deletion.error && !wasGone && <Problem error={deletion.error} />}
      <p>
        <bdi>{nameOf(feed)}</bdi>: {texts.deleteExplained}
      </p>
    </Dialog>
  );
}
