import { localClientId } from './users.ts';

/** An access token of the local user with a name, from the issuer that runs locally; throws an Error if it returns none. */
export async function fetchToken(issuer: string, user: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username: user, client_id: localClientId }),
    signal: AbortSignal.timeout(5_000),
  });
  const { access_token: token } = (await response.json()) as { access_token?: unknown };
  if (typeof token !== 'string') throw new Error(`The token issuer at ${issuer} returned no token for ${user}.`);
  return token;
}
