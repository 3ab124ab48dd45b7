import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';

import { rawConnect } from '../../../test/support/raw-client.ts';
import { asObject } from '../../../src/openapi/document.ts';
import { readContract } from '../../contract/read.ts';
import { defaultIdentityPort } from '../settings.ts';
import { startIdentity, type LocalIdentity } from './issuer.ts';
import { fetchToken } from './tokens.ts';
import { identityOf, localClientId, localUsers } from './users.ts';

const contract = 'openapi/openapi.yaml';
const folder = mkdtempSync(join(tmpdir(), 'identity-'));
const keyFile = join(folder, 'key.json');
const oneHour = 3_600;

let identity: LocalIdentity;

beforeAll(async () => {
  identity = await startIdentity({ port: 0, keyFile });
});

afterAll(async () => {
  await identity.stop();
  rmSync(folder, { recursive: true });
});

async function publishedKeys(issuer: string): Promise<JSONWebKeySet> {
  const response = await fetch(`${issuer}/.well-known/jwks.json`);
  return (await response.json()) as JSONWebKeySet;
}

describe('the local identity', () => {
  it('the local identity signs access tokens that its published keys verify and that are valid for one hour', async () => {
    const token = await fetchToken(identity.issuer, 'organizer');
    const { payload, protectedHeader } = await jwtVerify(
      token,
      createLocalJWKSet(await publishedKeys(identity.issuer)),
      {
        issuer: identity.issuer,
        algorithms: ['RS256'],
      },
    );
    expect(protectedHeader.kid).toBeDefined();
    expect(payload).toMatchObject({ sub: localUsers.organizer.sub, token_use: 'access', client_id: 'local-client' });
    expect(payload.aud).toBeUndefined();
    expect(payload.exp! - payload.iat!).toBe(oneHour);
  });

  it('the local identity publishes no private part of its key', async () => {
    const { keys } = await publishedKeys(identity.issuer);
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });

  it('the local identity has the same key after a restart', async () => {
    const before = await publishedKeys(identity.issuer);
    await identity.stop();
    identity = await startIdentity({ port: 0, keyFile });
    expect(await publishedKeys(identity.issuer)).toEqual(before);
  });

  it('the local identity responds to invalid request targets, and keeps running', async () => {
    for (const [target, status] of [
      ['//', 404],
      ['///authorize', 404],
      ['/\\\\', 404],
      ['http://[', 400],
      ['http://127.0.0.1/authorize', 400],
    ] as const) {
      const { socket, send, closed } = await rawConnect(identity.port);
      send(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      expect([target, (await closed()).slice(0, 12)]).toEqual([target, `HTTP/1.1 ${status}`]);
      socket.destroy();
    }
    expect(await fetchToken(identity.issuer, 'organizer')).toMatch(/^eyJ/);
  });

  it('the local identity signs tokens for an attendee of any name', async () => {
    const payload = decodeJwt(await fetchToken(identity.issuer, 'attendee2'));
    expect(payload).toMatchObject({ sub: identityOf('attendee2').sub, username: 'attendee2' });
    expect(payload).not.toHaveProperty('cognito:groups');
  });

  it('the local identity rejects what is not a name', async () => {
    const response = await fetch(`${identity.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', username: 'joe & co' }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description:
        'No such sign-in. The local users are: organizer, rival, attendee; any other name is another attendee. ' +
        'A name is a letter, then up to 63 letters, digits, dots, hyphens or underscores.',
    });
  });
});

const verifier = 'a-verifier-that-is-long-enough-for-everybody-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const callback = 'http://localhost:5173/callback';

/** An authorization request as an application makes it, with changes; `undefined` leaves a parameter out. */
async function authorize(changes: Record<string, string | undefined> = {}, path = '/authorize'): Promise<Response> {
  const query = {
    response_type: 'code',
    client_id: 'local-client',
    redirect_uri: callback,
    scope: 'openid',
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return fetch(`${identity.issuer}${path}?${new URLSearchParams(given)}`, { redirect: 'manual' });
}

const target = (response: Response) => new URL(response.headers.get('location')!);

async function codeFor(user: string): Promise<string> {
  return target(await authorize({ login_hint: user })).searchParams.get('code')!;
}

async function exchange(body: Record<string, string>): Promise<Response> {
  const request = {
    grant_type: 'authorization_code',
    client_id: 'local-client',
    redirect_uri: callback,
    code_verifier: verifier,
  };
  return fetch(`${identity.issuer}/token`, {
    method: 'POST',
    headers: { origin: 'http://localhost:5173' },
    body: new URLSearchParams({ ...request, ...body }),
  });
}

describe('the sign-in with a browser', () => {
  it('the contract has the addresses of the sign-in, and its client id', async () => {
    const document = await (await fetch(`${identity.issuer}/.well-known/openid-configuration`)).text();
    const atDefaultPort = document.replaceAll(`:${identity.port}/`, `:${defaultIdentityPort}/`);
    const { authorization_endpoint, token_endpoint } = JSON.parse(atDefaultPort) as Record<string, string>;
    const scheme = asObject(asObject(readContract(contract, contract).components?.['securitySchemes'])['signIn']);
    expect(asObject(scheme['flows'])['authorizationCode']).toEqual({
      authorizationUrl: authorization_endpoint,
      tokenUrl: token_endpoint,
      refreshUrl: token_endpoint,
      scopes: {},
    });
    expect(scheme['description']).toContain(`\`${localClientId}\``);
  });

  it('the sign-in asks who signs in, with a link for each user and one back', async () => {
    const response = await authorize();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const links = [...(await response.text()).matchAll(/href="([^"]*)"/g)].map(([, link]) =>
      link!.replaceAll('&amp;', '&'),
    );
    const users = links
      .filter((link) => link.startsWith('/authorize?'))
      .map((link) => new URLSearchParams(link.split('?')[1]).get('login_hint'));
    expect(users).toEqual(['organizer', 'rival', 'attendee', 'ada', 'jonas']);
    expect(links.at(-1)).toBe(
      `${callback}?error=access_denied&error_description=The+sign-in+was+left+without+a+choice.&state=state-1`,
    );
  });

  it('the sign-in page escapes everything from the request', async () => {
    const text = await (
      await authorize({ state: '"><script>alert(1)</script>', redirect_uri: "http://localhost:5173/it's" })
    ).text();
    expect(text).not.toContain('<script');
    // What an address may have in it, and HTML may not.
    expect(text).toContain('href="http://localhost:5173/it&#39;s?error=access_denied&amp;error_description=');
  });

  it('a code and its verifier are exchanged for tokens, with the nonce of the request', async () => {
    const back = target(await authorize({ login_hint: 'rival' }));
    expect(`${back.origin}${back.pathname}`).toBe(callback);
    expect(back.searchParams.get('state')).toBe('state-1');
    const response = await exchange({ code: back.searchParams.get('code')! });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const tokens = (await response.json()) as Record<string, string>;
    expect(decodeJwt(tokens['access_token']!)).toMatchObject({ sub: localUsers.rival.sub, token_use: 'access' });
    expect(decodeJwt(tokens['id_token']!)).toMatchObject({
      sub: localUsers.rival.sub,
      token_use: 'id',
      aud: 'local-client',
      nonce: 'nonce-1',
    });

    const renewed = await exchange({ grant_type: 'refresh_token', refresh_token: tokens['refresh_token']! });
    expect(decodeJwt(((await renewed.json()) as Record<string, string>)['access_token']!)).toMatchObject({
      sub: localUsers.rival.sub,
    });
  });

  it('a code is exchanged for tokens only once, with its verifier and for its address', async () => {
    const used = await codeFor('organizer');
    expect((await exchange({ code: used })).status).toBe(200);
    expect((await exchange({ code: used })).status).toBe(400);
    expect((await exchange({ code: await codeFor('organizer'), code_verifier: verifier.toUpperCase() })).status).toBe(
      400,
    );
    expect((await exchange({ code: await codeFor('organizer'), redirect_uri: 'http://localhost:5173/' })).status).toBe(
      400,
    );
    const withoutVerifier = new URLSearchParams({
      grant_type: 'authorization_code',
      redirect_uri: callback,
      code: await codeFor('organizer'),
    });
    expect((await fetch(`${identity.issuer}/token`, { method: 'POST', body: withoutVerifier })).status).toBe(400);
  });

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
  ])('the sign-in sends an error to the application that uses %s', async (_what, changes, error) => {
    const back = target(await authorize({ ...changes, login_hint: 'organizer' }));
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error, state: 'state-1' });
    expect(back.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['another host', 'http://attacker.example/callback'],
    ['a host that looks like this one', 'http://127.0.0.1.attacker.example/'],
    ['a user in front of the host', 'http://localhost@attacker.example/'],
    ['a user at this host', 'http://attacker@localhost:5173/'],
    ['no http', 'javascript:alert(1)'],
    ['another scheme with this host', 'intent://localhost/callback'],
    ['https, which nothing on this machine has', 'https://localhost:5173/'],
    ['a fragment', 'http://localhost:5173/#'],
    ['an address that is missing', undefined],
  ])('the sign-in never redirects to %s', async (_what, address) => {
    for (const path of ['/authorize', '/Authorize/']) {
      const response = await authorize({ redirect_uri: address, login_hint: 'organizer' }, path);
      expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    }
    const leaving = await fetch(
      `${identity.issuer}/endsession?${new URLSearchParams({ post_logout_redirect_uri: address ?? '' })}`,
      { redirect: 'manual' },
    );
    expect(leaving.status).toBe(400);
  });

  it('the sign-in rejects an unknown application', async () => {
    expect((await authorize({ client_id: 'other', login_hint: 'organizer' })).status).toBe(400);
  });
});
