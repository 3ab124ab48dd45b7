/** The configuration of the application, read from the environment once, here and nowhere else. */
import type { TokenSettings } from './auth/tokens.ts';
import { defaultTableName, forEachTable, type TableNames, tableNameVariable } from './storage/tables.ts';

/** Everything that can be set from outside. */
export interface Config {
  /** Where the plain server listens. Port 0 takes a free one. */
  readonly http: { readonly host: string; readonly port: number };
  /** What stands before every path, such as `/api/v1`; empty where nothing does. */
  readonly basePath: string;
  /** The origins of the web pages that may call; the plain server only, on Lambda the gateway answers them. */
  readonly corsOrigins: readonly string[];
  readonly database: {
    readonly tableNames: TableNames;
    readonly region: string;
    /** Another DynamoDB than Amazon's. */
    readonly endpoint?: string;
  };
  readonly tokens: TokenSettings;
  /** The group of the issuer that has each role of the contract. */
  readonly groups: { readonly organizer: string };
}

/** Settings are missing or wrong. The message names all of them and is fit to be printed to whoever starts the process. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One line for each setting, beginning with its name. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Says what is wrong with a value, in words that follow the name of its setting; undefined where it is right. */
type Check = (value: string) => string | undefined;

/**
 * Reads the configuration. An empty value counts as absent, so that `PORT= command` unsets one.
 *
 * @throws ConfigError which names all settings that are missing or wrong, not only the first
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];

  function optional(name: string, check: Check): string | undefined {
    const value = env[name] || undefined;
    const fault = value === undefined ? undefined : check(value);
    if (fault !== undefined) faults.push(`${name} ${fault}`);
    return value;
  }
  function required(name: string, check: Check, meaning: string): string {
    const value = optional(name, check);
    if (value === undefined) faults.push(`${name} is missing: ${meaning}`);
    return value ?? '';
  }

  const endpoint = optional('DYNAMODB_ENDPOINT', isEndpoint);
  const region =
    endpoint === undefined
      ? required('AWS_REGION', isRegion, 'the region of the tables, such as us-east-1')
      : (optional('AWS_REGION', isRegion) ?? 'us-east-1');
  const issuer = required('TOKEN_ISSUER', isIssuer, 'the URL of the token issuer, as it stands in the claim iss');
  const config: Config = {
    http: { host: optional('HOST', isHost) ?? '127.0.0.1', port: Number(optional('PORT', isPort) ?? 3000) },
    basePath: optional('BASE_PATH', isBasePath) ?? '',
    corsOrigins: listOf(optional('CORS_ORIGINS', areOrigins)),
    database: {
      tableNames: forEachTable((name) => optional(tableNameVariable(name), isTableName) ?? defaultTableName(name)),
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    tokens: {
      issuer,
      jwksUri: optional('TOKEN_JWKS_URI', isTrustedUrl) ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
      clientId: required(
        'TOKEN_CLIENT_ID',
        isWord,
        'the application whose tokens are accepted, as in the claim client_id',
      ),
    },
    groups: { organizer: optional('ORGANIZERS_GROUP', isWord) ?? 'Organizers' },
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function listOf(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function matches(pattern: RegExp, wanted: string): Check {
  return (value) => (pattern.test(value) ? undefined : `must be ${wanted}, not "${value}"`);
}

const isHost = matches(/^[\w.:-]+$/, 'a host name or an address to listen on');
const isRegion = matches(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'the name of an AWS region, such as us-east-1');
const isBasePath = matches(/^(\/[\w.~-]+)+$/, 'a path such as /api/v1, without a slash at its end');
const isTableName = matches(/^[\w.-]{3,255}$/, 'the name of a table (3 to 255 letters, digits, "_", "-" or ".")');
const isWord = matches(/^\S{1,128}$/, 'up to 128 characters without a space');

const isPort: Check = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : `must be a port from 0 to 65535, not "${value}"`;

function urlOf(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

const isEndpoint: Check = (value) => {
  const url = urlOf(value);
  return url !== undefined && isHttp(url) ? undefined : `must be a URL such as http://127.0.0.1:8000, not "${value}"`;
};

/** Keys that come over plain HTTP could be anybody's; on the same machine there is nobody in between. */
const isTrustedUrl: Check = (value) => {
  const url = urlOf(value);
  const trusted = url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
  if (!trusted) return `must be an https URL (http only on this machine), not "${value}"`;
  return url.username === '' && url.password === '' ? undefined : 'must not contain a user or a password';
};

/** OpenID Connect Core 1.0, section 2: an issuer has neither a query nor a fragment. */
const isIssuer: Check = (value) =>
  isTrustedUrl(value) ??
  (/[?#]/.test(value) ? `must have neither a query nor a fragment, unlike "${value}"` : undefined);

/** RFC 6454, section 6.2: scheme, host and port as browsers send them, so that the comparison can be exact. */
const areOrigins: Check = (value) => {
  const wrong = listOf(value).filter((item) => {
    const url = urlOf(item);
    return url === undefined || !isHttp(url) || url.origin !== item;
  });
  if (wrong.length === 0) return undefined;
  return `must list origins such as https://app.example.com, separated by commas ("*" is none); these are wrong: ${wrong.join(', ')}`;
};
