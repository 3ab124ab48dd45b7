import { event, eventId, fake, ok, problem, withoutJitter } from './fake.ts';

const stale = () => problem(412, 'precondition-failed', { etag: '"9-9c41d07be3f2"' });
const revision = (number: number, capacity = 10) =>
  ok({ ...event, etag: `"${number}-9c41d07be3f2"`, capacity }, { etag: `"${number}-9c41d07be3f2"` });
const ten = (now: { capacity?: number }) => ({ capacity: (now.capacity ?? 0) + 10 });

describe('a change that is a function', () => {
  withoutJitter();

  it('reads, changes, and writes what nobody else has changed meanwhile', async () => {
    const { client, sent } = fake([revision(3, 40), revision(4, 50)]);
    await expect(client.updateEvent(eventId, ten)).resolves.toMatchObject({ capacity: 50 });
    expect(sent.map(({ method, headers, body }) => [method, headers['if-match'], body])).toEqual([
      ['GET', undefined, ''],
      ['PATCH', '"3-9c41d07be3f2"', '{"capacity":50}'],
    ]);
  });

  it('is made anew when somebody else was faster', async () => {
    const { client, sent } = fake([revision(3, 40), stale(), revision(9, 70), revision(10, 80)]);
    const { data, error } = await client.updateEvent(eventId, ten).result();
    expect([data?.capacity, error]).toEqual([80, undefined]);
    expect(
      sent.filter(({ method }) => method === 'PATCH').map(({ headers, body }) => [headers['if-match'], body]),
    ).toEqual([
      ['"3-9c41d07be3f2"', '{"capacity":50}'],
      ['"9-9c41d07be3f2"', '{"capacity":80}'],
    ]);
  });

  it('is for the event as it is now, whatever revision the caller has seen', async () => {
    const { client, sent } = fake([revision(3), revision(4)]);
    await client.updateEvent(event, ten);
    expect(sent[1]?.headers['if-match']).toBe('"3-9c41d07be3f2"');
  });

  it('writes nothing where there is nothing to change', async () => {
    const { client, sent } = fake([revision(3, 40)]);
    await expect(client.updateEvent(eventId, () => undefined)).resolves.toMatchObject({ capacity: 40 });
    expect(sent).toHaveLength(1);
  });

  it('is given up in the end, when others are always faster', async () => {
    const { client, sent } = fake(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? revision(index + 1) : stale())),
    );
    await expect(client.updateEvent(eventId, ten)).rejects.toMatchObject({
      code: 'precondition-failed',
      operation: 'updateEvent',
      attempts: 20,
    });
    expect(sent).toHaveLength(20);
  });

  it('is not made anew where the call itself names the revision', async () => {
    const { client, sent } = fake([revision(3), stale()]);
    await expect(client.updateEvent(eventId, ten, { ifMatch: '"1-9c41d07be3f2"' })).rejects.toMatchObject({
      code: 'precondition-failed',
    });
    expect(sent[1]?.headers['if-match']).toBe('"1-9c41d07be3f2"');
  });

  it('is one call: its errors are of updateEvent', async () => {
    await expect(fake([problem(404, 'event-not-found')]).client.updateEvent(eventId, ten)).rejects.toMatchObject({
      operation: 'updateEvent',
      code: 'event-not-found',
      attempts: 1,
    });
  });

  it('has one deadline for all of it', async () => {
    jest.useFakeTimers();
    const slow = () => new Promise<Response>((resolve) => setTimeout(() => resolve(revision(3)), 30));
    const outcome = fake([slow, slow]).client.updateEvent(eventId, ten, { deadlineMs: 45 }).result();
    await jest.advanceTimersByTimeAsync(46);
    expect(await outcome).toMatchObject({ error: { operation: 'updateEvent', code: 'timeout', attempts: 2 } });
    jest.useRealTimers();
  });

  it('is not repeated where the answer to its write is lost: it may have been done', async () => {
    const { client, sent } = fake([revision(3), new TypeError('fetch failed')]);
    await expect(client.updateEvent(eventId, ten)).rejects.toMatchObject({ code: 'network-error', attempts: 2 });
    expect(sent).toHaveLength(2);
  });

  it('lets through what the function throws, as a promise and as a result', async () => {
    const soldOut = new Error('sold out');
    const refuse = () => {
      throw soldOut;
    };
    await expect(fake([revision(3)]).client.updateEvent(eventId, refuse)).rejects.toBe(soldOut);
    await expect(
      fake([revision(3)])
        .client.updateEvent(eventId, refuse)
        .result(),
    ).rejects.toBe(soldOut);
  });
});
