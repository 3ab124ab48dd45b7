/** Events for tests, created and changed through the API. */
import { randomUUID } from 'node:crypto';
import { type OperationId, operations, pathTo } from '../../src/contract/operations.ts';
import { pathWith } from './requests.ts';
import type { Event as ReceivedEvent, EventCreate } from '../../src/contract/generated/types.ts';
import type { TestApi, TestRequest, TestResponse } from './api.ts';
import { testUsers } from './issuer.ts';

/** An event as this support returns it: without what depends on the caller and the time. */
export type Event = Omit<ReceivedEvent, 'allowedActions'>;

export const concert = {
  name: 'Riverside Jazz Night',
  description: 'Three bands, one stage, and the river.',
  imageUrl: 'https://pictures.example.com/riverside.jpg',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  location: { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' },
  capacity: 400,
  tags: ['music', 'jazz'],
} satisfies EventCreate;

/** Times for a duplicate of the concert. */
export const nextYear = { startsAt: '2031-06-20T18:00:00Z', endsAt: '2031-06-20T22:00:00Z' };

const inDays = (days: number) => `${new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 19)}Z`;

/** Times of an event that takes place now. */
export const ongoing = { startsAt: inDays(-1), endsAt: inDays(1) };

/** Times of an event that ended long ago. */
export const ended = { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z' };

/** A minimal draft. */
export const minimal = {
  name: 'Summer Festival',
  startsAt: '2030-07-13T10:00:00Z',
  endsAt: '2030-07-14T20:00:00Z',
  timeZone: 'Africa/Nairobi',
} satisfies EventCreate;

/** The operations that change one event, in any order. */
export const changes = [
  'updateEvent',
  'publishEvent',
  'unpublishEvent',
  'cancelEvent',
  'deleteEvent',
] as const satisfies OperationId[];

/** A resource without its `allowedActions`, for comparisons between callers and times; test/actions tests the actions. */
export function withoutActions<Resource extends object>(resource: Resource): Omit<Resource, 'allowedActions'> {
  const { allowedActions: _, ...others } = resource as Resource & { readonly allowedActions?: unknown };
  return others;
}

export interface CallOptions extends Pick<TestRequest, 'body' | 'headers' | 'as'> {
  readonly ifMatch?: string | undefined;
}

/** Calls an operation by its id, by default as the organizer. */
export function call(
  api: TestApi,
  operationId: OperationId,
  eventId?: string,
  options: CallOptions = {},
): Promise<TestResponse> {
  const { ifMatch, headers, as = 'organizer', ...rest } = options;
  const method = operations.find((operation) => operation.operationId === operationId)?.method.toUpperCase() ?? '';
  const condition: Record<string, string> = ifMatch === undefined ? {} : { 'If-Match': ifMatch };
  return api.send({
    method,
    path: pathWith(operationId, eventId ?? ''),
    headers: { ...condition, ...headers },
    as,
    ...rest,
  });
}

/** Creates a draft. */
export async function draft(api: TestApi, body: object = concert): Promise<Event> {
  const created = await call(api, 'createEvent', undefined, { body });
  expect(created.status).toBe(201);
  return withoutActions(created.body as ReceivedEvent);
}

/** Creates and publishes an event. */
export async function published(api: TestApi, body: object = concert): Promise<Event> {
  return succeed(api, 'publishEvent', await draft(api, body));
}

/** Creates, publishes and cancels an event. */
export async function cancelled(api: TestApi, body: object = concert): Promise<Event> {
  return succeed(api, 'cancelEvent', await published(api, body));
}

/** Calls an operation on an event and expects 200 with the event. */
export async function succeed(
  api: TestApi,
  operationId: OperationId,
  { eventId }: Pick<Event, 'eventId'>,
  options: CallOptions = {},
): Promise<Event> {
  const response = await call(api, operationId, eventId, options);
  expect(response).toMatchObject({ status: 200, headers: { etag: response.body.etag, 'cache-control': 'no-store' } });
  return withoutActions(response.body as ReceivedEvent);
}

/** The events of a page. */
export function listed({ body }: TestResponse): Event[] {
  return (body.items as ReceivedEvent[]).map(withoutActions);
}

/** The event as its organizer gets it now. */
export function read(api: TestApi, event: Pick<Event, 'eventId'>): Promise<Event> {
  return succeed(api, 'getEvent', event);
}

/** Registers a new user for an event. */
export async function registerNew(
  api: TestApi,
  { eventId }: Pick<Event, 'eventId'>,
  sub: string = randomUUID(),
): Promise<TestResponse> {
  const headers = { authorization: `Bearer ${await api.issuer.token({ sub })}` };
  const path = pathTo('registerForEvent', { eventId });
  return api.send({ method: 'PUT', path, headers, body: { name: 'Mira Novak' } });
}

/** Registers this many new users for an event. Whether all of them are registered, with a seat or without. */
export async function register(api: TestApi, event: Pick<Event, 'eventId'>, people: number): Promise<boolean> {
  const responses = await Promise.all(Array.from({ length: people }, () => registerNew(api, event)));
  return responses.every(({ status }) => status === 201);
}

/** An event as those see it who are not its organizer. */
export function asOthersSee({ waitlistedCount: _, checkedInCount: __, ...event }: Event): Event {
  return event;
}

/** The revision in the ETag of an event. */
export function revisionOf({ etag }: Pick<Event, 'etag'>): number {
  return Number(/^"(\d+)-/.exec(etag)?.[1]);
}

/** The Authorization header of the organizer with a token that is valid for `days`, for tests that advance the clock. */
export async function tokenFor(api: TestApi, days: number): Promise<Record<string, string>> {
  const exp = Math.floor(Date.now() / 1000) + days * 24 * 60 * 60;
  return { authorization: `Bearer ${await api.issuer.token({ sub: testUsers.organizer, exp })}` };
}
