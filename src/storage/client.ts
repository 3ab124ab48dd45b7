import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

import { Sha256 } from './signing-hash.ts';
import { timeBudget } from './timeouts.ts';

/** How long a client waits for a connection and for one attempt, in milliseconds, and how many attempts a call has. */
export interface Timeouts {
  readonly connect: number;
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** Where the database is, and with which credentials it is called. */
export interface ClientSettings {
  readonly region: string;
  /** By default, DynamoDB in `region`. */
  readonly endpoint?: string | undefined;
  /** By default, the SDK looks for them, first in the environment (where Lambda sets them). */
  readonly credentials?: DynamoDBClientConfig['credentials'] | undefined;
  readonly timeouts?: Timeouts;
}

/** The User-Agent of calls. */
const userAgent: [name: string, version: string][] = [['event-management-api', '1']];

/** Silent logger. `info` must be absent: its presence makes the SDK clone every input and output. */
const withoutInfo = { trace: () => {}, debug: () => {}, warn: () => {}, error: () => {} } as unknown as NonNullable<
  DynamoDBClientConfig['logger']
>;

/**
 * A client with every setting given: the SDK looks for missing ones in ini files, which costs time at the first call and lets a
 * file on the machine change how the API behaves.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function createClient({ region, endpoint, credentials, timeouts = timeBudget }: ClientSettings): DynamoDBClient {
  return new DynamoDBClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    ignoreConfiguredEndpointUrls: true,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    endpointDiscoveryEnabled: false,
    accountIdEndpointMode: 'disabled',
    authSchemePreference: [],
    userAgentAppId: async () => undefined,
    // The SDK's own provider describes the machine, and computes that description for each call.
    defaultUserAgentProvider: async () => userAgent,
    defaultsMode: 'standard',
    disableClockSkewCorrection: false,
    // The standard mode stops retrying while most calls fail (after some 35 failed retries), so that retries do not make an outage
    // worse. A call then fails at its first attempt, in the same way.
    retryMode: 'standard',
    maxAttempts: timeouts.maxAttempts,
    sha256: Sha256,
    logger: withoutInfo,
    requestHandler: {
      connectionTimeout: timeouts.connect,
      requestTimeout: timeouts.attempt,
      // By default the SDK only logs a warning and continues to wait.
      throwOnRequestTimeout: true,
      // The request timeout ends with the response's headers; this one covers a body that stalls.
      socketTimeout: timeouts.attempt,
      httpAgent: { keepAlive: true, maxSockets: 50 },
      httpsAgent: { keepAlive: true, maxSockets: 50 },
    },
  });
}
