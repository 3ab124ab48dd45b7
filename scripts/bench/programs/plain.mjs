/** Express with the whole express-openapi-validator, as people wire them. */
import { configure } from '@codegenie/serverless-express';
import { app } from './plain-app.mjs';

export const handler = configure({ app });
