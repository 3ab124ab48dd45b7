/** What the local issuer does with an authorization request before it gives out a code. */
import { parseUrl } from '../../../src/lib/parse-url.ts';
import { choicePage, errorPage } from './authorize-pages.ts';
import { isUserName, localClientId } from './users.ts';

/** What becomes of a request: a page, a way back to the application, or a code for the user that it names. */
export type AuthorizationResult =
  { readonly page: string; readonly status: 200 | 400 } | { readonly redirect: string } | 'grant';

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether the local issuer may send somebody to this address: any port and path of this machine (RFC 8252, section 7.3), and
 * nothing else, so that a link from elsewhere takes no code away.
 */
export function isLoopbackRedirect(address: string | null): address is string {
  const url = address === null ? undefined : parseUrl(address);
  if (address === null || url === undefined) return false;
  const { protocol, hostname, username, hash } = url;
  return (
    protocol === 'http:' && loopbackHosts.has(hostname) && username === '' && hash === '' && !address.includes('#')
  );
}

/** SHA-256 in base64url, as `S256` makes it (RFC 7636, section 4.2). */
const challengePattern = /^[\w-]{43}$/;

/** What an application made wrong, as an error that it is told in the redirect (RFC 6749, section 4.1.2.1). */
function errorOf(query: URLSearchParams): { error: string; description: string } | undefined {
  if (query.get('response_type') !== 'code') {
    return { error: 'unsupported_response_type', description: 'Only response_type=code is supported.' };
  }
  if (query.get('code_challenge_method') !== 'S256' || !challengePattern.test(query.get('code_challenge') ?? '')) {
    return {
      error: 'invalid_request',
      description: 'PKCE is required: send a code_challenge with code_challenge_method=S256.',
    };
  }
  return undefined;
}

function backWith(query: URLSearchParams, error: string, description: string): string {
  const url = new URL(query.get('redirect_uri') ?? '');
  url.searchParams.set('error', error);
  url.searchParams.set('error_description', description);
  const state = query.get('state');
  if (state !== null) url.searchParams.set('state', state);
  return url.href;
}

/**
 * Validates an authorization request (RFC 6749, section 4.1.1, with PKCE, RFC 7636). If it is valid, `login_hint` names who signs in;
 * without it the visitor is asked.
 *
 * @param path the path of the endpoint, for the links of the page on which the visitor chooses
 */
export function validateAuthorization(path: string, query: URLSearchParams): AuthorizationResult {
  // An untrusted redirect address gets an error page instead of a redirect.
  if (query.get('client_id') !== localClientId) {
    return { status: 400, page: errorPage(`The client_id must be "${localClientId}".`) };
  }
  if (!isLoopbackRedirect(query.get('redirect_uri'))) {
    return {
      status: 400,
      page: errorPage('The redirect_uri must be an http address of this machine: 127.0.0.1, localhost or [::1].'),
    };
  }
  const invalid = errorOf(query);
  if (invalid !== undefined) return { redirect: backWith(query, invalid.error, invalid.description) };
  if (isUserName(query.get('login_hint'))) return 'grant';
  return {
    status: 200,
    page: choicePage(path, query, backWith(query, 'access_denied', 'The sign-in was left without a choice.')),
  };
}
