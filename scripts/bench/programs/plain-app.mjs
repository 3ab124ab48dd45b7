import express from 'express';
import { middleware } from 'express-openapi-validator';
import apiSpec from 'whole-contract';
import { readEvent, writeEvent } from './events.mjs';
import { requireToken } from './tokens.mjs';

export const app = express();
app.use(express.json());
app.use(async (request, _response, next) => {
  await requireToken(request.headers.authorization);
  next();
});
app.use(middleware({ apiSpec, validateApiSpec: true, validateRequests: true, validateSecurity: false }));
app.get('/events/:eventId', async (request, response) => {
  const event = await readEvent(request.params.eventId);
  response.status(event ? 200 : 404).json(event ?? { message: 'Not found' });
});
app.post('/events', async (request, response) => {
  response.status(201).json(await writeEvent(request.body));
});
app.use((error, _request, response, _next) =>
  response.status(error.status ?? 500).json({ message: error.message, errors: error.errors }),
);
