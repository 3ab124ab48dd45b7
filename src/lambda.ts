/** The entry of the Lambda function: `index.handler` of the bundle. */
import { loadConfig } from './config.ts';
import { createLambdaHandler } from './lambda-handler.ts';
import { timeBudget } from './storage/time-budget.ts';

const { handler, ready } = createLambdaHandler(loadConfig(process.env));

// No pause lies between INIT and the first request, but INIT has more CPU: wait for the issuer's keys here, for a moment.
await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, timeBudget.initialKeys).unref())]);

export { handler };
