import { createEventsClient } from '../src/index.ts';
import { startTestApi, type TestApi } from '../../test/support/api.ts';

let api: TestApi;
beforeAll(async () => { api = await startTestApi('socket'); });
afterAll(() => api.stop());

test('works', async () => {
  const client = createEventsClient({ baseUrl: api.url, token: () => api.issuer.tokenFor('organizer') });
  const event = await client.createEvent({ name: 'Jazz', startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T22:00:00Z', timeZone: 'UTC' });
  const changed = await client.updateEvent(event, { location: { kind: 'online', url: 'https://a.example' } });
  const { error } = await client.updateEvent(event, { name: 'New' }).result();
  expect(error?.code).toBe('precondition-failed');
  const more = await client.updateEvent(event.eventId, (now) => ({ capacity: (now.capacity ?? 0) + 10 }));
  expect(more.capacity).toBe(10);
  await client.publishEvent(more);
  for await (const e of client.listEvents({ limit: 1 })) expect(e.eventId).toBe(changed.eventId);
  console.log(String(error), await client.getHealth());
});
