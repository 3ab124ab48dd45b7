import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { type Listening, listen } from '../../scripts/stack/listen.ts';
import { fetchText } from './fetch-text.ts';

/** A response that is longer is refused. */
const maxBytes = 262_144;
const timeoutMs = 2_000;

describe('fetchText', () => {
  let server: Listening | undefined;
  afterEach(() => server?.close());

  async function fetchFrom(respond: (response: ServerResponse, headers: IncomingHttpHeaders) => void): Promise<string> {
    server = await listen(({ headers }, response) => respond(response, headers));
    return fetchText(`${server.url}/keys`, timeoutMs);
  }

  // The two characters take one and three bytes.
  it.each(['a', '\u20ac'])(
    'returns a response of up to 262,144 bytes, and refuses a longer one: "%s"',
    async (character) => {
      const text =
        character.repeat(maxBytes / 3) + 'b'.repeat(maxBytes - Buffer.byteLength(character.repeat(maxBytes / 3)));
      expect(Buffer.byteLength(text)).toBe(maxBytes);
      expect(await fetchFrom((response) => response.end(text))).toBe(text);
      await server?.close();
      await expect(fetchFrom((response) => response.end(`${text}b`))).rejects.toThrow('too long');
    },
  );

  it('returns a text whose characters arrive in parts', async () => {
    const bytes = Buffer.from('{"kid":"schl\u00fcssel"}');
    const read = await fetchFrom((response) => {
      response.write(bytes.subarray(0, 13));
      setTimeout(() => response.end(bytes.subarray(13)), 20);
    });
    expect(read).toBe(bytes.toString());
  });

  it('asks for a JWK Set, and keeps no connection open', async () => {
    const headers = JSON.parse(await fetchFrom((response, sent) => response.end(JSON.stringify(sent)))) as object;
    expect(headers).toMatchObject({ accept: 'application/jwk-set+json, application/json', connection: 'close' });
  });

  it.each([201, 204, 301, 304, 404, 500, 503])('refuses a response with status %i', async (status) => {
    await expect(fetchFrom((response) => response.writeHead(status).end())).rejects.toThrow(`status ${status}`);
  });

  it('refuses a response that ends early', async () => {
    const refused = fetchFrom((response) => {
      response.writeHead(200, { 'Content-Length': '10' }).write('{');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(refused).rejects.toThrow();
  });
});
