/** Options for TanStack Query: `createQueries` makes them for each operation, for React, Vue, Svelte, Solid and others alike. */
import type { EventsApiError } from './errors.ts';
import { type EventsClient, type OperationId, operations, type ReadOperationId } from './generated/operations.ts';
import type { CallOptions, OperationEntry } from './types.ts';

/** The data of an operation. */
type Data<Op extends OperationId> = Awaited<ReturnType<EventsClient[Op]>>;
/** Its arguments: a target if its path has one, an input and options. */
type Arguments<Op extends OperationId> = Parameters<EventsClient[Op]>;
type ArgumentAt<Op extends OperationId, Index extends number> = Required<Arguments<Op>>[Index & keyof Arguments<Op>];
/** The index of the input. */
type InputIndex<Op extends OperationId> = Required<Arguments<Op>>['length'] extends 3 ? 1 : 0;
/** The input that a list takes: its filters. */
type Filters<Op extends OperationId> = NonNullable<ArgumentAt<Op, InputIndex<Op>>>;
/** What `mutate` takes: nothing is enough if the operation needs no input. */
type Variables<Op extends OperationId> = undefined extends Arguments<Op>[InputIndex<Op> & keyof Arguments<Op>]
  ? Arguments<Op>[InputIndex<Op> & keyof Arguments<Op>] | void
  : Arguments<Op>[InputIndex<Op> & keyof Arguments<Op>];

/**
 * A key of TanStack Query: a name common to all, the user, the operation, the path with the ids of the target, and the input. Keys of
 * infinite queries have one more member.
 */
export type Key = readonly unknown[];

interface QueryFilters {
  queryKey: Key;
  predicate?: (query: { readonly queryKey: Key }) => boolean;
}

/** What is used of a `QueryClient` of TanStack Query. */
export interface QueryCaches {
  getQueryData(key: Key): unknown;
  setQueryData(key: Key, update: (data: unknown) => unknown): unknown;
  setQueriesData(filters: QueryFilters, update: (data: unknown) => unknown): unknown;
  invalidateQueries(filters: QueryFilters): Promise<unknown>;
  resetQueries(filters: QueryFilters): Promise<unknown>;
}

/** What TanStack Query passes to the function of a query. */
export interface QueryContext {
  readonly signal: AbortSignal;
  readonly client: QueryCaches;
}

/** What all options say about errors: TanStack Query infers their type from the parameters. */
interface Errors<Op extends OperationId> {
  /** Returns `false`: the client has retried what may be retried. */
  retry: (failures: number, error: EventsApiError<Op>) => boolean;
  /** Not set: `useQueries` looks for the type of errors here only. */
  throwOnError?: (error: EventsApiError<Op>) => boolean;
}

/** The options of a query. */
export interface QueryOptions<Op extends OperationId> extends Errors<Op> {
  queryKey: Key;
  queryFn: (context: QueryContext) => Promise<Data<Op>>;
}

/** The options of an infinite query. A page parameter is an input of the operation, with the cursor of the page. */
export interface InfiniteQueryOptions<Op extends OperationId> extends Errors<Op> {
  queryKey: Key;
  queryFn: (context: QueryContext & { readonly pageParam: Filters<Op> }) => Promise<Data<Op>>;
  initialPageParam: Filters<Op>;
  getNextPageParam: (lastPage: Data<Op>) => Filters<Op> | undefined;
}

/** The options of a mutation. Its variables are the input of the operation. */
export interface MutationOptions<Op extends OperationId> extends Errors<Op> {
  mutationKey: Key;
  mutationFn: (input: Variables<Op>, context: { readonly client: QueryCaches }) => Promise<Data<Op>>;
  /** Mutations of the same event run one after the other, and so do creations. */
  scope: { id: string };
}

