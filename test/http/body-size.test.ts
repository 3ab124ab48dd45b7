import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { rawConnect } from '../support/raw-client.ts';
import { change, creation, leastEvent, pathOf } from '../support/writes.ts';

/** A body of so many bytes, most of them blanks. */
const padded = (body: object, bytes: number) => JSON.stringify(body).padEnd(bytes, ' ');

describe.each(transports)('sizes of bodies (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('takes 65,536 bytes and not one more', async () => {
    const path = pathOf(await api.send(creation(padded(leastEvent, 65_536))));
    expectProblem(await api.send(creation(padded(leastEvent, 65_537))), 'body-too-large');
    expect((await api.send(change(padded({ capacity: 5 }, 65_536), path))).status).toBe(200);
    expectProblem(await api.send(change(padded({ capacity: 6 }, 65_537), path)), 'body-too-large');
    expect(await api.send({ path, as: 'organizer' })).toMatchObject({ status: 200, body: { capacity: 5 } });
  });

  it('counts bytes, not characters', async () => {
    expectProblem(await api.send(creation('ü'.repeat(32_769))), 'body-too-large');
  });

  it('judges the size before the content, and the role before the size', async () => {
    expectProblem(await api.send(creation(Buffer.alloc(65_537, 0xff))), 'body-too-large');
    expectProblem(await api.send({ ...creation(Buffer.alloc(65_537, 0xff)), as: 'attendee' }), 'forbidden');
  });
});

describe('bodies in chunks', () => {
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

  it('may have 65,536 bytes in all', async () => {
    const client = await rawConnect(port());
    const text = padded(leastEvent, 65_536);
    client.send(
      `${head}\r\n${chunk(text.slice(0, 7))}${chunk(text.slice(7, 40_000))}${chunk(text.slice(40_000))}0\r\n\r\n`,
    );
    expect(await client.until(/"eventId"/)).toMatch(/^HTTP\/1.1 201 /);
    client.socket.destroy();
  });

  it('are refused with the first byte too many, and the connection ends', async () => {
    const client = await rawConnect(port());
    const text = padded(leastEvent, 65_537);
    client.send(`${head}\r\n${chunk(text.slice(0, 60_000))}${chunk(text.slice(60_000))}`);
    const answer = await client.closed();
    expect(answer).toMatch(/^HTTP\/1.1 413 [^]*\r\nConnection: close\r\n[^]*"code":"body-too-large"/i);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('are refused although they never end, and the connection ends', async () => {
    const client = await rawConnect(port());
    client.send(`${head}\r\n`);
    const timer = setInterval(() => client.send(chunk('x'.repeat(10_000))), 1);
    const answer = await client.closed().finally(() => clearInterval(timer));
    expect(answer).toMatch(/^HTTP\/1.1 413 [^]*"code":"body-too-large"/);
  });

  it('of an unknown type are refused with their first byte, and the connection ends', async () => {
    const client = await rawConnect(port());
    client.send(`${await headOf('POST', '/events', 'Content-Type: text/plain\r\n')}\r\n${chunk('x')}`);
    expect(await client.closed()).toMatch(/^HTTP\/1.1 415 [^]*"code":"unsupported-media-type"/);
  });

  it.each(['', 'Content-Type: application/json\r\n', 'Content-Type: text/plain\r\n'])(
    'without any byte are no body (%j)',
    async (type) => {
      const path = pathOf(
        await api.send(
          creation({ ...leastEvent, location: { kind: 'online', url: 'https://meet.example.com/riverside' } }),
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
