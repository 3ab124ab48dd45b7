import { createEventsClient, type EventsClient, type OperationId } from '../src/index.ts';
import { operations } from '../src/generated/operations.ts';
import { examples, fakeFetch, type FakeSteps } from '../src/testing.ts';
import { problemCodesWithGateway } from '../../src/openapi/problem-codes.ts';
import { contract, responses } from '../../test/contract/contract.ts';

const ids = Object.keys(operations) as OperationId[];
const target = { eventId: 'event', number: 7, scanId: 'scan', feedId: 'feed', calendarFile: 'secret.ics' };

function clientWith(steps?: FakeSteps) {
  const fetch = fakeFetch(steps);
  return {
    fetch,
    api: createEventsClient({ baseUrl: 'https://api.example.com/v1', token: 'token', maxRetries: 0, fetch }),
  };
}

/** Calls an operation without regard to its types. */
function call(api: EventsClient, operation: OperationId, options = {}) {
  const { path, inputRequired } = operations[operation];
  const method = api[operation] as (...given: readonly unknown[]) => ReturnType<EventsClient['getEvent']>;
  const input = inputRequired ? {} : undefined;
  return path.includes('{') ? method(target, input, options) : method(input, options);
}

describe('A fake', () => {
  it.each(ids)('responds to %s with the first example of the contract', async (operation) => {
    const { api } = clientWith();
    const [first] = Object.values(examples[operation]) as unknown[];
    const isDeletion = operations[operation].method === 'delete';
    expect(await call(api, operation)).toEqual(isDeletion ? undefined : first);
  });

  const codes = responses.flatMap(({ operation, response }) =>
    problemCodesWithGateway(response as never).map((code) => [operation.operationId, code] as const),
  );
  it.each(codes)('fails %s with %s', async (operation, code) => {
    const { api } = clientWith({ [operation]: code });
    const { error } = await call(api, operation).result();
    expect(error).toMatchObject({ operation, code });
  });

  it.each(Object.keys(contract['x-unrouted-codes'] as object))('fails any operation with %s', async (code) => {
    const { error } = await clientWith({ getEvent: code } as FakeSteps)
      .api.getEvent('event')
      .result();
    expect(error).toMatchObject({ code, status: contract['x-unrouted-codes'][code] });
  });

  it('returns the data that it was given, with the ETag of the data in the header', async () => {
    const mine = { ...examples.getEvent.published, name: 'Mine', etag: '"7-abc"' };
    const { data, etag, response } = await clientWith({ getEvent: mine }).api.getEvent('event').result();
    expect(data).toEqual(mine);
    expect([etag, response?.headers.get('etag')]).toEqual(['"7-abc"', '"7-abc"']);
  });

  it('returns the status of the contract for a creation', async () => {
    const { response } = await clientWith()
      .api.createEvent(examples.createEvent.draft as never)
      .result();
    expect(response?.status).toBe(201);
  });

  it('is out of reach for network-error', async () => {
    const { error } = await clientWith({ getHealth: 'network-error' }).api.getHealth().result();
    expect(error).toMatchObject({ code: 'network-error', attempts: 1 });
  });

  it('names a newer revision with precondition-failed', async () => {
    const { error } = await clientWith({ updateEvent: 'precondition-failed' })
      .api.updateEvent({ eventId: 'event', etag: '"1-old"' }, { name: 'Jazz' })
      .result();
    expect(error).toMatchObject({ code: 'precondition-failed', etag: examples.getEvent.published.etag });
  });

  it('responds one after the other, and repeats the last', async () => {
    const { api } = clientWith({ getEvent: ['service-unavailable', examples.getEvent.cancelled, 'event-not-found'] });
    const seen = [];
    for (let calls = 0; calls < 4; calls += 1) {
      const { data, error } = await api.getEvent('event').result();
      seen.push(error?.code ?? data?.status);
    }
    expect(seen).toEqual(['service-unavailable', 'cancelled', 'event-not-found', 'event-not-found']);
  });

  it('responds with what a function of the request returns', async () => {
    const { api } = clientWith({
      getEvent: ({ params }) => (params['eventId'] === 'a/b' ? examples.getEvent.online : 'event-not-found'),
      createEvent: async ({ body, headers }) => {
        await Promise.resolve();
        expect(headers.get('idempotency-key')).toMatch(/./);
        return { ...examples.createEvent.draft, ...(body as object) };
      },
      listEvents: ({ query }) => new Response('<h1>', { status: query.get('tag') === 'proxy' ? 502 : 200 }),
    });
    expect(await api.getEvent('a/b')).toEqual(examples.getEvent.online);
    expect((await api.getEvent('other').result()).error?.code).toBe('event-not-found');
    expect((await api.createEvent({ name: 'Jazz' } as never)).name).toBe('Jazz');
    expect((await api.listEvents({ tag: 'proxy' }).result()).error).toMatchObject({
      code: 'unexpected-response',
      status: 502,
    });
  });

  it('keeps what it received', async () => {
    const { api, fetch } = clientWith();
    await api.updateRegistration({ eventId: 'event', number: 7, etag: '"1-a"' }, { name: 'Mira' });
    await api.listEvents({ tag: 'music' });
    expect(fetch.calls).toEqual([
      expect.objectContaining({
        operation: 'updateRegistration',
        params: { eventId: 'event', number: '7' },
        body: { name: 'Mira' },
      }),
      expect.objectContaining({ operation: 'listEvents', params: {}, body: undefined }),
    ]);
    expect(fetch.calls[0]?.headers.get('if-match')).toBe('"1-a"');
    expect(fetch.calls[1]?.query.get('tag')).toBe('music');
  });

  it.each(ids.filter((id) => operations[id].paged))('ends the list of %s', async (operation) => {
    let items = 0;
    for await (const _ of call(clientWith().api, operation) as unknown as AsyncIterable<unknown>)
      if ((items += 1) > 100) throw new Error('The list does not end.');
    expect(items).toBeGreaterThan(0);
  });

  it('returns a list as text', async () => {
    const { api } = clientWith();
    expect(await api.listRegistrations('event', undefined, { mediaType: 'text/csv' }).text()).toBe(
      examples.listRegistrations.csv,
    );
  });

  it('takes requests, as handlers of other tools pass them on', async () => {
    const fetch = fakeFetch();
    const response = await fetch(new Request('https://api.example.com/v1/events/a/registration'));
    expect(await response.json()).toEqual(examples.getMyRegistration.confirmed);
    expect((await fetch('https://api.example.com/events')).status).toBe(200);
    expect(fetch.calls.map(({ operation }) => operation)).toEqual(['getMyRegistration', 'listEvents']);
  });

  it.each(['https://api.example.com/', 'https://api.example.com/events/a/b/c/d'])('has nothing at %s', async (url) => {
    const fetch = fakeFetch();
    const response = await fetch(url);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'route-not-found' });
    expect(fetch.calls).toEqual([]);
  });

  it.each([
    [{ publishEvents: 'not-publishable' }, 'publishEvents is not an operation'],
    [{ publishEvent: 'not-publishible' }, 'not-publishible is not a code of publishEvent'],
    [{ publishEvent: ['event-cancelled', ''] }, ' is not a code of publishEvent'],
  ])('does not accept %j', (steps, message) => {
    expect(() => fakeFetch(steps as FakeSteps)).toThrow(new TypeError(message));
  });
});
