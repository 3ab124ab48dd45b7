import { localClientId, type LocalUser } from './users.ts';

/** An access token of a local user, from the issuer that runs locally; throws an Error when it gives none. */
export async function fetchToken(issuer: string, user: LocalUser): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username: user, client_id: localClientId }),
    signal: AbortSignal.timeout(5_000),
  });
  const { access_token: token } = (await response.json()) as { access_token?: unknown };
  if (typeof token !== 'string') throw new Error(`The identity at ${issuer} gives no token to ${user}.`);
  return token;
}
