import type { EventsApiError } from '@event-management/client';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { type Message, texts } from '../texts.ts';
import { Button } from './button.tsx';
import { Problem } from './problem.tsx';

interface ListEndProps {
  /** An infinite query of TanStack Query. */
  readonly list: {
    readonly isFetching: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly isPending: boolean;
    readonly hasNextPage: boolean;
    readonly error: EventsApiError | null;
    fetchNextPage(): Promise<unknown>;
    refetch(): Promise<unknown>;
  };
  readonly count: number;
  /** What is listed, such as "events". */
  readonly what: string;
  /** How many there are, for screen readers. */
  readonly countText: string;
  /** What takes the place of an empty list. */
  readonly empty: Message | ReactNode;
  /** What follows the last row. */
  readonly end?: string;
  /** Whether all pages are loaded one after the other, without a button. */
  readonly all?: boolean;
}

/** What follows the rows of a list: a placeholder, a problem, "Show more", or that there is nothing. */
export function ListEnd({ list, count, what, countText, empty, end, all = false }: ListEndProps) {
  const { isFetching, isFetchingNextPage, isFetchNextPageError, isPending, hasNextPage, error } = list;
  // A page can be empty although there are more.
  const continues = (all || count === 0) && hasNextPage;
  const searchesOn = continues && !isFetching && !error;
  useEffect(() => {
    if (searchesOn) void list.fetchNextPage();
  }, [searchesOn]);
  const isLoading = isPending || (isFetching && (continues || count === 0)) || searchesOn;
  const isComplete = !isLoading && !error && !hasNextPage;
  const [place, focusNext] = useFocusOnNext(isLoading || isFetching);
  const fetchNext = () => focusNext(() => void list.fetchNextPage());
  const retry = () =>
    focusNext(
      () => void (isFetchNextPageError && error?.code !== 'invalid-cursor' ? list.fetchNextPage() : list.refetch()),
    );
  return (
    <div ref={place} className="list-end" tabIndex={-1}>
      <p className="hidden" role="status">
        {isLoading ? texts.loading(what) : error ? '' : countText}
      </p>
      {isLoading && (
        <div className="skeleton" aria-hidden="true">
          {Array.from({ length: count === 0 ? 3 : 1 }, (_, index) => (
            <div key={index} />
          ))}
        </div>
      )}
      {error && !isFetching && <Problem error={error} retry={retry} />}
      {!isLoading && !error && hasNextPage && (
        <p className="more">
          <Button busy={isFetchingNextPage} onClick={fetchNext}>
            {texts.showMore}
          </Button>
        </p>
      )}
      {isComplete && count === 0 && (isMessage(empty) ? <Nothing message={empty} /> : empty)}
      {isComplete && count > 0 && end && <p className="end">{end}</p>}
    </div>
  );
}

const isMessage = (empty: ListEndProps['empty']): empty is Message => Array.isArray(empty);

/** Says why a list is empty. */
export function Nothing({
  message: [title, detail],
  children,
}: {
  readonly message: Message;
  readonly children?: ReactNode;
}) {
  return (
    <div className="notice empty">
      <h2>{title}</h2>
      <p>{detail}</p>
      {children}
    </div>
  );
}

/** The links of all rows. */
const links = () => [...document.querySelectorAll<HTMLAnchorElement>('.rows :is(h2, h3) a')];

/**
 * Keeps the focus when the button that loads more rows disappears: it moves to the first new row, or to what says why there is none.
 *
 * @returns the element that follows the rows, and a function that loads more of them
 */
function useFocusOnNext(isLoading: boolean): [RefObject<HTMLDivElement | null>, (load: () => void) => void] {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (isLoading || !before.current) return;
    const known = before.current;
    before.current = undefined;
    // The visitor may have moved on meanwhile.
    if (document.activeElement !== document.body && !place.current?.contains(document.activeElement)) return;
    const next = links().find(({ href }) => !known.has(href));
    (next ?? place.current?.querySelector<HTMLElement>('.problem') ?? place.current)?.focus();
  }, [isLoading]);
  function focusNext(load: () => void): void {
    before.current = new Set(links().map(({ href }) => href));
    // "Try again" disappears at once.
    if (document.activeElement?.closest('.problem')) place.current?.focus();
    load();
  }
  return [place, focusNext];
}
