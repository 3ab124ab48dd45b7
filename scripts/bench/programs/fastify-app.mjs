import Fastify from 'fastify';
import * as contract from './contract.mjs';
import { readEvent, writeEvent } from './events.mjs';
import { requireToken } from './tokens.mjs';

export const app = Fastify({ ajv: { customOptions: { allErrors: true, discriminator: true, strict: false } } });
app.addHook('onRequest', async (request) => requireToken(request.headers.authorization));
app.get(
  '/events/:eventId',
  { schema: { params: { type: 'object', properties: { eventId: contract.eventId } } } },
  async ({ params }, reply) => {
    const event = await readEvent(params.eventId);
    return event ?? reply.code(404).send({ message: 'Not found' });
  },
);
app.post('/events', { schema: { body: contract.newEvent } }, async ({ body }, reply) =>
  reply.code(201).send(await writeEvent(body)),
);
