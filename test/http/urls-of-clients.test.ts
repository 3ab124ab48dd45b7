import { type AddressInfo, createServer, type Server } from 'node:net';
import { startTestApi, type TestApi, type TestRequest, transports } from '../support/api.ts';
import { call, concert, type Event, nextYear, succeed } from '../support/events.ts';
import { getFeed, newFeed, publishedBy } from '../support/feeds.ts';
import { join } from '../support/registrations.ts';

describe.each(transports)('addresses that clients send (%s)', (transport) => {
  let api: TestApi;
  let server: Server;
  let address: string;
  let connections = 0;
  beforeAll(async () => {
    api = await startTestApi(transport);
    server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await api.stop();
  });

  it('are stored and returned, and never requested', async () => {
    const url = `https://${address}/picture`;
    const body = { ...concert, imageUrl: url, location: { kind: 'online', url }, visibility: 'public' };
    const { body: event } = await call(api, 'createEvent', undefined, { body });
    await succeed(api, 'publishEvent', event as Event);
    await succeed(api, 'updateEvent', event as Event, { body: { imageUrl: `${url}?changed` } });
    await join(api, event as Event, 'attendee');
    for (const as of ['organizer', 'attendee', 'rival'] as const)
      for (const operationId of ['getEvent', 'getEventCalendar'] as const)
        expect((await call(api, operationId, event.eventId, { as })).text).toContain(address);
    expect((await call(api, 'duplicateEvent', event.eventId, { body: nextYear })).status).toBe(201);
    expect((await getFeed(api, await newFeed(api, 'organizer', publishedBy()))).text).toContain(address);
    expect(connections).toBe(0);
  });

  it('are not where the keys of a token come from', async () => {
    const url = `http://${address}/.well-known/jwks.json`;
    for (const header of [{ jku: url }, { x5u: url }, { jku: url, kid: url }, { kid: '../../keys' }]) {
      const token = await api.issuer.token({}, { header });
      const { status } = await api.send({ path: '/events', headers: { Authorization: `Bearer ${token}` } });
      // The parameters that name an address are ignored: the key is that of the issuer, or there is none.
      expect([header, status]).toEqual([header, 'kid' in header ? 401 : 200]);
    }
    const foreign = await api.issuer.token({ iss: `http://${address}` });
    const { status } = await api.send({ path: '/events', headers: { Authorization: `Bearer ${foreign}` } });
    expect(status).toBe(401);
    expect(connections).toBe(0);
  });

  it('are not where a request is passed on', async () => {
    const requests: TestRequest[] = [
      { path: '/events', headers: { 'X-Forwarded-Host': address, Forwarded: `host=${address}` } },
      { path: '/events', headers: { Referer: `http://${address}/`, 'X-Original-URL': `http://${address}/` } },
      ...(transport === 'socket' ? [{ path: '/events', headers: { Host: address } }] : []),
      ...(transport === 'socket' ? [{ path: `http://${address}/events` }] : []),
    ];
    for (const request of requests) {
      const { status, text, headers } = await api.send({ ...request, as: 'organizer' });
      expect(status).toBe(200);
      expect(JSON.stringify(headers)).not.toContain(address);
      expect(text).not.toContain(`http://${address}`);
    }
    expect(connections).toBe(0);
  });
});
