import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Config } from '../../src/config.ts';
import { rawConnect } from '../../test/support/raw-client.ts';
import { createExample } from './serve.ts';
import { listen, type Listening } from '../stack/listen.ts';

const root = mkdtempSync(join(tmpdir(), 'example-'));
const folder = join(root, 'built');
const servers: Listening[] = [];

async function start(listener: RequestListener): Promise<string> {
  const server = await listen(listener);
  servers.push(server);
  return server.url;
}

/** Serves the example for an issuer, with a base path in front of the API. */
function serve(issuer: string, built = folder): Promise<string> {
  const config = {
    basePath: '/api/v1',
    tokens: { issuer, clientId: 'a-client' },
    groups: { organizer: 'Hosts' },
  } as unknown as Config;
  return start(createExample(config, built));
}

beforeAll(() => {
  mkdirSync(join(folder, 'organizer'), { recursive: true });
  writeFileSync(join(folder, 'organizer/index.html'), '<!doctype html><title>Organizer</title>');
  writeFileSync(join(root, 'secret.txt'), 'secret');
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(root, { recursive: true });
});

const discovery = JSON.stringify({
  authorization_endpoint: 'https://pool.auth.example.com/oauth2/authorize',
  token_endpoint: 'https://pool.auth.example.com/oauth2/token',
});

const policyOf = async (url: string) => (await fetch(`${url}/organizer/`)).headers.get('content-security-policy');

describe('the example on the development server', () => {
  it('has a config.json with the settings of the server', async () => {
    const response = await fetch(`${await serve('http://127.0.0.1:9')}/attend/config.json`);
    expect(await response.json()).toEqual({
      issuer: 'http://127.0.0.1:9',
      clientId: 'a-client',
      apiBaseUrl: '/api/v1/',
      organizersGroup: 'Hosts',
    });
  });

  it('can connect to the token endpoint, which with Cognito is not on the host of the issuer', async () => {
    const issuer = await start((_request, response) => response.end(discovery));
    expect(await policyOf(await serve(issuer))).toContain(
      `connect-src 'self' ${issuer} https://pool.auth.example.com;`,
    );
  });

  it('has a policy that allows nothing else', async () => {
    const policy = (await policyOf(await serve('http://127.0.0.1:9'))) ?? '';
    expect(policy.split('; ').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self' http://127.0.0.1:9",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self' https:",
      "require-trusted-types-for 'script'",
      "script-src 'self'",
      "style-src 'self'",
      'trusted-types structured-data service-worker',
      "worker-src 'self'",
    ]);
  });

  it('is not taken for another type, and passes no address on', async () => {
    const url = await serve('http://127.0.0.1:9');
    for (const path of ['/organizer/', '/attend/', '/attend/config.json', '/attend/nothing.js'])
      expect([path, Object.fromEntries((await fetch(url + path)).headers)]).toMatchObject([
        path,
        { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache' },
      ]);
  });

  it('fetches the discovery document again if the issuer did not respond', async () => {
    let isUp = false;
    const issuer = await start((_request, response) => {
      if (isUp) response.end(discovery);
      else response.writeHead(503).end();
    });
    const url = await serve(issuer);
    expect(await policyOf(url)).toContain(`connect-src 'self' ${issuer};`);
    isUp = true;
    expect(await policyOf(url)).toContain('https://pool.auth.example.com');
  });

  it('serves the page, but no files outside its folder', async () => {
    const url = await serve('http://127.0.0.1:9');
    expect(await (await fetch(`${url}/organizer`)).text()).toContain('Organizer');
    for (const path of [
      '/organizer/../secret.txt',
      '/organizer/%2e%2e/secret.txt',
      '/organizer/..%2fsecret.txt',
      '/organizer/nothing.js',
    ]) {
      // `fetch` would resolve the dots before sending.
      const { send, closed } = await rawConnect(Number(new URL(url).port));
      send(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      expect([path, await closed()]).toEqual([path, expect.stringMatching(/^HTTP\/1.1 40[34] /)]);
    }
  });

  it('shows that it is being built until the build is complete', async () => {
    const response = await fetch(`${await serve('http://127.0.0.1:9', join(root, 'nothing'))}/organizer/`);
    expect(response.status).toBe(503);
    // The page requests nothing, not even an icon, so that the browser's console stays empty.
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; img-src data:");
    const text = await response.text();
    expect(text).toContain('being built');
    expect(text.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="data:,"']);
  });
});
