/** What TanStack Query infers from the options, without any annotation: the compiler is the test. Nothing here is run. */
/* eslint-disable @typescript-eslint/no-unused-vars -- only their types matter */
import {
  type InfiniteData,
  MutationCache,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import * as solid from '@tanstack/solid-query';
import * as svelte from '@tanstack/svelte-query';
import * as vue from '@tanstack/vue-query';
import { computed, ref } from 'vue';
import type {
  CreateEventInput,
  Event,
  EventPage,
  EventsApiError,
  Registration,
  RegistrationPage,
} from '../src/index.ts';
import type { Queries } from '../src/tanstack-query.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_T extends true>(): void => {};

declare const queries: Queries;
declare const event: Event;
declare const registration: Registration;
declare const draft: CreateEventInput;

/** React. */
export function inReact(): void {
  const one = useQuery(queries.getEvent(event));
  holds<Same<typeof one.data, Event | undefined>>();
  holds<Same<typeof one.error, EventsApiError<'getEvent'> | null>>();
  const narrowed = useQuery({ ...queries.getEvent('id'), enabled: event.name !== '', select: ({ name }) => name });
  holds<Same<typeof narrowed.data, string | undefined>>();
  holds<Same<typeof narrowed.error, EventsApiError<'getEvent'> | null>>();
  const suspended = useSuspenseQuery(queries.getRegistration(registration));
  holds<Same<typeof suspended.data, Registration>>();
  const [page, calendar] = useQueries({
    queries: [queries.listEvents({ tag: 'music' }), queries.getEventCalendar('id')],
  });
  holds<Same<typeof page.data, EventPage | undefined>>();
  holds<Same<typeof calendar.data, string | undefined>>();
  holds<Same<typeof calendar.error, EventsApiError<'getEventCalendar'> | null>>();

  const list = useInfiniteQuery(queries.listEvents.infinite({ organizerId: 'me' }));
  holds<Same<typeof list.data, InfiniteData<EventPage> | undefined>>();
  holds<Same<typeof list.error, EventsApiError<'listEvents'> | null>>();
  const people = useInfiniteQuery({
    ...queries.listRegistrations.infinite(event, { status: ['confirmed'] }),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
  holds<Same<typeof people.data, Registration[] | undefined>>();

  const publish = useMutation(queries.publishEvent(event));
  holds<Same<typeof publish.data, Event | undefined>>();
  holds<Same<typeof publish.error, EventsApiError<'publishEvent'> | null>>();
  publish.mutate();
  publish.mutate({ dryRun: true });
  // @ts-expect-error -- the target is not the input
  publish.mutate(event);
  const create = useMutation({
    ...queries.createEvent({ idempotencyKey: 'mine' }),
    onSuccess: (created, input) => holds<Same<[typeof created, typeof input], [Event, CreateEventInput]>>(),
    onError: (error) => holds<Same<typeof error, EventsApiError<'createEvent'>>>(),
  });
  create.mutate(draft);
  // @ts-expect-error -- a creation needs an input
  create.mutate();
  const update = useMutation(queries.updateEvent(event));
  update.mutate({ name: 'Another' });
  update.mutate((now) => ({ capacity: (now.capacity ?? 0) + 10 }));
  const remove = useMutation(queries.deleteEvent(event));
  holds<Same<typeof remove.data, undefined>>();
  remove.mutate();
  // @ts-expect-error -- a registration has a number
  void queries.cancelRegistration(event);
  // @ts-expect-error -- a change must be a mutation
  void useQuery(queries.publishEvent(event));
  // @ts-expect-error -- a single event has no pages
  void queries.getEvent.infinite;
  // @ts-expect-error -- filters are not the target
  void queries.listRegistrations({ status: ['confirmed'] });
  // @ts-expect-error -- the revision is that of the target
  void queries.publishEvent(event, { ifMatch: '"1-9c41d07be3f2"' });
  // @ts-expect-error -- nothing aborts a mutation
  void queries.publishEvent(event, { signal: new AbortController().signal });
}

/** Vue: options in a `computed` follow what is reactive. */
export function inVue(): void {
  const id = ref('id');
  const one = vue.useQuery(queries.getEvent(event));
  holds<Same<typeof one.data.value, Event | undefined>>();
  holds<Same<typeof one.error.value, EventsApiError<'getEvent'> | null>>();
  const followed = vue.useQuery(computed(() => queries.getEvent(id.value)));
  holds<Same<typeof followed.data.value, Event | undefined>>();
  holds<Same<typeof followed.error.value, EventsApiError<'getEvent'> | null>>();
  const list = vue.useInfiniteQuery(queries.listEvents.infinite());
  holds<Same<typeof list.data.value, InfiniteData<EventPage> | undefined>>();
  const publish = vue.useMutation(queries.publishEvent(event));
  holds<Same<typeof publish.data.value, Event | undefined>>();
  holds<Same<typeof publish.error.value, EventsApiError<'publishEvent'> | null>>();
  publish.mutate();
}

/** Solid and Svelte: options are functions. */
export function inSolidAndSvelte(id: () => string): void {
  for (const one of [
    solid.useQuery(() => queries.getEvent(id())),
    svelte.createQuery(() => queries.getEvent(id())),
  ] as const) {
    holds<Same<typeof one.data, Event | undefined>>();
    holds<Same<typeof one.error, EventsApiError<'getEvent'> | null>>();
  }
  for (const list of [
    solid.useInfiniteQuery(() => queries.listEvents.infinite()),
    svelte.createInfiniteQuery(() => queries.listEvents.infinite()),
  ] as const)
    holds<Same<typeof list.data, InfiniteData<EventPage> | undefined>>();
  for (const publish of [
    solid.useMutation(() => queries.publishEvent(event)),
    svelte.createMutation(() => queries.publishEvent(event)),
  ] as const) {
    holds<Same<typeof publish.data, Event | undefined>>();
    holds<Same<typeof publish.error, EventsApiError<'publishEvent'> | null>>();
    publish.mutate();
  }
}

/** Caches: `queryOptions` of TanStack Query ties the data to the key. */
export async function caches(): Promise<void> {
  const client = useQueryClient();
  const cached = client.getQueryData(queryOptions(queries.getEvent(event)).queryKey);
  holds<Same<typeof cached, Event | undefined>>();
  const fetched = await client.fetchQuery(queries.getEvent(event));
  holds<Same<typeof fetched, Event>>();
  const pages = await client.fetchInfiniteQuery(queries.listRegistrations.infinite(event));
  holds<Same<typeof pages.pages, RegistrationPage[]>>();
  await client.invalidateQueries({ queryKey: queries.listEvents.key });
  new MutationCache().build(client, queries.publishEvent(event));
}
