import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { createFeed, deleteFeed, feedsOf, getFeed, myRegistrations, newFeed, publishedBy } from '../support/feeds.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { newPerson } from '../support/registrations.ts';
import { storedText } from '../support/stored.ts';

const day = 24 * 60 * 60 * 1_000;

describe.each(transports)('createCalendarFeed (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('returns the feed with its secret file name, and where the feed is', async () => {
    const { status, headers, body } = await createFeed(api, newPerson(), {
      source: publishedBy(testUsers.organizer),
      name: '  Concerts ',
    });
    expect({ status, body: body as unknown }).toEqual({
      status: 201,
      body: {
        feedId: expect.any(String),
        source: publishedBy(testUsers.organizer),
        name: 'Concerts',
        calendarFile: expect.stringMatching(/^[\w-]{43}\.ics$/),
        createdAt: expect.any(String),
      },
    });
    expect(headers).toMatchObject({
      location: `/calendar-feeds/${(body as { feedId: string }).feedId}`,
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('idempotency-replayed');
  });

  it('needs no role, and stores no file name', async () => {
    const person = newPerson();
    const { calendarFile } = await newFeed(api, person, myRegistrations);
    const name = calendarFile.slice(0, -'.ics'.length);
    const stored = await storedText(api);
    expect(stored).toContain(person);
    expect(stored).not.toContain(name);
  });

  it.each([
    { source: { kind: 'published-by' } },
    { source: { kind: 'my-registrations', organizerId: 'me' } },
    { source: { kind: 'everything' } },
    { source: myRegistrations, name: '' },
    { source: myRegistrations, name: 'two\nlines' },
    { source: myRegistrations, calendarFile: 'A'.repeat(43) },
    {},
  ])('rejects %j', async (body) => {
    const person = newPerson();
    const response = await createFeed(api, person, body);
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await feedsOf(api, person)).toEqual([]);
  });

  it('gives a user up to 5 feeds, even if they are created at the same time', async () => {
    const person = newPerson();
    const responses = await Promise.all(Array.from({ length: 9 }, () => createFeed(api, person)));
    // Requests that wait for each other for too long get 503.
    expect(responses.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(5);
    while ((await feedsOf(api, person)).length < 5) await newFeed(api, person);
    expectProblem(await createFeed(api, person), 'too-many-calendar-feeds');
    expect(await feedsOf(api, person)).toHaveLength(5);

    const [first] = await feedsOf(api, person);
    await deleteFeed(api, person, first?.feedId ?? '');
    await newFeed(api, person);
    expectProblem(await createFeed(api, person), 'too-many-calendar-feeds');
    await newFeed(api, newPerson());
  });

  it('with a key creates one feed, and returns its file name to each retry', async () => {
    const person = newPerson();
    const headers = { 'Idempotency-Key': 'one' };
    const body = { source: publishedBy(), name: 'Concerts' };
    const created = await createFeed(api, person, body, headers);
    const replayed = await createFeed(api, person, { name: ' Concerts ', source: publishedBy() }, headers);
    expect(replayed).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(replayed.body).toEqual(created.body);
    expect(await feedsOf(api, person)).toHaveLength(1);
    expect((await getFeed(api, replayed.body as { calendarFile: string })).status).toBe(200);

    expectProblem(await createFeed(api, person, { source: myRegistrations }, headers), 'idempotency-key-reused');
    const others = await createFeed(api, newPerson(), body, headers);
    expect(others.status).toBe(201);
    expect((others.body as { calendarFile: string }).calendarFile).not.toBe(
      (created.body as { calendarFile: string }).calendarFile,
    );
  });

  it('with a key creates one feed for requests at the same time', async () => {
    const person = newPerson();
    const responses = await Promise.all(
      Array.from({ length: 5 }, () => createFeed(api, person, undefined, { 'Idempotency-Key': 'one' })),
    );
    const files = responses
      .filter(({ status }) => status === 201)
      .map(({ body }) => (body as { calendarFile: string }).calendarFile);
    expect(new Set(files).size).toBe(1);
    expect(await feedsOf(api, person)).toHaveLength(1);
  });

  it('with a key returns the feed although the user has 5', async () => {
    const person = newPerson();
    const headers = { 'Idempotency-Key': 'first' };
    const created = await createFeed(api, person, undefined, headers);
    for (let feeds = 1; feeds < 5; feeds += 1) await newFeed(api, person);
    expect((await createFeed(api, person, undefined, headers)).body).toEqual(created.body);
  });

  it('does not create a feed again that was deleted, for a day', async () => {
    const person = newPerson();
    const headers = { 'Idempotency-Key': 'one' };
    const { body } = await createFeed(api, person, undefined, headers);
    const { feedId, calendarFile } = body as { feedId: string; calendarFile: string };
    await deleteFeed(api, person, feedId);
    expectProblem(await createFeed(api, person, undefined, headers), 'idempotency-key-consumed');
    api.advance(day + 1_000);
    const again = await createFeed(api, person, undefined, headers);
    expect(again).toMatchObject({ status: 201, body: { feedId } });
    expect((again.body as { calendarFile: string }).calendarFile).not.toBe(calendarFile);
  });
});
