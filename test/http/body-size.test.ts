import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { rawConnect } from '../support/raw-client.ts';
import { updateRequest, createRequest, minimalEvent, pathOf } from '../support/writes.ts';

/** The JSON of a body, padded with spaces to a number of bytes. */
const padded = (body: object, bytes: number) => JSON.stringify(body).padEnd(bytes, ' ');

describe.each(transports)('the maximum size of a body (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('is 65,536 bytes', async () => {
    const path = pathOf(await api.send(createRequest(padded(minimalEvent, 65_536))));
    expectProblem(await api.send(createRequest(padded(minimalEvent, 65_537))), 'body-too-large');
    expect((await api.send(updateRequest(padded({ capacity: 5 }, 65_536), path))).status).toBe(200);
    expectProblem(await api.send(updateRequest(padded({ capacity: 6 }, 65_537), path)), 'body-too-large');
    expect(await api.send({ path, as: 'organizer' })).toMatchObject({ status: 200, body: { capacity: 5 } });
  });

  it('is counted in bytes, not characters', async () => {
    expectProblem(await api.send(createRequest('ü'.repeat(32_769))), 'body-too-large');
  });

  it('is checked before the content and after the role', async () => {
    expectProblem(await api.send(createRequest(Buffer.alloc(65_537, 0xff))), 'body-too-large');
    expectProblem(await api.send({ ...createRequest(Buffer.alloc(65_537, 0xff)), as: 'attendee' }), 'forbidden');
  });
});

describe('a chunked body', () => {
  let api: TestApi;
  let head: string;
  beforeAll(async () => {
    api = await startTestApi('socket');
    head = await headOf('POST', '/events');
  });
  afterAll(() => api.stop());

  const port = () => Number(new URL(api.url).port);
  const headOf = async (method: string, path: string, type = 'Content-Type: application/json\r\n') =>
    `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${await api.issuer.tokenFor('organizer')}\r\n${type}Transfer-Encoding: chunked\r\n`;
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

  it('may have 65,536 bytes in total', async () => {
    const client = await rawConnect(port());
    const text = padded(minimalEvent, 65_536);
    client.send(
      `${head}\r\n${chunk(text.slice(0, 7))}${chunk(text.slice(7, 40_000))}${chunk(text.slice(40_000))}0\r\n\r\n`,
    );
    expect(await client.until(/"eventId"/)).toMatch(/^HTTP\/1.1 201 /);
    client.socket.destroy();
  });

  it('is rejected at the first byte above the maximum size, and the connection closes', async () => {
    const client = await rawConnect(port());
    const text = padded(minimalEvent, 65_537);
    client.send(`${head}\r\n${chunk(text.slice(0, 60_000))}${chunk(text.slice(60_000))}`);
    const response = await client.closed();
    expect(response).toMatch(/^HTTP\/1.1 413 [^]*\r\nConnection: close\r\n[^]*"code":"body-too-large"/i);
    expect(response.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('is rejected even if it never ends, and the connection closes', async () => {
    const client = await rawConnect(port());
    client.send(`${head}\r\n`);
    const timer = setInterval(() => client.send(chunk('x'.repeat(10_000))), 1);
    const response = await client.closed().finally(() => clearInterval(timer));
    expect(response).toMatch(/^HTTP\/1.1 413 [^]*"code":"body-too-large"/);
  });

  it('is rejected at its first byte if its media type is unknown, and the connection closes', async () => {
    const client = await rawConnect(port());
    client.send(`${await headOf('POST', '/events', 'Content-Type: text/plain\r\n')}\r\n${chunk('x')}`);
    expect(await client.closed()).toMatch(/^HTTP\/1.1 415 [^]*"code":"unsupported-media-type"/);
  });

  it.each(['', 'Content-Type: application/json\r\n', 'Content-Type: text/plain\r\n'])(
    'counts as missing if it has no bytes (%j)',
    async (type) => {
      const path = pathOf(
        await api.send(
          createRequest({ ...minimalEvent, location: { kind: 'online', url: 'https://meet.example.com/riverside' } }),
        ),
      );
      await api.send({ method: 'POST', path: `${path}/publish`, as: 'organizer' });
      const client = await rawConnect(port());
      client.send(`${await headOf('POST', `${path}/cancel`, type)}\r\n0\r\n\r\n`);
      expect(await client.until(/"cancellation"/)).toMatch(/^HTTP\/1.1 200 /);
      client.send(`${await headOf('PATCH', path, type)}\r\n0\r\n\r\n`);
      expect(await client.until(/"invalid-request"/)).toContain('"errors":[{"pointer":"","code":"required"');
      client.socket.destroy();
    },
  );
});
