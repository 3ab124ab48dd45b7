import { randomUUID } from 'node:crypto';
import type { TestApi, TestRequest, TestResponse } from './api.ts';
import { concert } from './events.ts';

/** The least that makes an event. */
export const leastEvent = {
  name: 'Riverside Jazz Night',
  startsAt: '2030-06-21T20:00:00+02:00',
  endsAt: '2030-06-22T00:00:00+02:00',
  timeZone: 'Europe/Berlin',
};

export const venue = concert.location;

/** A creation by the organizer. Text and bytes go out as they stand, as `application/json` where nothing else is said. */
export function creation(body: TestRequest['body'], headers: Readonly<Record<string, string>> = {}): TestRequest {
  return {
    method: 'POST',
    path: '/events',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    as: 'organizer',
  };
}

/** A change by the organizer; of an event that is not there, where no path is given. */
export function change(body: TestRequest['body'], path = `/events/${randomUUID()}`): TestRequest {
  return { method: 'PATCH', path, body, headers: { 'content-type': 'application/json' }, as: 'organizer' };
}

/** Creates a published event and answers its path. */
export async function publishedEvent(api: TestApi, members: object = {}): Promise<string> {
  const path = pathOf(await api.send(creation({ ...leastEvent, location: venue, ...members })));
  await api.send({ method: 'POST', path: `${path}/publish`, as: 'organizer' });
  return path;
}

/** The path of an event that was just created. */
export function pathOf({ status, headers }: TestResponse): string {
  expect(status).toBe(201);
  return headers['location'] as string;
}
