import { texts } from './texts.ts';

/** The configuration of the page, served next to it as `config.json`, so that one build works for every deployment. */
export interface Config {
  /** The token issuer, exactly as in its discovery document: a Cognito user pool, or the local issuer. */
  readonly issuer: string;
  /** The client id of this page at the issuer; a public client, without a secret. */
  readonly clientId: string;
  /** The base URL of the API, absolute or relative to the page. */
  readonly apiBaseUrl: string;
  /** The group of the issuer whose members are organizers. */
  readonly organizersGroup: string;
}

const names = ['issuer', 'clientId', 'apiBaseUrl', 'organizersGroup'] as const satisfies (keyof Config)[];

/** Why the page cannot be configured, as a message for the visitor. */
export class ConfigError extends Error {}

/**
 * Loads the configuration.
 *
 * @throws ConfigError if the file cannot be read or a property is missing
 */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('./config.json', { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  const found = (response?.ok ? await response.json().catch(() => undefined) : undefined) as
    Partial<Config> | undefined;
  if (!found) throw new ConfigError(texts.noConfig);
  const missing = names.filter((name) => typeof found[name] !== 'string');
  if (missing.length > 0) throw new ConfigError(texts.configLacks(missing.join(', ')));
  const config = found as Config;
  return { ...config, apiBaseUrl: new URL(config.apiBaseUrl, location.href).href.replace(/\/$/, '') };
}
