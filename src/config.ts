/** The configuration of the application. Only this module reads the environment, once. */
import type { TokenSettings } from './auth/tokens.ts';
import { parseUrl } from './lib/parse-url.ts';
import { defaultTableName, forEachTable, type TableNames, tableNameVariable } from './storage/tables.ts';

/** All settings of the application. */
export interface Config {
  /** Where the Node.js server listens. Port 0 selects a free port. */
  readonly http: { readonly host: string; readonly port: number };
  /** The prefix of every path, such as `/api/v1`; empty if there is none. */
  readonly basePath: string;
  /** The origins whose web pages may call the Node.js server; on Lambda, the gateway handles cross-origin requests. */
  readonly corsOrigins: readonly string[];
  /** The request headers that those pages may send besides those of the contract. */
  readonly corsHeaders: readonly string[];
  readonly database: {
    readonly tableNames: TableNames;
    readonly region: string;
    /** The URL of another DynamoDB-compatible database; that of AWS if absent. */
    readonly endpoint?: string;
  };
  readonly tokens: TokenSettings;
  /** The group in the access token that has each role of the contract. */
  readonly groups: { readonly organizer: string };
  /** The version of the Lambda function, which Lambda sets. */
  readonly version?: string;
}

/** Settings are missing or invalid. The message names all of them and can be printed as it is. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One line for each setting, which starts with its name. */
  readonly errors: readonly string[];

  constructor(errors: readonly string[]) {
    super(`The configuration is invalid:\n${errors.map((error) => `  ${error}`).join('\n')}`);
    this.errors = errors;
  }
}

/** Returns the error in a value, as a text that follows the name of the setting; undefined if the value is valid. */
type Check = (value: string) => string | undefined;

/**
 * Reads the configuration. An empty value counts as absent, so that `PORT= command` unsets one.
 *
 * @throws ConfigError if settings are missing or invalid; it names all of them
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const errors: string[] = [];

  function optional(name: string, check: Check): string | undefined {
    const value = env[name] || undefined;
    const error = value === undefined ? undefined : check(value);
    if (error !== undefined) errors.push(`${name} ${error}`);
    return value;
  }
  function required(name: string, check: Check, meaning: string): string {
    const value = optional(name, check);
    if (value === undefined) errors.push(`${name} is missing: ${meaning}`);
    return value ?? '';
  }

  const endpoint = optional('DYNAMODB_ENDPOINT', checkEndpoint);
  const region =
    endpoint === undefined
      ? required('AWS_REGION', checkRegion, 'the region of the tables, such as us-east-1')
      : (optional('AWS_REGION', checkRegion) ?? 'us-east-1');
  const version = env['AWS_LAMBDA_FUNCTION_VERSION'];
  const issuer = required('TOKEN_ISSUER', checkIssuer, 'the URL of the token issuer, as in the claim iss');
  const config: Config = {
    http: { host: optional('HOST', checkHost) ?? '127.0.0.1', port: Number(optional('PORT', checkPort) ?? 3000) },
    basePath: optional('BASE_PATH', checkBasePath) ?? '',
    corsOrigins: listOf(optional('CORS_ORIGINS', checkOrigins)),
    corsHeaders: listOf(optional('CORS_HEADERS', checkHeaders)),
    database: {
      tableNames: forEachTable((name) => optional(tableNameVariable(name), checkTableName) ?? defaultTableName(name)),
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    tokens: {
      issuer,
      jwksUri: optional('TOKEN_JWKS_URI', checkTrustedUrl) ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
      clientId: required(
        'TOKEN_CLIENT_ID',
        checkWord,
        'the application whose tokens are accepted, as in the claim client_id',
      ),
    },
    groups: { organizer: optional('ORGANIZERS_GROUP', checkGroup) ?? 'Organizers' },
    ...(version ? { version } : {}),
  };
  if (errors.length > 0) throw new ConfigError(errors);
  return config;
}

function listOf(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function matches(pattern: RegExp, expected: string): Check {
  return (value) => (pattern.test(value) ? undefined : `must be ${expected}, not "${value}"`);
}

const checkHost = matches(/^[\w.:-]+$/, 'a host name or an address to listen on');
const checkRegion = matches(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'the name of an AWS region, such as us-east-1');
const checkBasePath = matches(/^(\/[\w.~-]+)+$/, 'a path such as /api/v1, without a trailing slash');
const checkTableName = matches(/^[\w.-]{3,255}$/, 'the name of a table (3 to 255 letters, digits, "_", "-" or ".")');
/** The names that Amazon Cognito allows for groups. */
const checkGroup = matches(
  /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u,
  '1 to 128 letters, digits, symbols or punctuation marks without spaces',
);
const checkWord = matches(/^\S{1,128}$/, '1 to 128 characters without spaces');

const checkPort: Check = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : `must be a port from 0 to 65535, not "${value}"`;

function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

const checkEndpoint: Check = (value) => {
  const url = parseUrl(value);
  return url !== undefined && isHttp(url) ? undefined : `must be a URL such as http://127.0.0.1:8000, not "${value}"`;
};

/** Keys that are fetched over plain HTTP could be replaced on the way, except on the same machine. */
const checkTrustedUrl: Check = (value) => {
  const url = parseUrl(value);
  const trusted = url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
  if (!trusted) return `must be an https URL (http is allowed only for this machine), not "${value}"`;
  return url.username === '' && url.password === '' ? undefined : 'must not contain a user name or a password';
};

/** OpenID Connect Core 1.0, section 2: an issuer has neither a query nor a fragment. */
const checkIssuer: Check = (value) =>
  checkTrustedUrl(value) ?? (/[?#]/.test(value) ? `must not have a query or a fragment, as in "${value}"` : undefined);

/**
 * RFC 6454, section 6.2: scheme, host and port as browsers send them, so that the comparison can be exact. Web views of apps have schemes
 * of their own, such as capacitor://localhost, for which `URL.origin` is "null".
 */
const checkOrigins: Check = (value) => {
  const invalid = listOf(value).filter((item) => {
    const url = parseUrl(item);
    if (url === undefined || url.protocol === 'file:') return true;
    return isHttp(url) ? url.origin !== item : !/^[a-z][\da-z+.-]*:\/\/[\da-z._-]+(:\d{1,5})?$/.test(item);
  });
  if (invalid.length === 0) return undefined;
  return `must list origins such as https://app.example.com, separated by commas; these are not origins: ${invalid.join(', ')}`;
};

/** RFC 9110, section 5.1: names of headers. `*` would allow all but Authorization (Fetch standard, section 4.9). */
const checkHeaders: Check = (value) => {
  const invalid = listOf(value).filter((item) => !/^[\w!#$%&'+.^`|~-]+$/.test(item));
  if (invalid.length === 0) return undefined;
  return `must list names of headers such as traceparent, separated by commas; these are not names: ${invalid.join(', ')}`;
};
