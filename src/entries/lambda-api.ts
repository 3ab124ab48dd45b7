/**
 * The entry of the Lambda function: `index.handler` of the bundle. What the first request would have to make (a connection to the
 * database, a first verified signature) is made in INIT, which has more CPU.
 */
import { config, firstKeys } from './preload-api.ts'; // First: see there.
import { createApplication } from '../application.ts';
import { createLambdaHandler, gatewayOptions } from '../http/lambda.ts';
import { createLogger } from '../lib/log.ts';
import { timeBudget } from '../storage/timeouts.ts';

const { app, ready, warmUp } = createApplication(config, { ...gatewayOptions, log: createLogger(), firstKeys });
const handler = createLambdaHandler(app);

// No pause lies between INIT and the first request, so INIT waits here; but only for a moment.
const enough = new Promise((resolve) => setTimeout(resolve, timeBudget.initialKeys).unref());
await Promise.race([Promise.all([ready, warmUp()]), enough]);

export { handler };
