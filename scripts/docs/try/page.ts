/** The try-it page: Swagger UI with the contract, for one deployment. Without a deployment it says where there is one. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseUrl } from '../../../src/lib/parse-url.ts';
import { escapeHtml } from '../html.ts';
import type { TrySettings } from './settings.ts';

/** Where a sign-in returns to, below the documentation: a callback URL of the client. */
export const redirectPath = 'oauth2-redirect.html';

/** What the page takes from Swagger UI as it is, with its license. */
const vendored = {
  'swagger-ui-bundle.js': 'swagger-ui-bundle.js',
  'swagger-ui.css': 'swagger-ui.css',
  'oauth2-redirect.js': 'oauth2-redirect.js',
  'swagger-ui-license.txt': 'LICENSE',
  'swagger-ui-packages.txt': 'swagger-ui-bundle.js.LICENSE.txt',
};

/** The files of the page that are the same for every deployment, by their names. */
export function tryFiles(): Readonly<Record<string, string>> {
  const folder = join(createRequire(join(process.cwd(), 'package.json')).resolve('swagger-ui-dist/package.json'), '..');
  const read = ([name, file]: readonly [string, string]) => [name, readFileSync(join(folder, file), 'utf8')] as const;
  return { ...Object.fromEntries(Object.entries(vendored).map(read)), [redirectPath]: redirectPage };
}

/** The page of a pop-up, which hands the code to the page that opened it. The code is in its address, which no other host is to learn. */
const redirectPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Signed in</title>
<script src="oauth2-redirect.js"></script>
</head>
<body></body>
</html>
`;

/** Where the page can be used if it belongs to no deployment. */
export interface TryElsewhere {
  /** The page of the local stack. */
  readonly url: string;
}

/** The page as HTML. `title` is that of the API. */
export function renderTryPage(title: string, target: TrySettings | TryElsewhere): string {
  const isHere = 'apiUrl' in target;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(isHere ? target : undefined)}">
<meta name="referrer" content="no-referrer">
<title>Try it – ${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Send requests to the API from this page.">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
${isHere ? '<link rel="stylesheet" href="swagger-ui.css">\n' : ''}<link rel="stylesheet" href="try.css">
${isHere ? `<script src="swagger-ui-bundle.js" defer></script>\n<script src="try.js" ${dataOf(target)} defer></script>` : '<script src="try.js" defer></script>'}
</head>
<body>
<header><a href="index.html">${escapeHtml(title)}</a> <a href="reference.html">Reference</a></header>
<div id="page">
${isHere ? instructions(target) : elsewhere(target)}
</div>
</body>
</html>
`;
}

/** Its own scripts and styles, and the API and the issuer to talk to. */
function policy(settings: TrySettings | undefined): string {
  const origins = [settings?.apiUrl, settings?.tokenUrl].flatMap((url) => parseUrl(url ?? '')?.origin ?? []);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src ${["'self'", ...new Set(origins)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Read by docs/site/try.ts. */
function dataOf({ apiUrl, authorizationUrl, tokenUrl, clientId }: TrySettings): string {
  const data = {
    'api-url': apiUrl,
    'authorization-url': authorizationUrl,
    'token-url': tokenUrl,
    'client-id': clientId,
    'redirect-path': redirectPath,
  };
  return Object.entries(data)
    .map(([name, value]) => `data-${name}="${escapeHtml(value)}"`)
    .join(' ');
}

function instructions({ apiUrl }: TrySettings): string {
  const where = parseUrl(apiUrl) === undefined ? 'the API that serves this page' : `<code>${escapeHtml(apiUrl)}</code>`;
  return `<h1>Try it</h1>
<p>What you send here is real: it goes to ${where}.</p>
<ol>
<li><b>Authorize</b> offers two ways: <code>signIn</code> opens a window in which you sign in, and <code>accessToken</code> takes a token that you have.</li>
<li>Unfold an operation, choose one of its examples, and change what you like.</li>
<li><b>Execute</b> sends the request. You see the response with its headers, and the request as a <code>curl</code> command, which contains your token.</li>
</ol>
<noscript><p>This page needs JavaScript.</p></noscript>
<div id="console"></div>`;
}

function elsewhere({ url }: TryElsewhere): string {
  return `<main>
<h1>Try it</h1>
<p>These pages belong to no deployment of the API, so there is nothing here that could respond. Try the API on your own machine:</p>
<ol>
<li>Start the local stack, in a clone of the project: <code>make dev</code></li>
<li>Open <a id="local" href="${escapeHtml(url)}">${escapeHtml(url)}</a>, and sign in as <code>organizer</code>. There are no passwords.</li>
</ol>
</main>`;
}
