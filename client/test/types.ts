/** What must compile, and what must not: the compiler is the test (`npm run typecheck`). Nothing here is run. */
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/await-thenable, @typescript-eslint/no-unused-vars -- what is wrong here is wrong on purpose */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import {
  type ApiPromise,
  type Attempt,
  type CallOptions,
  type ClientOptions,
  createEventsClient,
  type Event,
  type EventPage,
  EventsApiError,
  type EventsClient,
  type Failure,
  isEventsApiError,
  type PagePromise,
  type PlainFailure,
  type PlainSuccess,
  type CreateEventInput,
  type FieldError,
  type ListEventsInput,
  type Problem,
  type UpdateEventInput,
  type ProblemCode,
  type Registration,
  type Success,
  type Targets,
  type TextPages,
} from '../src/index.ts';
import { examples, fakeFetch } from '../src/testing.ts';
import { calendarUrl, eventCalendarUrl } from '../src/calendars.ts';
import {
  createEventInput,
  type errorsByField,
  errorsIn,
  type FieldIssue,
  type InputSchema,
  type listEventsInput,
  registerForEventInput,
  updateEventInput,
  withEvent,
  withQuestions,
  withTimeZones,
  eventStatuses,
  limits,
  locationKinds,
  problemCodes,
} from '../src/schemas.ts';
import { ticketCode, ticketDigest, ticketText } from '../src/tickets.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_T extends true>(): void => {};

declare const client: EventsClient;
declare const event: Event;
declare const registration: Registration;
declare const least: { name: string; startsAt: string; endsAt: string; timeZone: string };

// What each kind of operation returns.
holds<Same<ReturnType<EventsClient['getEvent']>, ApiPromise<Event, 'getEvent'>>>();
holds<Same<ReturnType<EventsClient['listEvents']>, PagePromise<EventPage, 'listEvents'>>>();
holds<Same<Awaited<ReturnType<EventsClient['deleteEvent']>>, undefined>>();
holds<Same<ProblemCode, Problem['code']>>();

/** The members of type `any`, which the compiler does not check. */
type Anything<T> = { [Name in keyof T]-?: 0 extends 1 & T[Name] ? Name : never }[keyof T];
/** The members that are always there. */
type Always<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? never : Name }[keyof T];

// What is handed in and what comes out: nothing is `any`, and what is always there is no question.
holds<Same<Anything<CallOptions>, never>>();
holds<Same<Anything<ClientOptions>, never>>();
holds<Same<Anything<Targets<'eventId'>>, never>>();
holds<Same<Anything<Attempt>, never>>();
holds<Same<Anything<EventsApiError>, never>>();
holds<Same<Anything<Success<Event>>, never>>();
holds<Same<Anything<Failure<'getEvent'>>, never>>();
holds<Same<Anything<Event>, never>>();
holds<Same<keyof PlainSuccess<Event>, 'data' | 'error' | 'requestId' | 'etag'>>();
holds<Same<keyof PlainFailure<'getEvent'>, 'data' | 'error' | 'requestId' | 'etag'>>();
holds<Same<Always<CallOptions>, never>>();
holds<Same<Always<ClientOptions>, 'baseUrl'>>();
holds<Same<Always<Targets<'eventId'>>, 'eventId'>>();
holds<Same<Always<Attempt>, 'operation' | 'callId' | 'attempt' | 'durationMs'>>();
holds<Same<Always<EventsApiError>, 'name' | 'message' | 'code' | 'operation' | 'attempts' | 'toJSON'>>();
holds<Same<EventsApiError['problem'], Problem | undefined>>();
holds<Same<EventsApiError['attempts'], number>>();

// Observing attempts, and what else `fetch` gets.
createEventsClient({
  baseUrl: 'https://api.example.com',
  logger: console,
  fetchOptions: { next: { revalidate: 60 } },
  onRequest: ({ headers, callId }) => headers.set('X-Call', callId),
  onAttempt: async ({ callId }) => void (await Promise.resolve(callId)),
});
createEventsClient({ baseUrl: 'https://api.example.com', logger: { warn: () => {}, error: () => {} } });
void client.getEvent(event, undefined, { fetchOptions: { next: { tags: ['event'] }, credentials: 'include' } });
// @ts-expect-error -- the client itself sets the method
createEventsClient({ baseUrl: 'https://api.example.com', fetchOptions: { method: 'PUT' } });
// @ts-expect-error -- a name of RequestInit has its values
createEventsClient({ baseUrl: 'https://api.example.com', fetchOptions: { credentials: 'everything' } });

// Plain results, for what is sent elsewhere.
void (async () => {
  const plain = await client.publishEvent(event).plain();
  if (plain.error) holds<Same<typeof plain.error.code, EventsApiError<'publishEvent'>['code']>>();
  else holds<Same<typeof plain.data, Event>>();
  // @ts-expect-error -- a response cannot be sent elsewhere
  void plain.response;
  holds<Same<Awaited<ReturnType<ReturnType<typeof client.listEvents>['toArray']>>, Event[]>>();
  // @ts-expect-error -- a list without a maximum may be endless
  await client.listEvents().toArray();
})();

