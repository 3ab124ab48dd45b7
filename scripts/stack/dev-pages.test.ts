import type { Config } from '../../src/config.ts';
import { createDevPages } from './dev-pages.ts';
import { listen, type Listening } from './listen.ts';

let server: Listening;
beforeAll(async () => {
  const config = {
    basePath: '/api/v1',
    tokens: { issuer: 'http://127.0.0.1:9000', clientId: 'a-client' },
    groups: { organizer: 'Organizers' },
  } as unknown as Config;
  const pages = createDevPages(config);
  server = await listen((request, response) => {
    if (!pages(request, response)) response.writeHead(404).end();
  });
});
afterAll(() => server.close());

const paths = ['/docs/', '/example/', '/openapi.json', '/docs/llms.txt', '/api/v1/health'];

describe('the root of the development server', () => {
  it('leads a browser to the documentation, the example, the contract and the API', async () => {
    const response = await fetch(server.url, { headers: { accept: 'text/html,*/*' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const links = [...(await response.text()).matchAll(/<a href="([^"]+)"/g)].map(([, path]) => path);
    expect(links).toEqual(paths);
  });

  it('lists the same addresses in a terminal', async () => {
    const text = await (await fetch(server.url)).text();
    for (const path of paths) expect(text).toContain(`${server.url}${path}   `);
  });

  it('is served for GET and HEAD only, and only there', async () => {
    expect((await fetch(server.url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${server.url}/events`)).status).toBe(404);
  });
});
