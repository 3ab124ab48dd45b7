/** What the components of the guide for Vue show. */
import { createEventsClient } from '@event-management/client';
import { createQueries } from '@event-management/client/tanstack-query';
import { examples, fakeFetch, type FakeSteps } from '@event-management/client/testing';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { expect, it, vi } from 'vitest';
import { type Component, createApp } from 'vue';
import EventList from './EventList.vue';
import EventPage from './EventPage.vue';

const event = examples.getEvent.published;
const theirs = examples.updateEvent.renamed;

function show(component: Component, steps: FakeSteps, props: Readonly<Record<string, string>> = {}) {
  const fake = fakeFetch(steps);
  const api = createEventsClient({ baseUrl: 'https://api.example.com', token: 'a-token', fetch: fake, maxRetries: 0 });
  const place = document.createElement('main');
  document.body.replaceChildren(place);
  createApp(component, { ...props, queries: createQueries(api, { user: 'mira' }) })
    .use(VueQueryPlugin)
    .mount(place);
  const until = (condition: () => unknown) => vi.waitFor(() => expect(condition()).toBeTruthy());
  return { fake, place, until, click: (selector: string) => place.querySelector<HTMLElement>(selector)?.click() };
}

it('the list shows more events on request', async () => {
  const pages = [{ items: [event], nextCursor: 'more' }, { items: [{ ...event, eventId: 'other' }] }];
  const { place, until, click } = show(EventList, { listEvents: pages });
  await until(() => place.querySelector('button'));
  click('button');
  await until(() => place.querySelectorAll('li').length === 2);
  expect(place.querySelector('button')).toBeNull();
});

it('the form overwrites the change of somebody else only on request', async () => {
  const { fake, place, until, click } = show(
    EventPage,
    { getEvent: [event, theirs], updateEvent: ['precondition-failed', { ...theirs, name: 'Mine' }] },
    { eventId: event.eventId },
  );
  await until(() => place.querySelector('form'));
  const save = () => place.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  save();
  await until(() => place.querySelector('[role=alert]')?.textContent.includes(theirs.name));
  click('[role=alert] button');
  await until(() => !place.querySelector('[role=alert]'));
  save();
  await until(() => place.querySelector('h1')?.textContent === 'Mine');
  const updates = fake.calls.filter(({ operation }) => operation === 'updateEvent');
  expect(updates.map(({ headers }) => headers.get('If-Match'))).toEqual([event.etag, theirs.etag]);
});
