import { startTestApi, type TestApi } from '../support/api.ts';
import { rawConnect } from '../support/raw-client.ts';
import { published } from '../support/events.ts';

describe('a body that never arrives', () => {
  let api: TestApi;
  let eventPath: string;
  const tokens = { none: '', organizer: '', attendee: '' };
  beforeAll(async () => {
    api = await startTestApi('socket');
    eventPath = `/events/${(await published(api)).eventId}`;
    for (const user of ['organizer', 'attendee'] as const)
      tokens[user] = `Authorization: Bearer ${await api.issuer.tokenFor(user)}\r\n`;
  });
  afterAll(() => api.stop());

  const json = 'Content-Type: application/json\r\n';
  const short = 'Content-Length: 1000\r\n';
  const cases: [string, string, keyof typeof tokens, string, number, string][] = [
    ['an unknown path', 'POST /nothing', 'none', json + short, 404, 'route-not-found'],
    ['an unknown method', 'PUT /events', 'none', json + short, 405, 'method-not-allowed'],
    ['a missing token', 'POST /events', 'none', json + short, 401, 'unauthenticated'],
    ['a missing role', 'POST /events', 'attendee', json + short, 403, 'forbidden'],
    [
      'an unknown media type',
      'POST /events',
      'organizer',
      `Content-Type: text/plain\r\n${short}`,
      415,
      'unsupported-media-type',
    ],
    ['a missing media type', 'POST /events', 'organizer', short, 415, 'unsupported-media-type'],
    [
      'a content encoding',
      'POST /events',
      'organizer',
      `${json}${short}Content-Encoding: gzip\r\n`,
      415,
      'unsupported-media-type',
    ],
    [
      'a Content-Length above the maximum',
      'POST /events',
      'organizer',
      `${json}Content-Length: 65537\r\n`,
      413,
      'body-too-large',
    ],
    [
      'a missing token, with chunked encoding',
      'POST /events',
      'none',
      `${json}Transfer-Encoding: chunked\r\n`,
      401,
      'unauthenticated',
    ],
  ];

  it.each(cases)('is not awaited in a request with %s', async (_why, line, user, headers, status, code) => {
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(`${line} HTTP/1.1\r\nHost: x\r\n${tokens[user]}${headers}\r\n`);
    const response = await client.until(/"requestId":"[^"]+"\}/, 1_000);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(response).toContain(`"code":"${code}"`);
    client.socket.destroy();
  });

  it.each(cases)('gets no 100 Continue in a request with %s', async (_why, line, user, headers, status) => {
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(`${line} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n${tokens[user]}${headers}\r\n`);
    expect(await client.until(/"requestId":"[^"]+"\}/, 1_000)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(client.received()).not.toContain('100 Continue');
    client.socket.destroy();
  });

  it('gets 100 Continue once every check before it has passed', async () => {
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(
      `PATCH ${eventPath} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n${tokens.organizer}${json}Content-Length: 2\r\n\r\n`,
    );
    await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/, 1_000);
    client.send('{}');
    expect(await client.until(/HTTP\/1\.1 200 /, 2_000)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    client.socket.destroy();
  });

  it('is cut off at the maximum size if its size was not announced', async () => {
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(`POST /events HTTP/1.1\r\nHost: x\r\n${tokens.organizer}${json}Transfer-Encoding: chunked\r\n\r\n`);
    for (let sent = 0; sent < 5; sent += 1) client.send(`4000\r\n${' '.repeat(0x4000)}\r\n`);
    const response = await client.until(/"requestId":"[^"]+"\}/, 2_000);
    expect(response).toMatch(/^HTTP\/1\.1 413 /);
    expect(response).toMatch(/\r\nConnection: close\r\n/i);
    client.socket.destroy();
  });
});
