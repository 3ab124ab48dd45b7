import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';

import { OAuth2Server, type OAuth2Service } from 'oauth2-mock-server';

import { freePort, loopback, requireFreePort } from './ports.ts';
import { accessTokenClaims, idTokenClaims, isLocalUser, localUserNames, type LocalUser } from './users.ts';

export { localClientId, localUsers } from './users.ts';

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

type Keys = OAuth2Server['issuer']['keys'];
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

/**
 * Makes the mock server's tokens look like Cognito's. Who signs in is the `username` of the password grant, or the `login_hint`
 * of the authorization request (`organizer` without one).
 */
function issueLikeCognito(service: OAuth2Service): void {
  // Keyed by authorization code or refresh token.
  const signedIn = new Map<unknown, LocalUser>();

  function userOf({ body }: TokenRequest): LocalUser | undefined {
    const name =
      body['grant_type'] === 'password' ? body['username'] : signedIn.get(body['code'] ?? body['refresh_token']);
    return isLocalUser(name) ? name : undefined;
  }

  service.on('beforeAuthorizeRedirect', ({ url }: { url: URL }, request: IncomingMessage) => {
    const hint = new URL(request.url ?? '/', `http://${loopback}`).searchParams.get('login_hint');
    signedIn.set(url.searchParams.get('code'), isLocalUser(hint) ? hint : 'organizer');
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
        if (response.body['refresh_token'] !== undefined) signedIn.set(response.body['refresh_token'], user);
        signedIn.delete(request.body['code']);
        return;
      }
      response.statusCode = 400;
      response.body = {
        error: 'invalid_grant',
        error_description: `No such user or sign-in. The local users are: ${localUserNames}.`,
      };
    },
  );
}

/**
 * Starts an OpenID Connect issuer on 127.0.0.1 whose access tokens have the shape of Cognito's and live one hour.
 *
 * @throws PortError when the port is taken
 */
export async function startIdentity({ port, keyFile }: IdentityOptions): Promise<LocalIdentity> {
  if (port !== 0) await requireFreePort(port, 'IDENTITY_PORT');
  const chosen = port === 0 ? await freePort() : port;
  // Cognito publishes its keys at this path, and the API looks for them there whatever the issuer.
  const server = new OAuth2Server(undefined, undefined, { endpoints: { jwks: '/.well-known/jwks.json' } });
  const issuer = `http://${loopback}:${chosen}`;
  server.issuer.url = issuer;
  await loadKey(server.issuer.keys, keyFile);
  issueLikeCognito(server.service);
  await server.start(chosen, loopback);
  return { issuer, port: chosen, stop: () => server.stop() };
}
