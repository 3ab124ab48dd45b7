import { Hono } from 'hono';
import { readEvent, writeEvent } from './events.mjs';
import { errorsOfEvent, errorsOfId } from './validators.mjs';
import { logRequest, problemOf, problemType, requireToken } from './work.mjs';

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
  const errors = errorsOfId(eventId);
  if (errors) return problem(c, 400, 'Invalid id', errors);
  const event = await readEvent(eventId);
  return event ? c.json(event) : problem(c, 404, 'Not found');
});
app.post('/events', async (c) => {
  const body = await c.req.json();
  const errors = errorsOfEvent(body);
  return errors ? problem(c, 400, 'Invalid body', errors) : c.json(await writeEvent(body), 201);
});
app.onError((error, c) => problem(c, 500, error.message));
