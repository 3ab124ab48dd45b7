/** Fastify with its own validation. */
import awsLambdaFastify from '@fastify/aws-lambda';
import { app } from './fastify-app.mjs';

export const handler = awsLambdaFastify(app);
await app.ready();
