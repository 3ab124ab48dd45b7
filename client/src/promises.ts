import type { EventsApiError } from './errors.ts';
import type { OperationId } from './generated/operations.ts';

/** How a call went. One look at `error` tells the two apart. */
export type Result<T, Op extends OperationId> = Success<T> | Failure<Op>;

export interface Success<T> {
  data: T;
  error?: undefined;
  /** The answer; its body has been read. */
  response: Response;
  etag?: string | undefined;
  requestId?: string | undefined;
}

export interface Failure<Op extends OperationId> {
  data?: undefined;
  error: EventsApiError<Op>;
  response?: Response | undefined;
  etag?: string | undefined;
  requestId?: string | undefined;
}

/** A call that is on its way. Await it for the data; it rejects with an `EventsApiError`. */
export interface ApiPromise<T, Op extends OperationId> extends Promise<T> {
  /** Data or error, and what else the answer said. It never rejects: only what a function of your own throws, in `updateEvent`, goes through. */
  result(): Promise<Result<T, Op>>;
}

/** A list that is on its way. Await it for its first page, or walk through all of its items with `for await`. */
export interface PagePromise<P extends { items: unknown[] }, Op extends OperationId> extends ApiPromise<P, Op>, AsyncIterable<P['items'][number]> {
  /** Page by page; a page may be empty and still have a next one. */
  pages(): AsyncIterable<P>;
}

export function apiPromise<T, Op extends OperationId>(result: Promise<Result<T, Op>>): ApiPromise<T, Op> {
  const data = result.then((outcome) => {
    if (outcome.error) throw outcome.error;
    return outcome.data;
  });
  return Object.assign(data, {
    result() {
      // Whoever looks at the result has seen the error: nothing is left to be reported as unhandled.
      data.catch(() => {});
      return result;
    },
  });
}

export interface Page {
  items: unknown[];
  nextCursor?: string;
}

/** @param next asks for the page at a cursor */
export function pagePromise<P extends Page, Op extends OperationId>(result: Promise<Result<P, Op>>, next: (cursor: string) => Promise<P>): PagePromise<P, Op> {
  const first = apiPromise(result);
  async function* pages(): AsyncGenerator<P> {
    let page = await first;
    yield page;
    while (page.nextCursor) {
      page = await next(page.nextCursor);
      yield page;
    }
  }
  return Object.assign(first, {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const { items } of pages()) yield* items;
    },
  });
}