// Where the token comes from.
createEventsClient({ baseUrl: 'https://api.example.com' });
createEventsClient({ baseUrl: 'https://api.example.com', token: 'token' });
createEventsClient({
  baseUrl: 'https://api.example.com',
  token: async ({ forceRefresh }) => (forceRefresh ? undefined : 'token'),
});
createEventsClient({
  baseUrl: 'https://api.example.com',
  fetch: globalThis.fetch,
  onAttempt: ({ operation, error }) => void [operation, error?.code],
});
// @ts-expect-error -- without an address there is no client
createEventsClient({});
createEventsClient({
  baseUrl: 'https://api.example.com',
  token: ({ forceRefresh }) => (holds<Same<typeof forceRefresh, boolean>>(), 'token'),
});
// @ts-expect-error -- a token must be a string
createEventsClient({ baseUrl: 'https://api.example.com', token: () => 5 });
// @ts-expect-error -- a header is text
createEventsClient({ baseUrl: 'https://api.example.com', headers: { 'X-Version': 5 } });
createEventsClient({ baseUrl: new URL('https://api.example.com'), headers: new Headers({ 'X-Version': '5' }) });

// Targets, inputs, options: three slots.
void client.getEvent('id');
void client.getEvent({ eventId: 'id' });
void client.getEvent(event, undefined, { timeoutMs: 5 });
void client.updateEvent(event, { name: 'Another', location: null });
void client.updateEvent('id', (now) => ({ capacity: (now.capacity ?? 0) + 10 }));
void client.updateEvent('id', () => undefined);
void client.updateEvent('id', async (now) => ((await Promise.resolve(now.capacity)) ? { capacity: 5 } : undefined));
// @ts-expect-error -- and what it returns must be a change
void client.updateEvent('id', async () => ({ status: 'published' }));
void client.getEvent('id', undefined, { headers: new Headers() });
void client.cancelEvent(event);
void client.cancelEvent(event, { reason: 'A storm is coming.' });
void client.createEvent(least, { idempotencyKey: 'mine', signal: new AbortController().signal });
void client.listEvents();
void client.listEvents({ status: ['draft'], limit: 10 });
void client.getRegistration(registration);
void client.cancelRegistration({ eventId: 'id', number: 17 }, { reason: 'Registered twice.' });
// @ts-expect-error -- a number is not text
void client.getRegistration({ eventId: 'id', number: '17' });
// @ts-expect-error -- an event alone is not a registration
void client.getRegistration(event);
// @ts-expect-error -- there must be a target
void client.getEvent();
// @ts-expect-error -- a target has the id of an event
void client.getEvent({ id: 'id' });
// @ts-expect-error -- options are not the input
void client.getEvent('id', { timeoutMs: 5 });
// @ts-expect-error -- a creation needs an input
void client.createEvent();
// @ts-expect-error -- and all that is required in it
void client.createEvent({ name: 'Jazz' });
// @ts-expect-error -- what can only be read is not sent
void client.updateEvent('id', { status: 'published' });
// @ts-expect-error -- what is required cannot be removed
void client.updateEvent('id', { name: null });
// @ts-expect-error -- only a change can be a function
void client.cancelEvent('id', () => ({}));
// @ts-expect-error -- a filter is misspelled
void client.listEvents({ tags: 'music' });
// @ts-expect-error -- there is no such status
void client.listEvents({ status: ['open'] });
// @ts-expect-error -- only lists have pages
void client.getEvent('id').pages();
// @ts-expect-error -- there is no such operation
void client.archiveEvent('id');

/** A result narrows without a guard. */
export async function results(): Promise<string> {
  const { data, error, etag } = await client.getEvent('id').result();
  if (error) {
    // @ts-expect-error -- reading an event never has this code
    if (error.code === 'event-cancelled') return '';
    return error.problem?.errors?.[0]?.pointer ?? error.code;
  }
  return `${data.name} ${etag}`;
}

/** A `catch` narrows by the guard, to the codes of one operation. */
export async function caught(): Promise<string> {
  try {
    return (await client.publishEvent('id')).name;
  } catch (error) {
    if (!isEventsApiError(error, 'publishEvent')) throw error;
    return inWords(error);
  }
}

/** All codes of an operation in one `switch`: the compiler would name the missing one. */
function inWords({ code }: EventsApiError<'publishEvent'>): string {
  switch (code) {
    case 'not-publishable':
    case 'concurrent-change':
    case 'event-cancelled':
    case 'event-not-found':
    case 'not-event-organizer':
    case 'precondition-failed':
      return 'of the event';
    case 'unauthenticated':
    case 'forbidden':
      return 'of the caller';
    case 'internal-error':
    case 'service-unavailable':
    case 'too-many-requests':
      return 'of the service';
    case 'invalid-request':
    case 'malformed-request':
    case 'route-not-found':
    case 'method-not-allowed':
    case 'request-timeout':
    case 'headers-too-large':
      return 'of the request';
    case 'network-error':
    case 'timeout':
    case 'aborted':
    case 'unexpected-response':
      return 'of the line';
    default:
      return newer(code);
  }
}
const newer = (code: never): string => String(code);

