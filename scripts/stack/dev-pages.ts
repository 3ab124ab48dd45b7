import { readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { parse } from 'yaml';
import type { Config } from '../../src/config.ts';
import { renderTryPage } from '../docs/try/page.ts';
import { tryPath } from '../docs/try/path.ts';
import { signInEndpoints, type TrySettings } from '../docs/try/settings.ts';
import { createExample, exampleFolder, examplePages, isExamplePath } from '../example/serve.ts';

const contractFile = 'openapi/openapi.yaml';

const mediaTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  txt: 'text/plain',
  xml: 'application/xml',
  yaml: 'application/yaml',
};

const notYet = `<!doctype html>
<meta charset="utf-8"><meta http-equiv="refresh" content="1"><link rel="icon" href="data:,">
<title>Documentation</title>
<p style="font: 1rem sans-serif; margin: 3rem">The documentation is being built; this page loads again by itself.</p>
`;

function respond(request: IncomingMessage, response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A file of the documentation by its name below `/docs/`, the home page where the name is empty; undefined where there is none. */
function docs(folder: string, name: string): Page | undefined {
  const file = name === '' ? 'index.html' : name;
  const type = /^(?:[\w-]+\/)?[\w-]+\.(\w+)$/.exec(file)?.[1];
  const mediaType = type === undefined ? undefined : mediaTypes[type];
  if (mediaType === undefined) return undefined;
  try {
    return { status: 200, type: mediaType, body: readFileSync(`${folder}/${file}`, 'utf8') };
  } catch {
    return file === 'index.html' ? { status: 503, type: mediaType, body: notYet } : undefined;
  }
}

/** Where the root of the development server leads to. */
const links: readonly (readonly [path: string, meaning: string])[] = [
  [examplePages.organizer, 'for organizers: create events, see the guests, check people in'],
  [examplePages.attend, 'for everyone who attends: find events, register, show a ticket'],
  ['/docs/', 'documentation'],
  [`/docs/${tryPath}`, 'sign in, and send requests from a page'],
  ['/openapi.json', 'the contract'],
  ['/docs/llms.txt', 'documentation for language models'],
];

/** The root of the development server, for a browser and for a terminal. It does not exist where the API is deployed. */
function index(request: IncomingMessage, { basePath }: Config): readonly [type: string, body: string] {
  const title = 'Event Management API, local stack';
  const all = [...links, [`${basePath}/health`, 'whether the API runs'] as const];
  if (!request.headers.accept?.includes('text/html')) {
    const origin = `http://${request.headers.host ?? ''}`;
    return ['text/plain', `${title}\n\n${all.map(([path, meaning]) => `${origin}${path}   ${meaning}\n`).join('')}`];
  }
  const items = all.map(([path, meaning]) => `<li><a href="${path}">${path}</a>: ${meaning}</li>`);
  return [
    'text/html',
    `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>${title}</title>
<body style="font: 1rem/1.6 sans-serif; margin: 3rem"><h1>${title}</h1><ul>${items.join('')}</ul></body></html>
`,
  ];
}

let contract = { changed: 0, json: '' };

function contractAsJson(): string {
  const changed = statSync(contractFile).mtimeMs;
  if (contract.changed !== changed) {
    contract = { changed, json: JSON.stringify(parse(readFileSync(contractFile, 'utf8')), null, 2) };
  }
  return contract.json;
}

/** The try-it page for this API and its issuer, once the files that it needs are built. */
async function tryPage({ basePath, tokens }: Config, folder: string): Promise<Page> {
  if (docs(folder, 'try.js') === undefined) return { status: 503, type: 'text/html', body: notYet };
  try {
    const settings: TrySettings = {
      apiUrl: `${basePath}/`,
      clientId: tokens.clientId,
      ...(await signInEndpoints(tokens.issuer)),
    };
    const { info } = JSON.parse(contractAsJson()) as { info: { title: string } };
    return { status: 200, type: 'text/html', body: renderTryPage(info.title, settings) };
  } catch (error) {
    return { status: 503, type: 'text/plain', body: `${(error as Error).message}\n` };
  }
}

/**
 * What the development server serves besides the API: `/` (links to the rest), `/docs/` (the documentation), `/openapi.json` (the contract)
 * and the pages of the example.
 *
 * @param docsFolder where the documentation is built
 * @param folder where the pages of the example are built
 * @returns a function that returns whether it responded; if not, the request is for the API
 */
export function createDevPages(
  config: Config,
  docsFolder = 'build/docs',
  folder = exampleFolder,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const example = createExample(config, folder);
  return (request, response) => serveDevPages(request, response, example, config, docsFolder);
}

function serveDevPages(
  request: IncomingMessage,
  response: ServerResponse,
  example: RequestListener,
  config: Config,
  docsFolder: string,
): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (path === '/') {
    respond(request, response, 200, ...index(request, config));
    return true;
  }
  if (isExamplePath(path)) {
    example(request, response);
    return true;
  }
  if (path === `/docs/${tryPath}`) {
    void tryPage(config, docsFolder).then(({ status, type, body }) => respond(request, response, status, type, body));
    return true;
  }
  if (path === '/docs') {
    // The page's links are relative to its folder.
    response.writeHead(302, { Location: '/docs/', 'Content-Length': 0 }).end();
    return true;
  }
  if (path === '/openapi.json') {
    try {
      respond(request, response, 200, 'application/json', contractAsJson());
    } catch (error) {
      respond(request, response, 500, 'text/plain', `${contractFile} cannot be read: ${(error as Error).message}\n`);
    }
    return true;
  }
  const found = path.startsWith('/docs/') ? docs(docsFolder, path.slice('/docs/'.length)) : undefined;
  if (found === undefined) return false;
  respond(request, response, found.status, found.type, found.body);
  return true;
}
