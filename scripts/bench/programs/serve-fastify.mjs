import { app } from './fastify-app.mjs';
import { listening } from './listening.mjs';

listening(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
