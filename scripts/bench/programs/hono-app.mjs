import { Hono } from 'hono';
import { ajv } from './ajv.mjs';
import * as contract from './contract.mjs';
import { readEvent, writeEvent } from './events.mjs';
import { logRequest, problemOf, problemType, requireToken } from './work.mjs';

const isNewEvent = ajv.compile(contract.newEvent);
const isEventId = ajv.compile(contract.eventId);

const problem = (c, status, detail, errors) =>
  c.body(JSON.stringify(problemOf(status, detail, errors)), status, { 'content-type': problemType });

export const app = new Hono();
app.use(async (c, next) => {
  const began = performance.now();
  await requireToken(c.req.header('authorization'));
  await next();
  logRequest(c.req.method, c.req.path, c.res.status, began);
});
app.get('/events/:eventId', async (c) => {
  const eventId = c.req.param('eventId');
  if (!isEventId(eventId)) return problem(c, 400, 'Invalid id', isEventId.errors);
  const event = await readEvent(eventId);
  return event ? c.json(event) : problem(c, 404, 'Not found');
});
app.post('/events', async (c) => {
  const body = await c.req.json();
  return isNewEvent(body) ? c.json(await writeEvent(body), 201) : problem(c, 400, 'Invalid body', isNewEvent.errors);
});
app.onError((error, c) => problem(c, 500, error.message));
