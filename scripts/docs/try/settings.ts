/** Where the try-it page sends requests, and where its users sign in. */
import { parseUrl } from '../../../src/lib/parse-url.ts';

/** What the page must know of a deployment. */
export interface TrySettings {
  /** The URL of the API with its base path; a path is one on the host of the page. */
  readonly apiUrl: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  /** An OAuth 2.0 client that has no secret. */
  readonly clientId: string;
}

/** The environment variables, with the outputs of Terraform that have their values. */
const variables = {
  TRY_API_URL: 'api_url',
  TRY_ISSUER: 'authorizer_issuer',
  TRY_CLIENT_ID: 'cognito_client_id',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of a deployment, from `TRY_API_URL`, `TRY_ISSUER` and `TRY_CLIENT_ID`; undefined if none of them is set.
 *
 * @throws Error with one sentence if only some are set, if a URL is invalid, or if the issuer does not name its endpoints
 */
export async function trySettings(env: Environment): Promise<TrySettings | undefined> {
  const names = Object.keys(variables) as (keyof typeof variables)[];
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) {
    const outputs = missing.map((name) => `${name} (the output ${variables[name]} of Terraform)`);
    throw new Error(`The try-it page of a deployment also needs ${outputs.join(' and ')}.`);
  }
  const [apiUrl = '', issuer = '', clientId = ''] = names.map((name) => env[name]);
  if (!/^https?:$/.test(parseUrl(apiUrl)?.protocol ?? ''))
    throw new Error(`TRY_API_URL must be a URL, not "${apiUrl}".`);
  return { apiUrl, clientId, ...(await signInEndpoints(issuer)) };
}

/**
 * The endpoints of an issuer for a sign-in with a browser, from its discovery document.
 *
 * @throws Error with one sentence if the issuer does not respond, or does not name both
 */
export async function signInEndpoints(issuer: string): Promise<Pick<TrySettings, 'authorizationUrl' | 'tokenUrl'>> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    .then((response) => response.json() as Promise<Readonly<Record<string, string | undefined>>>)
    .catch((error: Error) => {
      throw new Error(`The issuer did not send ${url}: ${error.message}.`);
    });
  const { authorization_endpoint: authorizationUrl, token_endpoint: tokenUrl } = found;
  if (!authorizationUrl || !tokenUrl)
    throw new Error(`${url} names no endpoints for a sign-in: the user pool needs a domain.`);
  return { authorizationUrl, tokenUrl };
}
