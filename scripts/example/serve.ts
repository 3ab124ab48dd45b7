/** The example frontend as the development server shows it, below `/example/`. */
import type { RequestListener, ServerResponse } from 'node:http';

import express from 'express';

import type { Config } from '../../src/config.ts';

/** Where the page is built to. */
export const exampleFolder = 'build/example';

/** What it is built of. */
export const exampleSources = ['client/examples/organizer', 'client/src'];

const notYet = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><link rel="icon" href="data:,">
<title>Organizer</title>
<p>The example is being built; this page loads again by itself.</p>
`;

/** It has an empty icon, so that the browser asks for none, and nothing else. */
const notYetPolicy = "default-src 'none'; img-src data:";

/** What the page reads as `config.json`; a deployment lays a file of this shape beside its build. */
function exampleConfig({ tokens, groups, basePath }: Config) {
  return {
    issuer: tokens.issuer,
    clientId: tokens.clientId,
    apiBaseUrl: `${basePath}/`,
    organizersGroup: groups.organizer,
  };
}

/** Where the issuer takes codes and gives tokens: at Cognito that is another host than the issuer's own. */
async function issuerOrigins(issuer: string): Promise<readonly string[]> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  const { token_endpoint: tokenEndpoint } = (await response.json()) as { token_endpoint: string };
  return [...new Set([new URL(issuer).origin, new URL(tokenEndpoint).origin])];
}

/**
 * The policy of the page (https://www.w3.org/TR/CSP3/): it runs what is served beside it, shows that and pictures, speaks to the API and to the
 * issuer, and can make no markup of text.
 */
function examplePolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Pictures of events are wherever their organizers have them.
    "img-src 'self' https:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Serves the page; mount it where requests for `/example` arrive. */
export function createExample(config: Config, folder = exampleFolder): RequestListener {
  let origins: Promise<readonly string[]> | undefined;
  const app = express().disable('x-powered-by');

  app.use('/example', async (_request, response, next) => {
    // An issuer that does not answer is asked again with the next request.
    origins ??= issuerOrigins(config.tokens.issuer);
    const connect = await origins.catch(() => {
      origins = undefined;
      return [new URL(config.tokens.issuer).origin];
    });
    response.set({
      'Content-Security-Policy': examplePolicy(connect),
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    });
    next();
  });
  app.get('/example/config.json', (_request, response) => void response.json(exampleConfig(config)));
  app.use('/example', express.static(folder, { cacheControl: false }));
  app.get('/example/', (_request, response) => {
    response.set('Content-Security-Policy', notYetPolicy).status(503).type('html').send(notYet);
  });
  app.use((_request, response: ServerResponse) => void response.writeHead(404).end());
  return app;
}
