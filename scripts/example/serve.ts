/** The example pages on the development server, at `/organizer/` and `/attend/`. */
import type { RequestListener, ServerResponse } from 'node:http';

import express from 'express';

import type { Config } from '../../src/config.ts';
import { signInEndpoints } from '../docs/try/settings.ts';

/** The output folder of the build. */
export const exampleFolder = 'build/example';

/** The source folders of the build. */
export const exampleSources = ['client/examples/club', 'client/src'];

/** The pages, by their paths. */
export const examplePages = { organizer: '/organizer/', attend: '/attend/' } as const;
const paths = Object.values(examplePages);

/** What the example serves: its pages and what they load. */
export function isExamplePath(path: string): boolean {
  return [...paths, '/assets/'].some((one) => path.startsWith(one) || `${path}/` === one);
}

const buildingPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><link rel="icon" href="data:,">
<title>Example</title>
<p>This page is being built; it reloads automatically.</p>
`;

/** Allows only the empty icon, which keeps the browser from requesting one. */
const buildingPagePolicy = "default-src 'none'; img-src data:";

/** The `config.json` of the page; a deployment puts a file of this shape next to its build. */
function exampleConfig({ tokens, groups, basePath }: Config) {
  return {
    issuer: tokens.issuer,
    clientId: tokens.clientId,
    apiBaseUrl: `${basePath}/`,
    organizersGroup: groups.organizer,
  };
}

/** The origins of the issuer and of its token endpoint, which differ with Cognito. */
async function issuerOrigins(issuer: string): Promise<readonly string[]> {
  const { tokenUrl } = await signInEndpoints(issuer);
  return [...new Set([new URL(issuer).origin, new URL(tokenUrl).origin])];
}

/**
 * The Content-Security-Policy of the page (https://www.w3.org/TR/CSP3/): allows its own scripts and styles, images from any https host, and
 * connections to the API and the issuer. Trusted Types prevent text from being parsed as markup or run; one policy makes JSON-LD, the other
 * names the service worker.
 */
function examplePolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    // Organizers choose where the images of their events are hosted.
    "img-src 'self' https:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types structured-data service-worker',
  ].join('; ');
}

/** Creates the listener that serves the pages; it must receive the requests for which `isExamplePath` is true. */
export function createExample(config: Config, folder = exampleFolder): RequestListener {
  let origins: Promise<readonly string[]> | undefined;
  const app = express().disable('x-powered-by');

  app.use(async (_request, response, next) => {
    // If the issuer does not respond, the next request fetches its document again.
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
  app.get(
    paths.map((path) => `${path}config.json`),
    (_request, response) => void response.json(exampleConfig(config)),
  );
  app.use(express.static(folder, { cacheControl: false }));
  app.get(paths, (_request, response) => {
    response.set('Content-Security-Policy', buildingPagePolicy).status(503).type('html').send(buildingPage);
  });
  app.use((_request, response: ServerResponse) => void response.writeHead(404).end());
  return app;
}
