import { startTestApi, type TestApi, transports } from '../support/api.ts';
import type { Registration } from '../../src/contract/generated/types.ts';
import { pathTo } from '../../src/contract/operations.ts';
import {
  call,
  cancelled,
  changes,
  draft,
  type Event,
  published,
  read,
  registerNew,
  succeed,
} from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

describe.each(transports)('deleteEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each([
    ['draft', draft],
    ['published', published],
    ['cancelled', cancelled],
  ])('permanently removes a %s event', async (_, make) => {
    const event = await make(api);
    const deleted = await call(api, 'deleteEvent', event.eventId, { ifMatch: event.etag });
    expect(deleted).toMatchObject({ status: 204, text: '', headers: { 'cache-control': 'no-store' } });
    expect(deleted.headers).not.toHaveProperty('etag');
    expectProblem(await call(api, 'getEvent', event.eventId), 'event-not-found');
    for (const operationId of changes) {
      const body = operationId === 'updateEvent' ? {} : undefined;
      expectProblem(await call(api, operationId, event.eventId, { body }), 'event-not-found');
      expectProblem(await call(api, operationId, event.eventId, { body, ifMatch: event.etag }), 'event-not-found');
    }
    for (const path of [
      '/events',
      '/events?organizerId=me',
      '/events?organizerId=11111111-1111-4111-8111-111111111111',
    ]) {
      expect((await api.send({ path, as: 'organizer' })).body).toEqual({ items: [] });
    }
  });

  it.each([
    ['published', async () => {}],
    ['cancelled', (event: Event) => succeed(api, 'cancelEvent', event)],
  ])('returns 409 for a %s event with registrations, until they are cancelled', async (_, prepare) => {
    const event = await published(api);
    const { number } = (await registerNew(api, event)).body as Registration;
    await prepare(event);
    const before = await read(api, event);
    expect(before).toMatchObject({ registeredCount: 1 });
    expectProblem(await call(api, 'deleteEvent', event.eventId), 'event-has-registrations');
    expect(await read(api, event)).toEqual(before);
    const path = pathTo('cancelRegistration', { eventId: event.eventId, number: String(number) });
    expect((await api.send({ method: 'POST', path, as: 'organizer' })).status).toBe(200);
    expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
  });

  it('leaves a tombstone with id, owner, time and expiry, without any content of the event', async () => {
    const { eventId, organizerId } = await published(api);
    const before = Math.floor(Date.now() / 1000);
    const deleted = await call(api, 'deleteEvent', eventId);
    const item = await api.tables.database.get({
      TableName: api.tables.tableNames.events,
      Key: { eventId },
      ConsistentRead: true,
    });
    expect(item).toEqual({
      eventId,
      deletedBy: organizerId,
      deletedAt: expect.stringMatching(/Z$/) as string,
      expiresAt: expect.any(Number) as number,
      requestId: deleted.headers['x-request-id'],
    });
    const expiresIn = (item?.['expiresAt'] as number) - before;
    expect(expiresIn).toBeGreaterThanOrEqual(24 * 60 * 60);
    expect(expiresIn).toBeLessThan(24 * 60 * 60 + 10);
  });
});
