/** The baseline: a handler without a framework. */
import { errorsOfEvent, errorsOfId } from './bare-validators.mjs';
import { readEvent, writeEvent } from './events.mjs';
import { logRequest, problemOf, problemType, requireToken } from './work.mjs';

const toResult = (statusCode, body, type = 'application/json') => ({
  statusCode,
  headers: { 'content-type': type },
  body: JSON.stringify(body),
});

const problem = (status, detail, errors) => toResult(status, problemOf(status, detail, errors), problemType);

async function resultOf(method, path, authorization, text) {
  await requireToken(authorization);
  if (method === 'POST') {
    const body = JSON.parse(text);
    const errors = errorsOfEvent(body);
    return errors ? problem(400, 'Invalid body', errors) : toResult(201, await writeEvent(body));
  }
  const eventId = path.split('/').at(-1);
  const errors = errorsOfId(eventId);
  if (errors) return problem(400, 'Invalid id', errors);
  const event = await readEvent(eventId);
  return event ? toResult(200, event) : problem(404, 'Not found');
}

export async function respond(method, path, authorization, text) {
  const began = performance.now();
  const result = await resultOf(method, path, authorization, text);
  logRequest(method, path, result.statusCode, began);
  return result;
}

export async function handler({ rawPath, headers, body, isBase64Encoded, requestContext }) {
  const text = body && isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  return respond(requestContext.http.method, rawPath, headers.authorization, text);
}
