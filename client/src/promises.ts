import { type EventsApiError, isEventsApiError, responseMeta, type ResponseMeta } from './errors.ts';
import type { OperationId } from './generated/operations.ts';

/** The outcome of a call: check `error` to tell the two apart. */
export type Result<T, Op extends OperationId> = Success<T> | Failure<Op>;

export interface Success<T> extends ResponseMeta {
  readonly data: T;
  readonly error?: undefined;
  /** The response; its body has been read. */
  readonly response: Response;
}

export interface Failure<Op extends OperationId> extends ResponseMeta {
  readonly data?: undefined;
  readonly error: EventsApiError<Op>;
  readonly response?: Response | undefined;
}

/** A pending call. Await it for the data; it rejects with an `EventsApiError`. */
export interface ApiPromise<T, Op extends OperationId> extends Promise<T> {
  /** Data or error, with what the response headers say. It rejects only with errors of your own function (see `updateEvent`). */
  result(): Promise<Result<T, Op>>;
}

/** A pending list. Await it for its first page, or iterate over all of its items with `for await`. */
export interface PagePromise<P extends { items: unknown[] }, Op extends OperationId>
  extends ApiPromise<P, Op>, AsyncIterable<P['items'][number]> {
  /** All pages; a page may be empty although another one follows. */
  pages(): AsyncIterable<P>;
}

/**
 * A list as text, such as CSV: the pages of `for await`, one after the other, are one file. They are fetched lazily, and nothing is sent
 * before; errors are `EventsApiError`s.
 */
export interface TextPages extends AsyncIterable<string> {
  /** The text of all pages. */
  text(): Promise<string>;
}

/** A successful response with its data. */
export interface ApiResponse<T> {
  readonly data: T;
  readonly response: Response;
}

export interface Page {
  items: unknown[];
  nextCursor?: string;
}

/**
 * @param received rejects with an `EventsApiError`
 * @param next fetches the page at a cursor; absent if the operation returns no pages
 */
export function apiPromise(
  received: Promise<ApiResponse<Page>>,
  next?: (cursor: string) => Promise<ApiResponse<Page>>,
): ApiPromise<Page, OperationId> {
  const promise = received.then(({ data }) => data);
  async function* pages(): AsyncGenerator<Page> {
    let page = await promise;
    yield page;
    while (page.nextCursor && next) yield (page = (await next(page.nextCursor)).data);
  }
  async function* items() {
    for await (const page of pages()) yield* page.items;
  }
  async function result(): Promise<Result<Page, OperationId>> {
    // The caller finds the error in the result: it must not be reported as unhandled as well.
    promise.catch(() => {});
    const outcome = await received.catch((error: unknown) => {
      if (!isEventsApiError(error)) throw error;
      return { error, response: error.response };
    });
    return { ...outcome, ...responseMeta(outcome.response, (outcome as Partial<ApiResponse<unknown>>).data) };
  }
  return Object.assign(promise, { result }, next && { pages, [Symbol.asyncIterator]: items });
}

/**
 * The next page of a text is named by a header (RFC 8288). Only its cursor is used: a proxy may have changed the path.
 *
 * @param fetchPage fetches the page at a cursor, or the first one
 */
export function textPages(fetchPage: (cursor?: string) => Promise<ApiResponse<unknown>>): TextPages {
  async function* pages(): AsyncGenerator<string> {
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { data, response } = await fetchPage(cursor);
      yield data as string;
      cursor = /<[^>]*[?&]cursor=([^&>]+)[^>]*>[^,]*rel="?next/.exec(response.headers.get('link') ?? '')?.[1];
    }
  }
  async function text(): Promise<string> {
    let all = '';
    for await (const page of pages()) all += page;
    return all;
  }
  return { text, [Symbol.asyncIterator]: pages };
}
