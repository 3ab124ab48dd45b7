/**
 * Starts fetching the issuer's keys while the entry loads everything else: modules are evaluated in the order of their imports.
 */
import { fetchText } from '../auth/fetch-text.ts';
import { keyTimes } from '../auth/key-cache.ts';
import { loadConfig } from '../config.ts';

export const config = loadConfig(process.env);

/** The response of the issuer. Errors surface where it is awaited; the no-op `catch` prevents an unhandled rejection before that. */
export const firstKeys = fetchText(config.tokens.jwksUri, keyTimes.timeout);
firstKeys.catch(() => {});

// The request is sent only when the event loop turns, which loading the other modules would delay.
await new Promise(setImmediate);