/** Lists: items, pages. */
export async function lists(): Promise<void> {
  for await (const item of client.listEvents()) holds<Same<typeof item, Event>>();
  for await (const page of client.listEvents().pages()) holds<Same<typeof page, EventPage>>();
  const table = client.listRegistrations('id', { status: ['confirmed'] }, { mediaType: 'text/csv' });
  holds<Same<typeof table, TextPages>>();
  for await (const page of table) holds<Same<typeof page, string>>();
  // @ts-expect-error -- the list has no such media type
  void client.listRegistrations('id', {}, { mediaType: 'text/calendar' });
  // @ts-expect-error -- no other list has one
  void client.listEvents({}, { mediaType: 'text/csv' });
  // @ts-expect-error -- a single event is not iterable
  for await (const item of client.getEvent('id')) void item;
}

/** An error of any operation has the codes of all. */
export function any(error: unknown): boolean {
  return error instanceof EventsApiError && error.code === 'capacity-below-registrations' && isEventsApiError(error);
}

/** Tickets: a registration is the input, and there may be none. */
export async function tickets(registration: Registration): Promise<string> {
  const text = ticketText(registration);
  holds<Same<typeof text, string | undefined>>();
  // @ts-expect-error -- there may be no ticket
  await ticketDigest(ticketText(registration));
  const code = ticketCode(text ?? '');
  return code === undefined ? 'not a ticket' : ticketDigest(code);
}

/** Calendars: what a list of feeds returns has no secret, so no URL. */
export async function calendars(): Promise<readonly string[]> {
  const feed = await client.createCalendarFeed({ source: { kind: 'my-registrations' } });
  const { items } = await client.listCalendarFeeds();
  // @ts-expect-error -- the file name is returned once
  for (const one of items) calendarUrl('https://api.example.com', one);
  return [calendarUrl('https://api.example.com', feed), eventCalendarUrl(new URL('https://api.example.com'), event)];
}

/** Limits and values to choose from are literals, so that they fit where only some values do. */
export function choices(): readonly string[] {
  holds<
    Same<typeof limits.EventCreate.name, { readonly required: true; readonly minLength: 3; readonly maxLength: 100 }>
  >();
  holds<Same<(typeof eventStatuses)[number], Event['status']>>();
  holds<Same<(typeof locationKinds)[number], NonNullable<Event['location']>['kind']>>();
  holds<Same<(typeof problemCodes)[number], ProblemCode>>();
  // @ts-expect-error -- a text has no such limit
  void limits.EventCreate.name.maximum;
  return [...eventStatuses, ...locationKinds, ...problemCodes];
}

// Fixtures and fakes: an operation has its own codes and its own data.
holds<Same<(typeof examples.getEvent)['published'], Event>>();
holds<Same<(typeof examples.publishEvent)['not-publishable']['code'], 'not-publishable'>>();
holds<Same<(typeof examples.listRegistrations)['csv'], string>>();
// @ts-expect-error -- a code of another operation
void examples.getEvent['not-publishable'];
fakeFetch({ publishEvent: 'not-publishable', getEvent: ['too-many-requests', event], deleteEvent: () => undefined });
createEventsClient({ baseUrl: 'https://api.example.com', fetch: fakeFetch() });
// @ts-expect-error -- a code of another operation
fakeFetch({ getEvent: 'not-publishable' });
// @ts-expect-error -- the data of another operation
fakeFetch({ getEvent: registration });
// @ts-expect-error -- an operation that does not exist
fakeFetch({ readEvent: event });
fakeFetch({
  createEvent: ({ operation, params }) => (
    holds<Same<typeof operation, 'createEvent'>>(),
    params['x'] ? event : 'invalid-event'
  ),
});

/** Schemas: libraries infer the types of what goes in and of what comes out. */
export function validated(input: unknown): readonly FieldIssue[] {
  holds<Same<StandardSchemaV1.InferInput<typeof createEventInput>, CreateEventInput>>();
  holds<Same<StandardSchemaV1.InferOutput<typeof listEventsInput>, ListEventsInput>>();
  const standard: StandardSchemaV1<UpdateEventInput> = withTimeZones(withEvent(updateEventInput, event));
  const schemaOfPerson = withQuestions(registerForEventInput, event.questions);
  const result = schemaOfPerson['~standard'].validate(input);
  // The validation is synchronous, and its value is what the operation takes.
  if (!result.issues) void client.registerForEvent(event, result.value);
  // @ts-expect-error -- an event has no answers
  withQuestions(createEventInput, event.questions);
  holds<Same<ReturnType<typeof errorsByField<readonly FieldError[]>>, Readonly<Record<string, FieldError>>>>();
  const schema: InputSchema<CreateEventInput> = createEventInput;
  const local = errorsIn(schema, input);
  // Errors of a schema and errors of the API, in one call.
  holds<Same<ReturnType<typeof errorsByField<typeof local | FieldError[]>>[string], FieldError | FieldIssue>>();
  return standard['~standard'].version === 1 ? local : [];
}
