import { type EventsApiError, type Facts, factsOf, isEventsApiError } from './errors.ts';
import type { OperationId } from './generated/operations.ts';

/** How a call went. One look at `error` tells the two apart. */
export type Result<T, Op extends OperationId> = Success<T> | Failure<Op>;

export interface Success<T> extends Facts {
  readonly data: T;
  readonly error?: undefined;
  /** The answer; its body has been read. */
  readonly response: Response;
}

export interface Failure<Op extends OperationId> extends Facts {
  readonly data?: undefined;
  readonly error: EventsApiError<Op>;
  readonly response?: Response | undefined;
}

/** A call that is on its way. Await it for the data; it rejects with an `EventsApiError`. */
export interface ApiPromise<T, Op extends OperationId> extends Promise<T> {
  /** Data or error, and what else the answer said. It never rejects, but with what a function of your own throws (see `updateEvent`). */
  result(): Promise<Result<T, Op>>;
}

/** A list that is on its way. Await it for its first page, or walk through all of its items with `for await`. */
export interface PagePromise<P extends { items: unknown[] }, Op extends OperationId>
  extends ApiPromise<P, Op>, AsyncIterable<P['items'][number]> {
  /** Page by page; a page may be empty and still have a next one. */
  pages(): AsyncIterable<P>;
}

/** A successful answer with its data. */
export interface Answer<T> {
  readonly data: T;
  readonly response: Response;
}

export interface Page {
  items: unknown[];
  nextCursor?: string;
}

/**
 * @param answer rejects with an `EventsApiError`
 * @param next asks for the page at a cursor; without it the answer is no page
 */
export function apiPromise(
  answer: Promise<Answer<Page>>,
  next?: (cursor: string) => Promise<Answer<Page>>,
): ApiPromise<Page, OperationId> {
  const promise = answer.then(({ data }) => data);
  async function* pages(): AsyncGenerator<Page> {
    let page = await promise;
    yield page;
    while (page.nextCursor && next) yield (page = (await next(page.nextCursor)).data);
  }
  async function* items() {
    for await (const page of pages()) yield* page.items;
  }
  async function result(): Promise<Result<Page, OperationId>> {
    // Whoever asks for the result looks at the error there: nothing is left to be reported as unhandled.
    promise.catch(() => {});
    const outcome = await answer.catch((error: unknown) => {
      if (!isEventsApiError(error)) throw error;
      return { error, response: error.response };
    });
    return { ...outcome, ...factsOf(outcome.response) };
  }
  return Object.assign(promise, { result }, next && { pages, [Symbol.asyncIterator]: items });
}
