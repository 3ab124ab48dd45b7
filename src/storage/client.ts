import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

import { Sha256 } from './signing-hash.ts';
import { timeBudget } from './timeouts.ts';

/** How long a client waits for a connection and for one attempt, in milliseconds, and how many attempts a call has. */
export interface Timeouts {
  readonly connect: number;
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** Where the database is and who asks. */
export interface ClientSettings {
  readonly region: string;
  /** Absent: Amazon's, in `region`. */
  readonly endpoint?: string | undefined;
  /** Absent: the SDK's own search, which begins with the environment (where Lambda puts them). */
  readonly credentials?: DynamoDBClientConfig['credentials'] | undefined;
  readonly timeouts?: Timeouts;
}

/** How calls introduce themselves. */
const userAgent: [name: string, version: string][] = [['event-management-api', '1']];

/** Says nothing. Without `info`, as the SDK makes a copy of each input and output for it, whoever listens. */
const withoutInfo = { trace: () => {}, debug: () => {}, warn: () => {}, error: () => {} } as unknown as NonNullable<
  DynamoDBClientConfig['logger']
>;

/**
 * A client that decides everything itself: what is left out here, the SDK looks for in ini files, which costs time at the
 * first call and lets a file on the machine change how the API behaves.
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
    // The SDK would describe the machine, and find that description anew for each call.
    defaultUserAgentProvider: async () => userAgent,
    defaultsMode: 'standard',
    disableClockSkewCorrection: false,
    // The standard mode stops repeating while most calls fail (some 35 failed repetitions), so that an outage is not made
    // worse. A call then fails at its first attempt, in the same way.
    retryMode: 'standard',
    maxAttempts: timeouts.maxAttempts,
    sha256: Sha256,
    logger: withoutInfo,
    requestHandler: {
      connectionTimeout: timeouts.connect,
      requestTimeout: timeouts.attempt,
      // Without this the SDK only logs a warning and waits on.
      throwOnRequestTimeout: true,
      // The request's time-out ends with the answer's headers; a body that stalls is this one's.
      socketTimeout: timeouts.attempt,
      httpAgent: { keepAlive: true, maxSockets: 50 },
      httpsAgent: { keepAlive: true, maxSockets: 50 },
    },
  });
}
