/**
 * Sign-in by authorization code with PKCE (RFC 6749, RFC 7636, OpenID Connect Core 1.0). Tokens stay in this module's memory:
 * a reload signs in again. What is stored during the redirect to the issuer contains no token, and is removed on return.
 */
import * as oauth from 'oauth4webapi';
import type { Config } from './config.ts';
import { texts } from './texts.ts';

/** The signed-in user. */
export interface User {
  /** The `sub` of the tokens, which is the `organizerId` of the API. */
  readonly id: string;
  readonly name: string;
  readonly isOrganizer: boolean;
}

/** The cause of a call that failed because a new sign-in is needed. */
export class SessionEnded extends Error {}

/** A signed-in visitor. */
export interface Session {
  readonly user: User;
  /** Returns the access token, refreshed if it has expired or was rejected. Rejects with `SessionEnded` if a new sign-in is needed. */
  token(options: { forceRefresh: boolean }): Promise<string>;
  /** Forgets the tokens and ends the session at the issuer too. */
  signOut(): void;
}

/** The state of a sign-in during the redirect. */
interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The fragment of the address to return to. */
  readonly hash: string;
}

const pendingKey = 'sign-in';
const refreshBeforeMs = 30_000;

/** The address of this page without query and fragment; the issuer must allow it as a redirect URI. */
const redirectUri = () => new URL('.', location.href).href;

function requestOptions(config: Config) {
  // Plain http is allowed only for an issuer on this machine.
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(config.issuer).hostname);
  return { [oauth.allowInsecureRequests]: isLocal, signal: () => AbortSignal.timeout(10_000) };
}

async function discover(config: Config): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(config.issuer);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, requestOptions(config)));
}

/**
 * Redirects to the issuer; the page starts again when the visitor returns.
 *
 * @param beforeRedirect called last, after the issuer has responded
 * @throws Error if the issuer does not respond
 */
export async function signIn(config: Config, beforeRedirect = () => {}): Promise<void> {
  const server = await discover(config);
  const pending: Pending = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    hash: location.hash,
  };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: redirectUri(),
    scope: 'openid email',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  }).toString();
  beforeRedirect();
  location.assign(url);
}

/** Returns and removes the pending sign-in, and removes the parameters of the issuer from the address. */
function takePendingSignIn(): { pending: Pending; parameters: URLSearchParams } | undefined {
  const stored = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  const parameters = new URL(location.href).searchParams;
  if (!parameters.has('code') && !parameters.has('error')) return undefined;
  const pending = stored === null ? undefined : (JSON.parse(stored) as Pending);
  history.replaceState(null, '', redirectUri() + (pending?.hash ?? ''));
  return pending && { pending, parameters };
}

/**
 * Completes a sign-in after the redirect from the issuer.
 *
 * @returns the session; undefined if no sign-in was pending
 * @throws Error if the sign-in failed; `explainSignIn` returns the message
 */
export async function completeSignIn(config: Config): Promise<Session | undefined> {
  const returned = takePendingSignIn();
  if (!returned) return undefined;
  const { pending, parameters: received } = returned;
  const server = await discover(config);
  const client: oauth.Client = { client_id: config.clientId };
  const parameters = oauth.validateAuthResponse(server, client, received, pending.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(),
    pending.verifier,
    requestOptions(config),
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: pending.nonce,
    requireIdToken: true,
  });
  return createSession(config, server, client, tokens);
}

function createSession(
  config: Config,
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  initialTokens: oauth.TokenEndpointResponse,
): Session {
  let tokens = initialTokens;
  let expiresAt = expiryOf(initialTokens);
  let refreshing: Promise<string> | undefined;

  async function refresh(): Promise<string> {
    const refreshToken = tokens.refresh_token;
    if (refreshToken === undefined) throw new SessionEnded();
    const response = await oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      refreshToken,
      requestOptions(config),
    );
    const refreshed = await oauth.processRefreshTokenResponse(server, client, response);
    // Cognito keeps the refresh token; other issuers may send a new one each time.
    tokens = { ...refreshed, refresh_token: refreshed.refresh_token ?? refreshToken };
    expiresAt = expiryOf(refreshed);
    return tokens.access_token;
  }

  return {
    user: userOf(initialTokens, config),
    token({ forceRefresh }) {
      if (!forceRefresh && Date.now() < expiresAt - refreshBeforeMs) return Promise.resolve(tokens.access_token);
      refreshing ??= refresh()
        // The issuer reports that the session has ended; any other error may be temporary.
        .catch((error: unknown) => {
          throw error instanceof oauth.ResponseBodyError ? new SessionEnded() : error;
        })
        .finally(() => (refreshing = undefined));
      return refreshing;
    },
    signOut() {
      const url = new URL(server.end_session_endpoint ?? redirectUri());
      if (server.end_session_endpoint) {
        // `logout_uri` is Cognito's name for it.
        url.search = new URLSearchParams({
          client_id: config.clientId,
          post_logout_redirect_uri: redirectUri(),
          logout_uri: redirectUri(),
        }).toString();
      }
      location.assign(url);
    },
  };
}

const expiryOf = (tokens: oauth.TokenEndpointResponse) => Date.now() + (tokens.expires_in ?? 300) * 1_000;

function userOf(tokens: oauth.TokenEndpointResponse, config: Config): User {
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (!claims) throw new Error('The issuer did not send an ID token.');
  const names = [claims['email'], claims['cognito:username'], claims.sub];
  const groups = claims['cognito:groups'];
  return {
    id: claims.sub,
    name: names.find((name) => typeof name === 'string') as string,
    isOrganizer: Array.isArray(groups) && groups.includes(config.organizersGroup),
  };
}

/** The reason for a failed sign-in, as a message for the visitor. */
export function explainSignIn(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied') return texts.signInLeft;
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    return texts.signInRefused(error.error_description ?? error.error);
  }
  return texts.signInFailed;
}
