import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';

import { startIdentity, type LocalIdentity } from './identity.ts';
import { fetchToken } from './tokens.ts';
import { localUsers } from './users.ts';

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
  it('signs access tokens that its published keys verify and that live one hour', async () => {
    const token = await fetchToken(identity.issuer, 'organizer');
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(await publishedKeys(identity.issuer)), {
      issuer: identity.issuer,
      algorithms: ['RS256'],
    });
    expect(protectedHeader.kid).toBeDefined();
    expect(payload).toMatchObject({ sub: localUsers.organizer.sub, token_use: 'access', client_id: 'local-client' });
    expect(payload.aud).toBeUndefined();
    expect(payload.exp! - payload.iat!).toBe(oneHour);
  });

  it('publishes no private part of its key', async () => {
    const { keys } = await publishedKeys(identity.issuer);
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });

  it('keeps its key over a restart', async () => {
    const before = await publishedKeys(identity.issuer);
    await identity.stop();
    identity = await startIdentity({ port: 0, keyFile });
    expect(await publishedKeys(identity.issuer)).toEqual(before);
  });

  it('refuses a user that it does not know', async () => {
    const response = await fetch(`${identity.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', username: 'joe' }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'No such user or sign-in. The local users are: organizer, rival, attendee.',
    });
  });

  it('signs in whom the login hint of an authorization request names', async () => {
    const query = new URLSearchParams({
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1/callback',
      login_hint: 'rival',
    });
    const redirect = await fetch(`${identity.issuer}/authorize?${query}`, { redirect: 'manual' });
    const code = new URL(redirect.headers.get('location')!).searchParams.get('code')!;
    const response = await fetch(`${identity.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', code }),
    });
    const tokens = (await response.json()) as { access_token: string; id_token: string };
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: localUsers.rival.sub, token_use: 'access' });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: localUsers.rival.sub, token_use: 'id', aud: 'local-client' });
  });
});
