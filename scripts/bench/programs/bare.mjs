/** The floor: a handler without a framework and without a check of what comes in. */
import { readEvent, writeEvent } from './events.mjs';
import { requireToken } from './tokens.mjs';

const toResult = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export async function respond(method, path, authorization, body) {
  await requireToken(authorization);
  if (method === 'POST') return toResult(201, await writeEvent(JSON.parse(body)));
  const event = await readEvent(path.split('/').at(-1));
  return event ? toResult(200, event) : toResult(404, { message: 'Not found' });
}

export async function handler({ rawPath, headers, body, isBase64Encoded, requestContext }) {
  const text = body && isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  return respond(requestContext.http.method, rawPath, headers.authorization, text);
}
