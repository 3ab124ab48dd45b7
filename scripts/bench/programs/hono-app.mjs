import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { Hono } from 'hono';
import * as contract from './contract.mjs';
import { readEvent, writeEvent } from './events.mjs';
import { requireToken } from './tokens.mjs';

const ajv = addFormats(new Ajv({ allErrors: true, discriminator: true, strict: false }));
const isNewEvent = ajv.compile(contract.newEvent);
const isEventId = ajv.compile(contract.eventId);

export const app = new Hono();
app.use(async (c, next) => {
  await requireToken(c.req.header('authorization'));
  await next();
});
app.get('/events/:eventId', async (c) => {
  const eventId = c.req.param('eventId');
  if (!isEventId(eventId)) return c.json(isEventId.errors, 400);
  const event = await readEvent(eventId);
  return event ? c.json(event) : c.json({ message: 'Not found' }, 404);
});
app.post('/events', async (c) => {
  const body = await c.req.json();
  return isNewEvent(body) ? c.json(await writeEvent(body), 201) : c.json(isNewEvent.errors, 400);
});
