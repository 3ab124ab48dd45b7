/** Calendar feeds for tests, created and read through the API. */
import type { CalendarFeed, FeedSource, NewCalendarFeed } from '../../src/contract/generated/types.ts';
import { pathTo } from '../../src/contract/operations.ts';
import type { TestApi, TestResponse } from './api.ts';
import { type Person, tokenOf } from './registrations.ts';

export const myRegistrations: FeedSource = { kind: 'my-registrations' };
export const publishedBy = (organizerId = 'me'): FeedSource => ({ kind: 'published-by', organizerId });

export async function createFeed(
  api: TestApi,
  person: Person,
  body: object = { source: publishedBy() },
  headers: Readonly<Record<string, string>> = {},
): Promise<TestResponse> {
  const token = await tokenOf(api, person);
  return api.send({ method: 'POST', path: pathTo('createCalendarFeed'), body, headers: { ...token, ...headers } });
}

/** Creates a feed; expects 201. */
export async function newFeed(api: TestApi, person: Person, source = publishedBy()): Promise<NewCalendarFeed> {
  const { status, body } = await createFeed(api, person, { source });
  expect({ status, body: body as unknown }).toMatchObject({ status: 201 });
  return body as NewCalendarFeed;
}

/** The feeds of a person, in one page; expects 200. */
export async function feedsOf(api: TestApi, person: Person): Promise<CalendarFeed[]> {
  const { status, body } = await api.send({ path: pathTo('listCalendarFeeds'), headers: await tokenOf(api, person) });
  expect(status).toBe(200);
  return (body as { items: CalendarFeed[] }).items;
}

export async function deleteFeed(api: TestApi, person: Person, feedId: string): Promise<TestResponse> {
  const path = pathTo('deleteCalendarFeed', { feedId });
  return api.send({ method: 'DELETE', path, headers: await tokenOf(api, person) });
}

/** Reads a feed as a calendar app does: without a token. */
export function getFeed(
  api: TestApi,
  { calendarFile }: Pick<NewCalendarFeed, 'calendarFile'>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestResponse> {
  return api.send({ path: pathTo('getCalendar', { calendarFile }), headers });
}
