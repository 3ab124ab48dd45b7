import type { EventsApiError } from '@event-management/client';
import { useEffect } from 'react';
import { type Message, texts } from '../texts.ts';
import { Button } from './button.tsx';
import { Problem } from './problem.tsx';

interface ListEndProps {
  /** An infinite query of TanStack Query. */
  readonly list: {
    readonly isFetching: boolean;
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
  readonly empty: Message;
  /** Whether all pages are loaded one after the other, without a button. */
  readonly all?: boolean;
}

/** What follows the rows of a list: a placeholder, a problem, "Show more", or that there is nothing. */
export function ListEnd({ list, count, what, countText, empty, all = false }: ListEndProps) {
  const { isFetching, isPending, hasNextPage, error } = list;
  // A page can be empty although there are more.
  const continues = (all || count === 0) && hasNextPage;
  const searchesOn = continues && !isFetching && !error;
  useEffect(() => {
    if (searchesOn) void list.fetchNextPage();
  }, [searchesOn]);
  const isLoading = isPending || (isFetching && (continues || count === 0)) || searchesOn;
  const retry = () => void (!hasNextPage || error?.code === 'invalid-cursor' ? list.refetch() : list.fetchNextPage());
  return (
    <>
      <p className="hidden" role="status">
        {isLoading ? texts.loading(what) : error ? '' : countText}
      </p>
      {isLoading && (
        <div className="skeleton" aria-hidden="true">
          <div />
        </div>
      )}
      {error && !isFetching && <Problem error={error} retry={retry} />}
      {!isLoading && !error && hasNextPage && (
        <p className="more">
          <Button busy={isFetching} onClick={() => void list.fetchNextPage()}>
            {texts.showMore}
          </Button>
        </p>
      )}
      {!isLoading && !error && !hasNextPage && count === 0 && (
        <div className="notice empty">
          <h2>{empty[0]}</h2>
          <p>{empty[1]}</p>
        </div>
      )}
    </>
  );
}
