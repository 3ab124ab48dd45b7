import { type EventsApiError, isEventsApiError, type PlainError, responseMeta, type ResponseMeta } from './errors.ts';
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

/** A result as a plain object, which can be returned by a Server Action, posted to a worker, or written as JSON. */
export type PlainResult<T, Op extends OperationId> = PlainSuccess<T> | PlainFailure<Op>;

export interface PlainSuccess<T> extends ResponseMeta {
  readonly data: T;
  readonly error?: undefined;
}

export interface PlainFailure<Op extends OperationId> extends ResponseMeta {
  readonly data?: undefined;
  readonly error: PlainError<Op>;
}

/** A pending call. Await it for the data; it rejects with an `EventsApiError`. */
export interface ApiPromise<T, Op extends OperationId> extends Promise<T> {
  /** Data or error, with what the response headers say. It rejects only with errors of your own function (see `updateEvent`). */
  result(): Promise<Result<T, Op>>;
  /** The result as a plain object: without the response, and with a plain error. */
  plain(): Promise<PlainResult<T, Op>>;
}

/** A pending list. Await it for its first page, or iterate over all of its items with `for await`. */
export interface PagePromise<P extends { items: unknown[] }, Op extends OperationId>
  extends ApiPromise<P, Op>, AsyncIterable<P['items'][number]> {
  /** All pages; a page may be empty although another one follows. */
  pages(): AsyncIterable<P>;
  /**
   * The first items of the list, from as many pages as it takes.
   *
   * @param options `max` is their maximum number, from 1; it protects from lists that are longer than expected
   */
  toArray(options: { readonly max: number }): Promise<P['items']>;
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

/** Engines without the symbol, such as Hermes, run `for await` as Babel compiles it, which then looks for this name. */
const asyncIterator: typeof Symbol.asyncIterator = Symbol.asyncIterator ?? ('@@asyncIterator' as never);

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
  async function plain(): Promise<PlainResult<Page, OperationId>> {
    const { response: _, ...rest } = await result();
    return rest.error ? { ...rest, error: rest.error.toJSON() } : rest;
  }
  async function toArray({ max }: { readonly max: number }): Promise<unknown[]> {
    if (!(max > 0)) throw new TypeError('max is not a number of at least 1');
    const all: unknown[] = [];
    for await (const item of items()) if (all.push(item) >= max) break;
    return all;
  }
  return Object.assign(promise, { result, plain }, next && { pages, toArray, [asyncIterator]: items });
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
  return { text, [asyncIterator]: pages };
}
