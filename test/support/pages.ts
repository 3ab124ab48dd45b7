/** Requests for the pages of a list. */
import type { Event } from '../../src/contract/generated/types.ts';
import type { TestApi } from './api.ts';
import type { TestUser } from './issuer.ts';

export interface Page {
  readonly items: Event[];
  readonly nextCursor?: string;
}

/** The path of a list; a parameter with an array of values is repeated. */
export function listPath(
  query: Readonly<Record<string, string | number | readonly string[] | undefined>> = {},
): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? (value as string[]) : value === undefined ? [] : [String(value)];
    return values.map((one) => `${name}=${encodeURIComponent(one)}`);
  });
  return pairs.length === 0 ? '/events' : `/events?${pairs.join('&')}`;
}

type Query = NonNullable<Parameters<typeof listPath>[0]>;

/** One page; expects 200. */
export async function getPage(api: TestApi, query: Query = {}, as: TestUser = 'attendee'): Promise<Page> {
  const response = await api.send({ path: listPath(query), as });
  expect(response).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
  return response.body as Page;
}

/** All pages; `between` runs before each page except the first. */
export async function getPages(
  api: TestApi,
  query: Query = {},
  as: TestUser = 'attendee',
  between: () => unknown = () => {},
): Promise<Page[]> {
  const pages = [await getPage(api, query, as)];
  for (let cursor = pages[0]?.nextCursor; cursor !== undefined; cursor = pages.at(-1)?.nextCursor) {
    await between();
    pages.push(await getPage(api, { ...query, cursor }, as));
    if (pages.length > 1_000) throw new Error('The list has more than 1,000 pages');
  }
  return pages;
}

/** The ids of the events of a list, page after page. */
export async function getIds(api: TestApi, query: Query = {}, as: TestUser = 'attendee'): Promise<string[]> {
  return idsOf(await getPages(api, query, as));
}

export function idsOf(pages: readonly Page[]): string[] {
  return pages.flatMap(({ items }) => items.map(({ eventId }) => eventId));
}
