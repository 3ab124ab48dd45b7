import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, draft, type Event, nextYear } from '../support/events.ts';

describe.each(transports)('a duplicate of an event with a registration period (%s)', (transport) => {
  let api: TestApi;
  let original: Event;
  const period = { registrationOpensAt: '2030-01-01T00:00:00Z', registrationClosesAt: '2030-06-01T00:00:00Z' };
  beforeAll(async () => {
    api = await startTestApi(transport);
    original = await draft(api, { ...concert, ...period, waitlist: false });
  });
  afterAll(() => api.stop());

  it('has the waitlist setting of the original, and no registration period', async () => {
    const { status, body } = await call(api, 'duplicateEvent', original.eventId, { body: nextYear });
    expect({ status, body: body as unknown }).toMatchObject({ status: 201, body: { waitlist: false } });
    for (const member of Object.keys(period)) expect(body).not.toHaveProperty(member);
  });

  it('has the registration period that the request sends', async () => {
    const own = { registrationOpensAt: '2031-01-01T00:00:00Z', registrationClosesAt: '2031-06-01T00:00:00Z' };
    const duplicate = await call(api, 'duplicateEvent', original.eventId, { body: { ...nextYear, ...own } });
    expect(duplicate).toMatchObject({ status: 201, body: { ...own, waitlist: false } });
  });
});
