import { createServer } from 'node:http';
import { respond } from './bare.mjs';
import { listening } from './listening.mjs';

const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const { statusCode, headers, body } = await respond(
    request.method,
    request.url,
    request.headers.authorization,
    Buffer.concat(pieces).toString(),
  );
  // With its length, as the frameworks send it; otherwise Node.js sends it in chunks.
  response.writeHead(statusCode, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
});
server.listen(0, '127.0.0.1', () => listening(server.address().port));
