import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, cancelled, changes, draft, type Event, published, read, withoutActions } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';

/** For each operation, an event on which it has an effect, and its request body. */
const cases = {
  updateEvent: { make: draft, body: { name: 'Another name' } },
  publishEvent: { make: draft, body: undefined },
  unpublishEvent: { make: published, body: undefined },
  cancelEvent: { make: published, body: undefined },
  deleteEvent: { make: cancelled, body: undefined },
} as const;

describe.each(transports)('If-Match (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  describe.each(sampled(changes))('on %s', (operationId) => {
    const { make, body } = cases[operationId];
    const success = operationId === 'deleteEvent' ? 204 : 200;
    const send = ({ eventId }: Pick<Event, 'eventId'>, ifMatch?: string, as?: 'rival') =>
      call(api, operationId, eventId, { body, ifMatch, ...(as ? { as } : {}) });

    it.each([
      ['the current ETag', ({ etag }: Event) => etag],
      ['*', () => '*'],
      ['nothing', () => undefined],
    ])('allows the change with %s, and returns a new ETag', async (_, ifMatch) => {
      const event = await make(api);
      const response = await send(event, ifMatch(event));
      expect(response.status).toBe(success);
      if (operationId === 'deleteEvent') return;
      expect(response.headers['etag']).not.toBe(event.etag);
      expect(await read(api, event)).toEqual(withoutActions(response.body));
    });

    it('returns 412 with the current ETag for every other ETag, and changes nothing', async () => {
      const event = await make(api);
      const { etag } = event;
      const stale = etag.replace(/^"\d+/, '"99');
      const foreign = etag.replace(/-.*/, '-000000000000"');
      const others = [
        stale,
        foreign,
        `W/${etag}`,
        etag.slice(1, -1),
        `${etag}, "x"`,
        `"0${etag.slice(1)}`,
        '"*"',
        '""',
        'junk',
        'x'.repeat(101),
        `"${'x'.repeat(8_000)}"`,
      ];
      for (const other of others) {
        const response = await send(event, other);
        expectProblem(response, 'precondition-failed');
        expect(response.headers).toMatchObject({ etag });
      }
      expect(await read(api, event)).toEqual(event);
    });

    it('is checked after the existence of the event and the access to it', async () => {
      const hidden = await draft(api);
      const visible = await published(api);
      expectProblem(await send(hidden, '"stale"', 'rival'), 'event-not-found');
      expectProblem(await send({ eventId: nonexistentEventId }, '"stale"'), 'event-not-found');
      expectProblem(await send(visible, '"stale"', 'rival'), 'not-event-organizer');
      expectProblem(
        await call(api, operationId, visible.eventId, { body, ifMatch: '"stale"', as: 'attendee' }),
        'forbidden',
      );
    });
  });

  it('does not accept the ETag of a deleted event for a later event with the same id', async () => {
    const key = { 'Idempotency-Key': 'created-twice' };
    const body = {
      name: 'Created twice',
      startsAt: '2030-07-13T10:00:00Z',
      endsAt: '2030-07-14T20:00:00Z',
      timeZone: 'UTC',
    };
    const first = (await call(api, 'createEvent', undefined, { body, headers: key })).body as Event;
    expect((await call(api, 'deleteEvent', first.eventId)).status).toBe(204);
    // When DynamoDB removes an expired tombstone is not defined, so it expires here.
    await expireTombstone(api, first);
    const second = (await call(api, 'createEvent', undefined, { body, headers: key })).body as Event;
    expect(second).toMatchObject({ eventId: first.eventId, etag: expect.stringMatching(/^"1-/) as string });
    const response = await call(api, 'updateEvent', second.eventId, { body: { name: 'Late' }, ifMatch: first.etag });
    expectProblem(response, 'precondition-failed');
    expect(response.headers).toMatchObject({ etag: second.etag });
  });
});

/** Lets the tombstone of an event expire. */
async function expireTombstone({ tables }: TestApi, { eventId }: Event): Promise<void> {
  const { ok } = await tables.database.update({
    TableName: tables.tableNames.events,
    Key: { eventId },
    UpdateExpression: 'SET expiresAt = :long_ago',
    ConditionExpression: 'attribute_exists(deletedAt)',
    ExpressionAttributeValues: { ':long_ago': 1 },
  });
  expect(ok).toBe(true);
}
