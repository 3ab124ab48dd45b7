/**
 * Options for TanStack Query in React, in StrictMode and with the real API: what a page shows, and how many requests it sends.
 *
 * @jest-environment ./client/test/dom-environment.ts
 */
import {
  dehydrate,
  type DehydratedState,
  HydrationBoundary,
  QueryClient,
  QueryClientProvider,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { act, createElement, type FunctionComponent, StrictMode, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { createEventsClient, type Event, type EventsClient } from '../src/index.ts';
import { createQueries, type Queries } from '../src/tanstack-query.ts';
import { startTestApi, type TestApi } from '../../test/support/api.ts';
import { concert } from '../../test/support/events.ts';
import { testUsers, type TestUser } from '../../test/support/issuer.ts';
import { nonexistentEventId } from '../../test/support/requests.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi('socket');
});
afterAll(() => api.stop());

/** What was sent since the start of the test: method and path, without the query. */
let sent: string[] = [];
/** The signals of these requests. */
let signals: (AbortSignal | null | undefined)[] = [];
let caches: QueryClient;
let root: Root | undefined;
beforeEach(() => {
  [sent, signals, caches] = [[], [], new QueryClient()];
});
afterEach(async () => {
  await settled(() => root?.unmount());
  root = undefined;
  caches.clear();
});

function clientOf(user: TestUser): EventsClient {
  return createEventsClient({
    baseUrl: api.url,
    token: () => api.issuer.tokenFor(user),
    fetch(url, init) {
      sent.push(`${init?.method} ${new URL(url as string).pathname}`);
      signals.push(init?.signal);
      return fetch(url, init);
    },
  });
}
const queriesOf = (user: TestUser) => createQueries(clientOf(user), { user: testUsers[user] });

/** Renders a component as a page does, in StrictMode. */
async function render<Props extends object>(component: FunctionComponent<Props>, props: Props): Promise<void> {
  const page = createElement(QueryClientProvider, { client: caches }, createElement(component, props));
  root ??= createRoot(document.body.appendChild(document.createElement('main')));
  await settled(() => root?.render(createElement(StrictMode, null, page)));
}

const text = () => document.querySelector('main:last-child')?.textContent;

/** Waits until the page shows a text. */
async function shows(expected: string): Promise<void> {
  for (let tries = 0; tries < 300 && text() !== expected; tries += 1)
    await act(() => new Promise((resolve) => setTimeout(resolve, 10)));
  expect(text()).toBe(expected);
}

/** Lets React finish what a function has caused. */
const settled = (cause: () => void) => act(() => Promise.resolve(cause()));

const click = (name: string) =>
  settled(() => {
    const buttons = [...document.querySelectorAll('main:last-child button')];
    (buttons.find(({ textContent }) => textContent === name) as HTMLElement | undefined)?.click();
  });

const button = (name: string, onClick: () => void) => createElement('button', { onClick }, name);

/** An event, or why it cannot be shown. */
function Details({ queries, id }: { queries: Queries; id: string }) {
  const { data, error } = useQuery(queries.getEvent(id));
  return data ? `${data.name} is ${data.status}.` : (error?.code ?? 'Loading');
}

async function createEvent(name = 'Jazz', more: object = {}): Promise<Event> {
  const event = await clientOf('organizer').createEvent({ ...concert, name, ...more });
  sent = [];
  signals = [];
  return event;
}

describe('A query in React', () => {
  it('sends one request in StrictMode', async () => {
    const { eventId } = await createEvent();
    await render(Details, { queries: queriesOf('organizer'), id: eventId });
    await shows('Jazz is draft.');
    expect(sent).toEqual([`GET /events/${eventId}`]);
  });

  it('shows after one request that there is nothing', async () => {
    await render(Details, { queries: queriesOf('organizer'), id: nonexistentEventId });
    await shows('event-not-found');
    expect(sent).toHaveLength(1);
  });

  it('is aborted with the page that asked', async () => {
    const { eventId } = await createEvent();
    await render(Details, { queries: queriesOf('organizer'), id: eventId });
    while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await settled(() => root?.unmount());
    root = undefined;
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });

  it('is not sent again by a page that a server has rendered', async () => {
    const { eventId } = await createEvent();
    const queries = queriesOf('organizer');
    const onServer = new QueryClient();
    await onServer.prefetchQuery(queries.getEvent(eventId));
    const state = JSON.parse(JSON.stringify(dehydrate(onServer))) as DehydratedState;
    onServer.clear();
    caches.setDefaultOptions({ queries: { staleTime: 60_000 } });
    const Page = () => createElement(HydrationBoundary, { state }, createElement(Details, { queries, id: eventId }));
    const page = createElement(QueryClientProvider, { client: caches }, createElement(Page));
    expect(renderToString(page)).toBe('Jazz is draft.');
    await render(Page, {});
    await shows('Jazz is draft.');
    expect(sent).toHaveLength(1);
  });

  it('shows nothing of the user who was signed in before', async () => {
    await createEvent('Of the organizer', { tags: ['own'] });
    function Own({ queries }: { queries: Queries }) {
      const { data } = useQuery(queries.listEvents({ organizerId: 'me', tag: 'own' }));
      return data ? `Own: ${data.items.map(({ name }) => name).join()}` : 'Loading';
    }
    await render(Own, { queries: queriesOf('organizer') });
    await shows('Own: Of the organizer');
    await render(Own, { queries: queriesOf('rival') });
    expect(text()).toBe('Loading');
    await shows('Own: ');
  });
});

