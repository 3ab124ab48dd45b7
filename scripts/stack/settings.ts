import { loopback } from './ports.ts';

/** What can be set for the local stack, all through environment variables. */
export interface LocalSettings {
  /** `PORT`: the API's. */
  readonly port: number;
  /** `DYNAMODB_PORT`. */
  readonly databasePort: number;
  /** `IDENTITY_PORT`. */
  readonly identityPort: number;
  /** `DYNAMODB_ENDPOINT`: another database; then none is started. */
  readonly databaseEndpoint: string | undefined;
  /** `TOKEN_ISSUER`: another issuer; then none is started. */
  readonly issuer: string | undefined;
  /** `BASE_PATH`: the prefix of every path of the API. */
  readonly basePath: string;
  /** `CORS_ORIGINS`: whose pages may call the API; by default those that Vite serves during development. */
  readonly corsOrigins: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The default of `IDENTITY_PORT`. */
export const defaultIdentityPort = 9000;

/** The port that the variable `name` holds, or `fallback`; throws an Error with one sentence when it is not a port. */
export function portFrom(env: Environment, name: string, fallback: number): number {
  const text = env[name] || String(fallback);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new Error(`${name} must be a port between 1 and 65535, not "${text}".`);
}

/** Reads the settings; throws an Error with one sentence that names what is wrong. */
export function localSettings(env: Environment): LocalSettings {
  const settings = {
    port: portFrom(env, 'PORT', 3000),
    databasePort: portFrom(env, 'DYNAMODB_PORT', 8000),
    identityPort: portFrom(env, 'IDENTITY_PORT', defaultIdentityPort),
    databaseEndpoint: env['DYNAMODB_ENDPOINT'] || undefined,
    issuer: env['TOKEN_ISSUER'] || undefined,
    basePath: env['BASE_PATH'] ?? '',
    corsOrigins: env['CORS_ORIGINS'] ?? 'http://localhost:5173',
  };
  const { port, databasePort, identityPort } = settings;
  if (new Set([port, databasePort, identityPort]).size < 3) {
    throw new Error(`PORT (${port}), DYNAMODB_PORT (${databasePort}) and IDENTITY_PORT (${identityPort}) must differ.`);
  }
  return settings;
}

/** The URL of the API, including the base path. */
export function apiUrl({ port, basePath }: LocalSettings): string {
  return `http://${loopback}:${port}${basePath}`;
}
