import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { asOthersSee, concert, type Event, listed, withoutActions } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';

// Any offset and fraction may be sent; responses have neither.
const sent = { ...concert, startsAt: '2030-06-21T20:00:00.123+02:00', endsAt: '2030-06-22T00:00:00+02:00' };

describe.each(transports)('the lifecycle of an event (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('leads from draft to published, cancelled and deleted', async () => {
    const created = await api.send({ method: 'POST', path: '/events', body: sent, as: 'organizer' });
    expect(created).toMatchObject({
      status: 201,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: {
        ...concert,
        organizerId: testUsers.organizer,
        startsAt: '2030-06-21T18:00:00Z',
        endsAt: '2030-06-21T22:00:00Z',
        status: 'draft',
        phase: 'upcoming',
        registeredCount: 0,
      },
    });
    const { eventId, etag } = created.body as { eventId: string; etag: string };
    const path = `/events/${eventId}`;
    expect(created.headers).toMatchObject({ location: path, etag });

    expect((await api.send({ path, as: 'attendee' })).status).toBe(404);
    const published = await api.send({
      method: 'POST',
      path: `${path}/publish`,
      headers: { 'If-Match': etag },
      as: 'organizer',
    });
    expect(published).toMatchObject({ status: 200, body: { status: 'published' } });
    const read = await api.send({ path, as: 'attendee' });
    expect(read).toMatchObject({
      status: 200,
      headers: { etag: published.body.etag },
      body: asOthersSee(withoutActions(published.body as Event)),
    });

    const page = await api.send({ path: '/events?tag=music&startsFrom=2030-01-01T00:00:00Z', as: 'attendee' });
    expect(listed(page)).toEqual([asOthersSee(withoutActions(published.body as Event))]);

    const renamed = await api.send({
      method: 'PATCH',
      path,
      body: { name: 'Riverside Jazz Weekend', capacity: null },
      as: 'organizer',
    });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Riverside Jazz Weekend' } });
    expect(renamed.body).not.toHaveProperty('capacity');
    const stale = await api.send({
      method: 'PATCH',
      path,
      body: { name: 'Nope' },
      headers: { 'If-Match': etag },
      as: 'organizer',
    });
    expect(stale).toMatchObject({
      status: 412,
      headers: { etag: renamed.headers['etag'] },
      body: { code: 'precondition-failed' },
    });

    const cancelled = await api.send({
      method: 'POST',
      path: `${path}/cancel`,
      body: { reason: 'A storm is coming.' },
      as: 'organizer',
    });
    expect(cancelled).toMatchObject({
      status: 200,
      body: { status: 'cancelled', cancellation: { reason: 'A storm is coming.' } },
    });
    const deleted = await api.send({ method: 'DELETE', path, as: 'organizer' });
    expect(deleted).toMatchObject({ status: 204, text: '' });
    expect((await api.send({ path, as: 'organizer' })).status).toBe(404);
  });
});
