import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { dirname } from 'node:path';

import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';

import { pagePolicy, errorPage } from './authorize-pages.ts';
import { isLoopbackRedirect, validateAuthorization } from './authorize.ts';
import { listen } from '../listen.ts';
import { freePort, loopback, requireFreePort } from '../ports.ts';
import { accessTokenClaims, idTokenClaims, isUserName, localUserNames, userNameRule } from './users.ts';

/** Where the identity listens and what it keeps. */
export interface IdentityOptions {
  /** The port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The file that keeps the signing key, so that tokens outlive a restart; without it the key is new each time. */
  readonly keyFile?: string;
}

/** A running issuer of tokens. */
export interface LocalIdentity {
  /** The `iss` of its tokens; what belongs into `TOKEN_ISSUER`. Its keys are at `<issuer>/.well-known/jwks.json`. */
  readonly issuer: string;
  readonly port: number;
  /** Closes its port and its connections. */
  stop(): Promise<void>;
}

type Keys = OAuth2Issuer['keys'];
type SigningKey = Awaited<ReturnType<Keys['generate']>>;

async function loadKey(keys: Keys, file: string | undefined): Promise<void> {
  if (file !== undefined) {
    try {
      await keys.add(JSON.parse(readFileSync(file, 'utf8')) as SigningKey);
      return;
    } catch {
      // There is none yet, or it was cut off while being written: a new one is made.
    }
  }
  const key = await keys.generate('RS256');
  key.use = 'sig';
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(key), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

interface TokenRequest extends IncomingMessage {
  body: Record<string, unknown>;
}

/** Somebody who signed in, and to which address their code was sent. */
interface SignIn {
  /** The user's name. */
  readonly user: string;
  readonly redirectUri: string;
}

/** Where each endpoint is. Cognito publishes its keys at this path, and the API looks for them there for every issuer. */
const endpoints = { jwks: '/.well-known/jwks.json', authorize: '/authorize', endSession: '/endsession' };

/** The address of a target that begins with a slash. Not resolved against a base: `//` would be taken for a host. */
const urlOf = ({ url = '/' }: IncomingMessage) => new URL(`http://${loopback}${url}`);

/**
 * Makes the mock server's tokens look like Cognito's. Who signs in is the `username` of the password grant, or the `login_hint`
 * of the authorization request. Unlike the mock server alone, it gives tokens for a code only once, to the holder of the verifier.
 */
function issueLikeCognito(service: OAuth2Service): void {
  // Keyed by authorization code or refresh token.
  const signedIn = new Map<unknown, SignIn>();

  function userOf({ body }: TokenRequest): string | undefined {
    if (body['grant_type'] === 'password') return isUserName(body['username']) ? body['username'] : undefined;
    if (body['grant_type'] === 'refresh_token') return signedIn.get(body['refresh_token'])?.user;
    const signIn = signedIn.get(body['code']);
    // The mock server compares the verifier with the challenge, but only where there is one.
    const isTheirs = body['redirect_uri'] === signIn?.redirectUri && typeof body['code_verifier'] === 'string';
    return isTheirs ? signIn?.user : undefined;
  }

  service.on('beforeAuthorizeRedirect', ({ url }: { url: URL }, request: IncomingMessage) => {
    const query = urlOf(request).searchParams;
    const user = query.get('login_hint');
    if (isUserName(user))
      signedIn.set(url.searchParams.get('code'), { user, redirectUri: query.get('redirect_uri') ?? '' });
  });

  service.on('beforeTokenSigning', (token: { payload: Record<string, unknown> }, request: TokenRequest) => {
    const user = userOf(request);
    if (user === undefined) return;
    const { iss, iat, exp, nonce } = token.payload;
    // Without a client id in the request the ID token's audience is there, but undefined.
    const claims = 'aud' in token.payload ? idTokenClaims : accessTokenClaims;
    token.payload = { iss, iat, exp, ...claims(user, Number(iat)), ...(nonce === undefined ? {} : { nonce }) };
  });

  service.on(
    'beforeResponse',
    (response: { statusCode: number; body: Record<string, unknown> }, request: TokenRequest) => {
      const user = userOf(request);
      if (user !== undefined) {
        response.body['scope'] = 'aws.cognito.signin.user.admin';
        if (response.body['refresh_token'] !== undefined)
          signedIn.set(response.body['refresh_token'], { user, redirectUri: '' });
        signedIn.delete(request.body['code']);
        return;
      }
      response.statusCode = 400;
      response.body = {
        error: 'invalid_grant',
        error_description: `No such sign-in. The local users are: ${localUserNames}. A name is ${userNameRule}.`,
      };
    },
  );
}

function showPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
    'Content-Security-Policy': pagePolicy,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  });
  response.end(page);
}

/** Looks at what a browser is sent here for, and hands on the rest, and what is right, to the mock server. */
function inFrontOf(service: OAuth2Service): RequestListener {
  return (request, response) => {
    // The mock server would find its path in a whole URL as well.
    if (!request.url?.startsWith('/'))
      return showPage(response, 400, errorPage('The target of the request must be a path.'));
    const { pathname, searchParams } = urlOf(request);
    // The mock server's routes know neither case nor a slash at the end.
    const path = pathname.toLowerCase().replace(/\/+$/, '');
    if (path === endpoints.authorize) {
      const result = validateAuthorization(endpoints.authorize, searchParams);
      if (result === 'grant') service.requestHandler(request, response);
      else if ('page' in result) showPage(response, result.status, result.page);
      else response.writeHead(302, { Location: result.redirect, 'Cache-Control': 'no-store' }).end();
    } else if (path === endpoints.endSession && !isLoopbackRedirect(searchParams.get('post_logout_redirect_uri'))) {
      showPage(response, 400, errorPage('The post_logout_redirect_uri must be an http address of this machine.'));
    } else {
      service.requestHandler(request, response);
    }
  };
}

/**
 * Starts an OpenID Connect issuer on 127.0.0.1 whose access tokens have the shape of Cognito's and live one hour.
 *
 * @throws PortError when the port is taken
 */
export async function startIdentity({ port, keyFile }: IdentityOptions): Promise<LocalIdentity> {
  if (port !== 0) await requireFreePort(port, 'IDENTITY_PORT');
  const chosen = port === 0 ? await freePort() : port;
  const issuer = new OAuth2Issuer();
  issuer.url = `http://${loopback}:${chosen}`;
  await loadKey(issuer.keys, keyFile);
  const service = new OAuth2Service(issuer, endpoints);
  issueLikeCognito(service);
  const { close } = await listen(inFrontOf(service), chosen);
  return { issuer: issuer.url, port: chosen, stop: close };
}
