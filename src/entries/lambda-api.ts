/**
 * The entry of the API's Lambda function: `index.handler` of the bundle. INIT, which has more CPU, opens the connection to the
 * database and verifies a first signature, so that the first request does not have to.
 */
import { config, firstKeys } from './preload-api.ts'; // Must be the first import: see there.
import { createApplication } from '../application.ts';
import { createLambdaHandler, gatewayOptions } from '../http/lambda.ts';
import { createLogger } from '../lib/log.ts';
import { timeBudget } from '../storage/timeouts.ts';

const { app, ready, warmUp } = createApplication(config, { ...gatewayOptions, log: createLogger(), firstKeys });
const handler = createLambdaHandler(app);

// The first request follows INIT immediately, so INIT waits here, but only briefly.
const briefly = new Promise((resolve) => setTimeout(resolve, timeBudget.initialKeys).unref());
await Promise.race([Promise.all([ready, warmUp()]), briefly]);

export { handler };
