import { pathTo } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { newFeed } from '../support/feeds.ts';
import { expectProblem } from '../support/problems.ts';
import { newPerson, tokenOf } from '../support/registrations.ts';

describe.each(transports)('getCalendarFeed (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('returns a feed to its owner, without its file name, and to no one else', async () => {
    const person = newPerson();
    const { calendarFile: _, ...feed } = await newFeed(api, person);
    const path = pathTo('getCalendarFeed', { feedId: feed.feedId });
    expect(await api.send({ path, headers: await tokenOf(api, person) })).toMatchObject({ status: 200, body: feed });
    for (const other of [newPerson(), 'organizer'])
      expectProblem(await api.send({ path, headers: await tokenOf(api, other) }), 'calendar-feed-not-found');
  });

  it('returns the headers of a feed, and of the list of feeds, to HEAD', async () => {
    const person = newPerson();
    const { feedId } = await newFeed(api, person);
    const headers = await tokenOf(api, person);
    for (const path of [pathTo('getCalendarFeed', { feedId }), pathTo('listCalendarFeeds')]) {
      const [got, head] = await Promise.all(['GET', 'HEAD'].map((method) => api.send({ method, path, headers })));
      expect(head).toMatchObject({ status: 200, text: '' });
      expect(head?.headers['content-length']).toBe(String(Buffer.byteLength(got?.text ?? '')));
    }
  });
});
