import { readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { parse } from 'yaml';

const contractFile = 'openapi/openapi.yaml';
const docsFile = 'build/docs/index.html';

const notYet = `<!doctype html>
<meta charset="utf-8"><meta http-equiv="refresh" content="1"><link rel="icon" href="data:,">
<title>Documentation</title>
<p style="font: 1rem sans-serif; margin: 3rem">The documentation is being built; this page loads again by itself.</p>
`;

function answer(request: IncomingMessage, response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function docs(): { status: number; body: string } {
  try {
    return { status: 200, body: readFileSync(docsFile, 'utf8') };
  } catch {
    return { status: 503, body: notYet };
  }
}

let contract = { changed: 0, json: '' };

function contractAsJson(): string {
  const changed = statSync(contractFile).mtimeMs;
  if (contract.changed !== changed) {
    contract = { changed, json: JSON.stringify(parse(readFileSync(contractFile, 'utf8')), null, 2) };
  }
  return contract.json;
}

/**
 * Answers what only the development server has: `/docs` (the documentation), `/openapi.json` (the contract) and, below `/example/`, the example.
 *
 * @returns whether the request was answered; if not, it is the API's
 */
export function answerDevPages(request: IncomingMessage, response: ServerResponse, example: RequestListener): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = (request.url ?? '').split('?', 1)[0];
  if (path === '/example' || path?.startsWith('/example/')) {
    example(request, response);
    return true;
  }
  switch (path) {
    case '/docs':
    case '/docs/': {
      const { status, body } = docs();
      answer(request, response, status, 'text/html', body);
      return true;
    }
    case '/openapi.json':
      try {
        answer(request, response, 200, 'application/json', contractAsJson());
      } catch (error) {
        answer(request, response, 500, 'text/plain', `${contractFile} cannot be read: ${(error as Error).message}\n`);
      }
      return true;
    default:
      return false;
  }
}
