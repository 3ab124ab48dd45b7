import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config.ts';
import { createDevPages } from './dev-pages.ts';
import { listen, type Listening } from './listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
let server: Listening;
let issuer: Listening;
beforeAll(async () => {
  issuer = await listen((_request, response) => {
    const endpoints = {
      authorization_endpoint: 'https://login.example.com/authorize',
      token_endpoint: `${issuer.url}/token`,
    };
    response.end(JSON.stringify(endpoints));
  });
  const config = {
    basePath: '/api/v1',
    tokens: { issuer: issuer.url, clientId: 'a-client' },
    groups: { organizer: 'Organizers' },
  } as unknown as Config;
  const pages = createDevPages(config, folder);
  server = await listen((request, response) => {
    if (!pages(request, response)) response.writeHead(404).end();
  });
});
afterAll(async () => {
  await Promise.all([server.close(), issuer.close()]);
  rmSync(folder, { recursive: true });
});

const paths = [
  '/organizer/',
  '/attend/',
  '/docs/',
  '/docs/try.html',
  '/openapi.json',
  '/docs/llms.txt',
  '/api/v1/health',
];

describe('the root of the development server', () => {
  it('leads a browser to the example, the documentation, the contract and the API', async () => {
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

describe('the try-it page of the development server', () => {
  const page = async () => {
    const response = await fetch(`${server.url}/docs/try.html`);
    return { status: response.status, text: await response.text() };
  };

  it('loads again by itself until the documentation is built', async () => {
    expect(await page()).toEqual({ status: 503, text: expect.stringContaining('http-equiv="refresh"') });
  });

  it('has the settings of the API, also its base path, and may connect to its issuer', async () => {
    writeFileSync(join(folder, 'try.js'), '');
    const { status, text } = await page();
    expect(status).toBe(200);
    expect(text).toContain('data-api-url="/api/v1/" data-authorization-url="https://login.example.com/authorize"');
    expect(text).toContain(`data-token-url="${issuer.url}/token" data-client-id="a-client"`);
    expect(text).toContain(`connect-src 'self' ${issuer.url};`);
  });

  it('names an issuer that does not respond', async () => {
    await issuer.close();
    expect(await page()).toEqual({
      status: 503,
      text: expect.stringContaining(`The issuer did not send ${issuer.url}`),
    });
  });
});
