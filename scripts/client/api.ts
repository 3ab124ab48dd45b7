/** The API that the client's own checks call. */
import type { Logger } from '../../src/lib/log.ts';

/** Below a base path, as a client has to keep it. */
export const settings = { BASE_PATH: '/api/v1' } as const;

/** Only what went wrong is of interest there. */
export const silentLog: Logger = { info: () => {}, error: (fields) => console.error(fields) };
