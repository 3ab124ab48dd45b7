import Fastify from 'fastify';
import * as contract from './contract.mjs';
import { readEvent, writeEvent } from './events.mjs';
import { logRequest, problemOf, problemType, requireToken } from './work.mjs';

const problem = (reply, status, detail, errors) =>
  reply
    .code(status)
    .type(problemType)
    .send(problemOf(status, detail, errors));

export const app = Fastify({ ajv: { customOptions: { allErrors: true, discriminator: true, strict: false } } });
app.addHook('onRequest', async (request) => {
  request.began = performance.now();
  await requireToken(request.headers.authorization);
});
app.decorateRequest('began', 0);
app.addHook('onResponse', async ({ method, url, began }, { statusCode }) => logRequest(method, url, statusCode, began));
app.setErrorHandler((error, _request, reply) =>
  problem(reply, error.statusCode ?? 500, error.message, error.validation),
);
app.get(
  '/events/:eventId',
  { schema: { params: { type: 'object', properties: { eventId: contract.eventId } } } },
  async ({ params }, reply) => (await readEvent(params.eventId)) ?? problem(reply, 404, 'Not found'),
);
app.post('/events', { schema: { body: contract.newEvent } }, async ({ body }, reply) =>
  reply.code(201).send(await writeEvent(body)),
);
