/** The API that the checks of the client call. */
import type { Logger } from '../../src/lib/log.ts';

/** With a base path, because a client must keep it. */
export const settings = { BASE_PATH: '/api/v1' } as const;

/** Prints errors only. */
export const silentLog: Logger = { info: () => {}, error: (fields) => console.error(fields) };