/** Makes the options of a query from the arguments of the operation. */
export type QueryFactory<Op extends OperationId> = ((...args: Arguments<Op>) => QueryOptions<Op>) & {
  /** The key that those of all queries of the operation begin with. */
  readonly key: Key;
} & (Data<Op> extends { items: unknown[] }
    ? { readonly infinite: (...args: Arguments<Op>) => InfiniteQueryOptions<Op> }
    : unknown);

/** Makes the options of a mutation from the target of the operation, if it has one. The input is what `mutate` takes. */
export type MutationFactory<Op extends OperationId> = (
  ...args: InputIndex<Op> extends 1
    ? [target: ArgumentAt<Op, 0>, options?: MutationCallOptions]
    : [options?: MutationCallOptions]
) => MutationOptions<Op>;

/** The options of a call that suit a mutation: its revision is that of the target, and nothing aborts it. */
export type MutationCallOptions = Omit<CallOptions, 'signal' | 'ifMatch'>;

/** The operations of the API, each as a function that makes the options of a query or mutation. */
export type Queries = {
  readonly [Op in keyof EventsClient]: Op extends ReadOperationId ? QueryFactory<Op> : MutationFactory<Op>;
};

/** An object of the API, as far as it is read here. */
interface Item {
  readonly [name: string]: unknown;
  readonly etag?: string;
}
interface Page {
  readonly items?: readonly Item[];
  readonly nextCursor?: string;
}
/** A page, or the pages of an infinite query. */
type Listing = Page & { readonly pages?: readonly Page[] };
type Call = (...args: readonly unknown[]) => Promise<Item & Listing>;
type Entry = readonly [OperationId, OperationEntry];

const entries = Object.entries(operations) as Entry[];
const retry = () => false;

/** The operation that reads what is at a path, an item of the list there, or what the action there changes. */
function readAt(path: string): Entry | undefined {
  const find = (sought: string) =>
    entries.find(([, one]) => one.method === 'get' && !one.paged && RegExp(`^${sought}(/{\\w+})?$`).test(one.path));
  return find(path) ?? find(path.replace(/\/\w+$/, ''));
}

/** The path with the ids of a target. */
const urlOf = (path: string, target: unknown) =>
  path.replace(/{(\w+)}/g, (_, name: string) => ((target as Item | undefined)?.[name] ?? target) as string);

/** The beginning of a path: `/events/5f0c…`, or `/events` without an id. Everything about one event begins so. */
const beginningOf = (url: string) => url.split('/', 3).join('/');

/** The newer one of two states of a thing; the first if they are of different things. Its ETags are `"number-nonce"`. */
function newer(one: Item, other: unknown): Item {
  const [[, number, nonce], [, otherNumber, otherNonce]] = [one, other].map((state) =>
    `${(state as Item | undefined)?.etag as string}`.split(/\W/),
  ) as [string[], string[]];
  return nonce === otherNonce && Number(otherNumber) > Number(number) ? (other as Item) : one;
}

/**
 * Options for TanStack Query 5.89 or later, for each operation of the API.
 *
 * Reads make the options of a query, `infinite` those of an infinite query, and writes those of a mutation. When a mutation has run, its
 * response is in the cache of what it changed and in the lists that show it, and everything else that it may have changed is fetched again.
 *
 * @param user the id of the user who has signed in. It is in each key, because what the API returns depends on the user
 */
