/**
 * Simulates the parts of a Cognito user pool with a domain that a sign-in uses, as strict as Amazon's documentation describes them: the discovery
 * document (the issuer has a path, the endpoints are on another host, and PKCE is not mentioned) and the endpoints
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html).
 */
import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listen } from '../../../../scripts/stack/listen.ts';
import { accessTokenClaims, idTokenClaims } from '../../../../scripts/stack/identity/users.ts';
import type { Issuer } from './stack.ts';

export interface Cognito extends Issuer {
  /** The address of the pool's domain, where users sign in. */
  readonly domain: string;
  /** The requests that its endpoints have received. */
  readonly requests: readonly { readonly path: string; readonly parameters: Readonly<Record<string, string>> }[];
  /** Adds a page to the callback URLs and sign-out URLs of the app client. */
  allow(page: string): void;
}

const pool = '/us-east-1_AbCdEfGhI';
const clientId = '1example23456789';
const scopes = ['openid', 'email'];
const open = { 'Access-Control-Allow-Origin': '*' };

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...open, 'Content-Type': 'application/json;charset=UTF-8' }).end(JSON.stringify(body));
}

/** Starts a pool with one user, the organizer, and one app client. */
export async function startCognito(): Promise<Cognito> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  const requests: { path: string; parameters: Record<string, string> }[] = [];
  const allowed = new Set<string>();
  /** The parameters of each authorization code that has not been redeemed. */
  const codes = new Map<string, URLSearchParams>();
  const refreshTokens = new Set<string>();

  const directory = await listen(({ url }, response) => {
    if (url === `${pool}/.well-known/jwks.json`) return send(response, 200, { keys: [jwk] });
    if (url !== `${pool}/.well-known/openid-configuration`) return send(response, 400, { code: 'BadRequest' });
    send(response, 200, {
      authorization_endpoint: `${host.url}/oauth2/authorize`,
      end_session_endpoint: `${host.url}/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      revocation_endpoint: `${host.url}/oauth2/revoke`,
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint: `${host.url}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      userinfo_endpoint: `${host.url}/oauth2/userInfo`,
    });
  });
  const issuer = `${directory.url}${pool}`;

  const sign = (claims: object) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid })
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== clientId || !allowed.has(redirectUri))
      return void response.writeHead(400).end('redirect_mismatch');
    const error =
      query.get('response_type') !== 'code'
        ? 'unauthorized_client'
        : !(query.get('scope') ?? '').split(' ').every((scope) => scopes.includes(scope))
          ? 'invalid_scope'
          : query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge')
            ? 'invalid_request'
            : undefined;
    const state = query.get('state') ?? '';
    if (error)
      return void response
        .writeHead(302, { Location: `${redirectUri}?${new URLSearchParams({ error, state })}` })
        .end();
    const code = randomUUID();
    codes.set(code, query);
    // A link replaces the form for name and password.
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(`<!doctype html><a href="${redirectUri}?${new URLSearchParams({ code, state })}">organizer</a>`);
  }

  async function issueTokens(request: IncomingMessage, body: URLSearchParams, response: ServerResponse): Promise<void> {
    const { method, headers } = request;
    // A public client sends its id in the body, and no secret. A preflight request (`OPTIONS`) is rejected here too.
    const isPublic =
      method === 'POST' &&
      headers['content-type']?.startsWith('application/x-www-form-urlencoded') &&
      !headers.authorization &&
      !body.has('client_secret');
    if (!isPublic || body.get('client_id') !== clientId) return send(response, 400, { error: 'invalid_client' });
    const isRefresh = body.get('grant_type') === 'refresh_token';
    const authorization = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const isValidGrant = isRefresh
      ? refreshTokens.has(body.get('refresh_token') ?? '')
      : body.get('grant_type') === 'authorization_code' &&
        authorization?.get('code_challenge') === challenge &&
        authorization.get('redirect_uri') === body.get('redirect_uri');
    if (!isValidGrant) return send(response, 400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1_000);
    const nonce = authorization?.get('nonce');
    const refreshToken = randomUUID();
    refreshTokens.add(refreshToken);
    send(response, 200, {
      id_token: await sign({
        ...idTokenClaims('organizer', now),
        aud: clientId,
        at_hash: 'not verified',
        ...(nonce ? { nonce } : {}),
      }),
      access_token: await sign({
        ...accessTokenClaims('organizer', now),
        client_id: clientId,
        scope: scopes.join(' '),
      }),
      // Cognito keeps the refresh token and does not send it again.
      ...(isRefresh ? {} : { refresh_token: refreshToken }),
      expires_in: 3_600,
      token_type: 'Bearer',
    });
  }

  function logout(query: URLSearchParams, response: ServerResponse): void {
    const to = query.get('logout_uri') ?? '';
    if (query.get('client_id') !== clientId || !allowed.has(to))
      return void response.writeHead(400).end('Required String parameter is not present');
    response.writeHead(302, { Location: to }).end();
  }

  const host = await listen((request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    void text(request).then((body) => {
      const parameters = body === '' ? searchParams : new URLSearchParams(body);
      requests.push({ path, parameters: Object.fromEntries(parameters) });
      if (path === '/oauth2/authorize') return authorize(parameters, response);
      if (path === '/oauth2/token') return issueTokens(request, parameters, response);
      if (path === '/logout') return logout(parameters, response);
      response.writeHead(404).end();
    });
  });

  return {
    issuer,
    clientId,
    domain: host.url,
    requests,
    allow: (page) => void allowed.add(page),
    async stop() {
      await Promise.all([directory.close(), host.close()]);
    },
  };
}
