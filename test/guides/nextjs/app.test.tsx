/** What the server of Next.js does with the code of its guide. */
import { examples, fakeFetch, type FakeFetch, type FakeSteps } from '@event-management/client/testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToString } from 'react-dom/server';
import { beforeEach, expect, it, vi } from 'vitest';

const event = examples.getEvent.published;
const globals = globalThis as unknown as { cookies: Record<string, string>; tags: string[] };
let fake: FakeFetch;
let inits: (RequestInit | undefined)[];

/** The API responds as the steps say. */
function respond(steps: FakeSteps = {}): void {
  fake = fakeFetch(steps);
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) => {
    inits.push(init);
    return fake(input, init);
  });
}

beforeEach(() => {
  vi.resetModules();
  [globals.cookies, globals.tags, inits] = [{ access_token: 'a-token', user_id: 'mira' }, [], []];
  respond();
});

const page = async () => {
  const { default: EventPage } = await import('../app/events/[eventId]/page');
  return EventPage({ params: Promise.resolve({ eventId: event.eventId }) });
};

it('a page reads a public event without the token, and names what is stored', async () => {
  expect(renderToString(await page())).toContain(`<h1>${event.name}</h1>`);
  expect(inits).toMatchObject([{ next: { tags: [`event-${event.eventId}`], revalidate: 60 } }]);
  expect(fake.calls[0]?.headers.has('Authorization')).toBe(false);
});

it('a page of a missing event is not found, and another error is shown', async () => {
  respond({ getEvent: 'event-not-found' });
  await expect(page()).rejects.toThrow('not found');
  respond({ getEvent: 'internal-error' });
  expect(renderToString(await page())).toContain('internal-error');
});

it('an action returns plain objects, and renews the page only after a change', async () => {
  respond({ updateEvent: ['precondition-failed', examples.updateEvent.renamed] });
  const { renameEvent } = await import('../app/events/[eventId]/actions');
  const form = new FormData();
  form.set('name', 'Riverside Jazz Weekend');
  const rename = () => renameEvent(event, undefined, form);
  expect(structuredClone(await rename()).error?.code).toBe('precondition-failed');
  expect(globals.tags).toEqual([]);
  expect(structuredClone(await rename()).data?.name).toBe('Riverside Jazz Weekend');
  expect(globals.tags).toEqual([`event-${event.eventId}`]);
  expect(fake.calls[0]?.headers.get('Authorization')).toBe('Bearer a-token');
  expect(fake.calls[0]?.headers.get('If-Match')).toBe(event.etag);
  expect(inits[0]).toMatchObject({ cache: 'no-store' });
});

it('an action without a cookie sends nothing', async () => {
  globals.cookies = {};
  const { renameEvent } = await import('../app/events/[eventId]/actions');
  expect((await renameEvent(event, undefined, new FormData())).error?.code).toBe('unauthenticated');
  expect(fake.calls).toEqual([]);
});

it('a page hands its data to the browser', async () => {
  const { default: MyEventsPage } = await import('../app/my-events/page');
  const html = renderToString(
    <QueryClientProvider client={new QueryClient()}>{await MyEventsPage()}</QueryClientProvider>,
  );
  expect(html).toContain(`<li>${event.name}</li>`);
  expect(html).toContain('Show more');
});

it('the route handler adds the token, and passes on neither cookies nor an encoding that is gone', async () => {
  respond({ updateEvent: new Response('{}', { headers: { 'Content-Encoding': 'gzip', ETag: '"1-a"' } }) });
  const { PATCH, GET } = await import('../app/api/[...path]/route');
  const headers = { Cookie: 'access_token=a-token', 'If-Match': event.etag, 'Content-Type': 'application/json' };
  const url = `https://app.example.com/api/events/${event.eventId}`;
  const response = await PATCH(new Request(url, { method: 'PATCH', headers, body: '{"name":"New"}' }));
  expect([response.headers.get('Content-Encoding'), response.headers.get('ETag')]).toEqual([null, '"1-a"']);
  const [call] = fake.calls;
  expect(call).toMatchObject({ operation: 'updateEvent', body: { name: 'New' } });
  expect(call?.headers.get('Authorization')).toBe('Bearer a-token');
  expect(call?.headers.get('If-Match')).toBe(event.etag);
  expect(call?.headers.has('Cookie')).toBe(false);
  expect(await (await GET(new Request('https://app.example.com/api/events?limit=1'))).json()).toHaveProperty('items');
  expect(fake.calls.at(-1)?.query.get('limit')).toBe('1');
});