export function createQueries(api: EventsClient, { user }: { readonly user: string | null | undefined }): Queries {
  const mine = ['event-management', user ?? null];
  const keyOf = ([operation, { path }]: Entry, target: unknown): Key => [...mine, operation, urlOf(path, target), {}];
  /** ETags that a change of ours has replaced, each with its successor, and paths of what was deleted. */
  const replaced = new Map<string | undefined, string | undefined>();
  /** When the indexes have caught up with the latest change of ours. */
  let caughtUp: Promise<unknown> | undefined;

  /** A listing without what was deleted, in which nothing is older than what is cached of it. */
  function current(listing: Listing, path: string, client: QueryCaches): Listing {
    const item = readAt(path);
    const { pages, items } = listing;
    return pages
      ? { ...listing, pages: pages.map((page) => current(page, path, client)) }
      : item
        ? {
            ...listing,
            items: (items as readonly Item[])
              .filter((one) => !replaced.has(urlOf(item[1].path, one)))
              .map((one) => newer(one, client.getQueryData(keyOf(item, one)))),
          }
        : listing;
  }

  function optionsOf([operation, { path, method, paged, numbers, ifMatch }]: Entry) {
    const key = [...mine, operation];
    const skipped = path.includes('{') ? [] : [''];
    const call = (...args: readonly unknown[]) => (api[operation] as Call)(...args.slice(skipped.length));

    const query =
      (...suffix: readonly string[]) =>
      (...args: readonly unknown[]) => {
        const [target, input = {}, options] = [...skipped, ...args];
        const queryKey = [...key, urlOf(path, target), input, ...suffix];
        return {
          queryKey,
          queryFn: async ({ signal, client, pageParam = input }: QueryContext & { pageParam?: unknown }) => {
            if (skipped.length) await caughtUp;
            const data = await call(target, pageParam, { ...(options as CallOptions), signal });
            return paged ? current(data, path, client) : newer(data, client.getQueryData(queryKey));
          },
          retry,
          initialPageParam: input,
          getNextPageParam: ({ nextCursor: cursor }: Page) => cursor && { ...(input as Item), cursor },
        };
      };

    function mutation(...args: readonly unknown[]) {
      const [target, options] = [...skipped, ...args];
      const url = urlOf(path, target);
      const read = readAt(path);
      // A registration keeps its number when it is deleted.
      const deletes = method === 'delete' && !numbers;

      /** Updates the lists, and what else may have changed. `changed` is the path of what is up to date already. */
      function settle(client: QueryCaches, changed = ''): void {
        caughtUp = new Promise((resolve) => setTimeout(resolve, 500));
        for (const [shown, list] of entries) {
          const isIndex = !!list.paged && !list.path.includes('{');
          const filters = {
            queryKey: [...mine, shown],
            predicate: ({ queryKey: [, , , shownUrl] }: { queryKey: Key }) =>
              shownUrl !== changed && (isIndex || `${shownUrl as string}`.startsWith(beginningOf(changed || url))),
          };
          if (list.paged) client.setQueriesData(filters, (listing) => listing && current(listing, list.path, client));
          void client.invalidateQueries(filters);
        }
      }

      return {
        mutationKey: [...key, url],
        mutationFn(input: unknown, { client }: { client: QueryCaches }) {
          let etag = (target as Item | undefined)?.etag;
          while (replaced.has(etag)) etag = replaced.get(etag);
          return call(etag ? { ...(target as Item), etag } : target, input, options).then(
            (data: Item | undefined) => {
              if (!(input as Item | undefined)?.dryRun) {
                if (deletes) {
                  replaced.set(url, url);
                  void client.resetQueries({ queryKey: keyOf(read as Entry, target) });
                }
                if (ifMatch && typeof input !== 'function' && newer(target as Item, data) === data)
                  replaced.set(etag, data?.etag);
                if (data?.etag) client.setQueryData(keyOf(read as Entry, data), (cached) => newer(data, cached));
                settle(client, deletes ? url : data?.etag && urlOf((read as Entry)[1].path, data));
              }
              return data;
            },
            (error: EventsApiError | undefined) => {
              if (!/40[013]|42/.test(`${error?.status}`)) settle(client);
              throw error;
            },
          );
        },
        retry,
        scope: { id: beginningOf(url) },
      };
    }

    return method === 'get' ? Object.assign(query(), { infinite: query('infinite'), key }) : mutation;
  }

  return Object.fromEntries(entries.map((entry) => [entry[0], optionsOf(entry)])) as unknown as Queries;
}
