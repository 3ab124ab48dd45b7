import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { reset } from '../support/failing-server.ts';
import { createFeed, deleteFeed, feedsOf, getFeed, newFeed } from '../support/feeds.ts';
import { expectProblem } from '../support/problems.ts';
import { newPerson } from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { storedText } from '../support/stored.ts';
import { startApiThroughProxy } from '../support/through-proxy.ts';

describe.each(transports)('deleteCalendarFeed (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('deletes one feed, once', async () => {
    const person = newPerson();
    const [one, other] = [await newFeed(api, person), await newFeed(api, person)];
    expect((await deleteFeed(api, person, one.feedId)).status).toBe(204);
    expectProblem(await deleteFeed(api, person, one.feedId), 'calendar-feed-not-found');
    expect((await feedsOf(api, person)).map(({ feedId }) => feedId)).toEqual([other.feedId]);
    expect((await getFeed(api, other)).status).toBe(200);
  });

  it('leaves nothing of the feed but, with a key, that it existed', async () => {
    const person = newPerson();
    const { body } = await createFeed(api, person, undefined, { 'Idempotency-Key': 'one' });
    const { feedId } = body as { feedId: string };
    await deleteFeed(api, person, feedId);
    const stored = JSON.parse(await storedText(api)) as Record<string, unknown>[];
    expect(stored.filter((item) => JSON.stringify(item).includes(person))).toEqual(
      expect.arrayContaining([
        { scope: `user#${person}`, id: 'count', feeds: 0 },
        { scope: `user#${person}`, id: `deleted#${feedId}`, expiresAt: expect.any(Number) as number },
      ]),
    );
    expect(stored.filter((item) => JSON.stringify(item).includes(person))).toHaveLength(2);
  });

  it("does not delete another user's feed", async () => {
    const person = newPerson();
    const feed = await newFeed(api, person);
    for (const other of [newPerson(), 'organizer'])
      expectProblem(await deleteFeed(api, other, feed.feedId), 'calendar-feed-not-found');
    expectProblem(await deleteFeed(api, person, nonexistentEventId), 'calendar-feed-not-found');
    expect((await getFeed(api, feed)).status).toBe(200);
  });

  it('counts a feed once if it is deleted several times at once', async () => {
    const person = newPerson();
    const feed = await newFeed(api, person);
    const responses = await Promise.all(Array.from({ length: 4 }, () => deleteFeed(api, person, feed.feedId)));
    expect(responses.filter(({ status }) => status === 204).length).toBeLessThanOrEqual(1);
    await deleteFeed(api, person, feed.feedId);
    for (let feeds = 0; feeds < 5; feeds += 1) await newFeed(api, person);
    expectProblem(await createFeed(api, person), 'too-many-calendar-feeds');
  });

  it('returns 503 without Retry-After if its write is cut off', async () => {
    const { api: own, proxy, stop } = await startApiThroughProxy(transport);
    const person = newPerson();
    const { feedId } = await newFeed(own, person);
    proxy.fail('TransactWriteItems', reset);
    const failed = await deleteFeed(own, person, feedId);
    await stop();
    expectProblem(failed, 'service-unavailable');
    expect(failed.headers).not.toHaveProperty('retry-after');
  });
});
