import { randomUUID } from 'node:crypto';
import type { TestApi, TestRequest, TestResponse } from './api.ts';
import { concert } from './events.ts';

/** The fields of a minimal event. */
export const minimalEvent = {
  name: 'Riverside Jazz Night',
  startsAt: '2030-06-21T20:00:00+02:00',
  endsAt: '2030-06-22T00:00:00+02:00',
  timeZone: 'Europe/Berlin',
};

export const venue = concert.location;

/** A createEvent request by the organizer. Text and bytes are sent unchanged, by default as `application/json`. */
export function createRequest(body: TestRequest['body'], headers: Readonly<Record<string, string>> = {}): TestRequest {
  return {
    method: 'POST',
    path: '/events',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    as: 'organizer',
  };
}

/** An updateEvent request by the organizer; without a path, for an event that does not exist. */
export function updateRequest(body: TestRequest['body'], path = `/events/${randomUUID()}`): TestRequest {
  return { method: 'PATCH', path, body, headers: { 'content-type': 'application/json' }, as: 'organizer' };
}

/** Creates a published event and returns its path. */
export async function publishedEvent(api: TestApi, members: object = {}): Promise<string> {
  const path = pathOf(await api.send(createRequest({ ...minimalEvent, location: venue, ...members })));
  await api.send({ method: 'POST', path: `${path}/publish`, as: 'organizer' });
  return path;
}

/** The path of an event from the response that created it. */
export function pathOf({ status, headers }: TestResponse): string {
  expect(status).toBe(201);
  return headers['location'] as string;
}
