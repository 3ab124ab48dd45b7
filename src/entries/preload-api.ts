/**
 * What the Lambda function begins with. Modules are evaluated in the order of their imports: while the entry loads everything
 * else, the issuer's keys are on their way.
 */
import { fetchText } from '../auth/fetch-text.ts';
import { keyTimes } from '../auth/key-cache.ts';
import { loadConfig } from '../config.ts';

export const config = loadConfig(process.env);

/** The answer of the issuer. Whoever awaits it says what is wrong with it; until then nobody does. */
export const firstKeys = fetchText(config.tokens.jwksUri, keyTimes.timeout);
firstKeys.catch(() => {});

// The request leaves only when the event loop turns, and loading what follows keeps it from that.
await new Promise(setImmediate);
