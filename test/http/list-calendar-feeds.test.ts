import type { CalendarFeed } from '../../src/contract/generated/types.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { feedsOf, myRegistrations, newFeed, publishedBy } from '../support/feeds.ts';
import { expectProblem } from '../support/problems.ts';
import { newPerson, tokenOf } from '../support/registrations.ts';

describe.each(transports)('listCalendarFeeds (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  async function page(person: string, query: string) {
    const response = await api.send({
      path: `${pathTo('listCalendarFeeds')}?${query}`,
      headers: await tokenOf(api, person),
    });
    return { ...response, body: response.body as { items: CalendarFeed[]; nextCursor?: string } };
  }

  it('returns the own feeds, without their file names', async () => {
    const person = newPerson();
    expect(await feedsOf(api, person)).toEqual([]);
    const { calendarFile: _, ...one } = await newFeed(api, person, publishedBy('somebody'));
    expect(await feedsOf(api, person)).toEqual([one]);
    await newFeed(api, newPerson(), myRegistrations);
    expect(await feedsOf(api, person)).toEqual([one]);
  });

  it('returns pages, the oldest feed first', async () => {
    const person = newPerson();
    const created: string[] = [];
    for (let feeds = 0; feeds < 5; feeds += 1) {
      created.push((await newFeed(api, person)).feedId);
      api.advance(1_000);
    }
    const found: string[] = [];
    const sizes: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { status, body } = await page(person, cursor === '' ? 'limit=2' : `limit=2&cursor=${cursor}`);
      expect(status).toBe(200);
      found.push(...body.items.map(({ feedId }) => feedId));
      sizes.push(body.items.length);
      cursor = body.nextCursor;
    }
    expect(found).toEqual(created);
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('rejects a cursor that is not its own, and a page of more than 5', async () => {
    expectProblem(await page(newPerson(), 'cursor=nonsense'), 'invalid-cursor');
    expectProblem(await page(newPerson(), 'limit=6'), 'invalid-request', { errors: [['limit', 'too-large']] });
  });
});
