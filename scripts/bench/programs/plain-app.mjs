import express from 'express';
import { middleware } from 'express-openapi-validator';
import apiSpec from 'whole-contract';
import { readEvent, writeEvent } from './events.mjs';
import { logRequest, problemOf, problemType, requireToken } from './work.mjs';

const problem = (response, status, detail, errors) =>
  response
    .status(status)
    .type(problemType)
    .send(JSON.stringify(problemOf(status, detail, errors)));

export const app = express();
app.use((request, response, next) => {
  const { method, url } = request;
  const began = performance.now();
  response.once('finish', () => logRequest(method, url, response.statusCode, began));
  next();
});
app.use(express.json());
app.use(async (request, _response, next) => {
  await requireToken(request.headers.authorization);
  next();
});
app.use(middleware({ apiSpec, validateApiSpec: true, validateRequests: true, validateSecurity: false }));
app.get('/events/:eventId', async (request, response) => {
  const event = await readEvent(request.params.eventId);
  if (event) response.json(event);
  else problem(response, 404, 'Not found');
});
app.post('/events', async (request, response) => {
  response.status(201).json(await writeEvent(request.body));
});
app.use((error, _request, response, _next) => problem(response, error.status ?? 500, error.message, error.errors));