it('An infinite query shows page after page', async () => {
  for (const name of ['One', 'Two', 'Three']) await createEvent(name, { tags: ['paged'] });
  function Pages({ queries }: { queries: Queries }) {
    const filters = { organizerId: 'me', tag: 'paged', limit: 2 };
    const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(queries.listEvents.infinite(filters));
    const names = data?.pages.flatMap(({ items }) => items.map(({ name }) => name)).sort();
    return createElement('p', null, String(names), hasNextPage ? button('More', () => void fetchNextPage()) : '.');
  }
  await render(Pages, { queries: queriesOf('organizer') });
  for (let tries = 0; tries < 300 && text()?.endsWith('More') !== true; tries += 1)
    await act(() => new Promise((resolve) => setTimeout(resolve, 10)));
  await click('More');
  await shows('One,Three,Two.');
  expect(sent).toEqual(['GET /events', 'GET /events']);
});

describe('A mutation in React', () => {
  /** Two changes of an event, whose state is shown by two queries. */
  function Editor({ queries, event }: { queries: Queries; event: Event }) {
    const { data } = useQuery(queries.listEvents({ organizerId: 'me', tag: event.tags?.[0] ?? '' }));
    const publish = useMutation(queries.publishEvent(event));
    const rename = useMutation(queries.updateEvent(event));
    return createElement(
      'p',
      null,
      createElement(Details, { queries, id: event.eventId }),
      ` ${data?.items.map(({ name, status }) => `${name}: ${status}`).join()}`,
      button('Publish', () => publish.mutate()),
      button('Rename', () => rename.mutate({ name: 'Weekend' })),
      publish.error?.code ?? rename.error?.code,
    );
  }
  const buttons = 'PublishRename';

  it('is shown wherever its event is, with one request for the list', async () => {
    const event = await createEvent('Jazz', { tags: ['shown'] });
    await render(Editor, { queries: queriesOf('organizer'), event });
    await shows(`Jazz is draft. Jazz: draft${buttons}`);
    sent = [];
    await click('Publish');
    await shows(`Jazz is published. Jazz: published${buttons}`);
    expect(sent).toEqual([`POST /events/${event.eventId}/publish`]);
    await act(() => new Promise((resolve) => setTimeout(resolve, 600)));
    expect(sent).toEqual([`POST /events/${event.eventId}/publish`, 'GET /events']);
    expect(text()).toBe(`Jazz is published. Jazz: published${buttons}`);
  });

  it('that follows another one at once succeeds, although the page held the former revision', async () => {
    const event = await createEvent('Jazz', { tags: ['second'] });
    await render(Editor, { queries: queriesOf('organizer'), event });
    await shows(`Jazz is draft. Jazz: draft${buttons}`);
    await click('Publish');
    await click('Rename');
    await shows(`Weekend is published. Weekend: published${buttons}`);
  });

  it('loses to a change by somebody else, which is then shown', async () => {
    const event = await createEvent('Jazz', { tags: ['conflict'] });
    await render(Editor, { queries: queriesOf('organizer'), event });
    await shows(`Jazz is draft. Jazz: draft${buttons}`);
    await clientOf('organizer').updateEvent(event, { name: 'Changed' });
    await click('Rename');
    await shows(`Changed is draft. Changed: draft${buttons}precondition-failed`);
  });

  it('shows what is sent until there is a response, without a write to the caches', async () => {
    const event = await createEvent('Jazz');
    function Optimistic({ queries }: { queries: Queries }) {
      const [form] = useState(event);
      const { data = form } = useQuery({ ...queries.getEvent(event), initialData: event, staleTime: 60_000 });
      const rename = useMutation(queries.updateEvent(form));
      const shown = rename.isPending && typeof rename.variables === 'object' ? { ...data, ...rename.variables } : data;
      return createElement(
        'p',
        null,
        shown.name,
        button('Rename', () => rename.mutate({ name: 'Weekend' })),
      );
    }
    await render(Optimistic, { queries: queriesOf('organizer') });
    await click('Rename');
    await shows('WeekendRename');
    await act(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(text()).toBe('WeekendRename');
    expect(sent).toEqual([`PATCH /events/${event.eventId}`]);
  });
});
