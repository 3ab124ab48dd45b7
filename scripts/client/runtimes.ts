/**
 * Installs the packed client into an empty project and calls the API of a local stack with it, in each runtime.
 *
 *     tsx scripts/client/runtimes.ts
 *
 * The runtimes are installed from npm if they exist for this platform, and the browser is the one of this machine. A missing runtime is
 * skipped with a notice, except in CI.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { nodePackage, nodeVersion } from '../function/node.ts';
import { chromiumFlags, findChromium } from '../quality/chromium.ts';
import { listen } from '../stack/listen.ts';
import { freePort, loopback } from '../stack/ports.ts';
import { startStack, type Stack } from '../stack/stack.ts';
import { settings, silentLog } from './api.ts';
import { inHermes, reactNativePackages } from './hermes.ts';
import { readEntries } from './entries.ts';
import { envOfNpm, folder, pack } from './package.ts';

const project = join(folder, 'runtimes');
const platform = `${process.platform}-${process.arch}`;

/** Each runtime, as an npm package that contains only its binary. */
const binaries: Record<string, { package: string; version: string; file: string }> = {
  'Node 20': { package: nodePackage, version: '20.20.2', file: 'bin/node' },
  'Node 22': { package: nodePackage, version: '22.23.5', file: 'bin/node' },
  'Node 24': { package: nodePackage, version: nodeVersion, file: 'bin/node' },
  Bun: { package: '@oven/bun-linux-x64', version: '1.4.5', file: 'bin/bun' },
  Deno: { package: '@deno/linux-x64-glibc', version: '2.9.6', file: 'deno' },
  Hermes: { package: 'hermes-engine-cli', version: '0.12.0', file: 'linux64-bin/hermes' },
  workerd: { package: '@cloudflare/workerd-linux-64', version: '1.20261117.1', file: 'bin/workerd' },
};

/** All entries of the package. */
const specifiers = readEntries().map(({ specifier }) => specifier);

/** The code that runs in each runtime: it imports all entries, writes, reads, a problem, a list and the digest of a ticket. It returns a line of text. */
const use = `
  import { entries } from './entries.mjs';
  import { createEventsClient, isEventsApiError } from '@event-management/client';
  import { createEventInput, errorsIn, registerForEventInput, withQuestions, withTimeZones } from '@event-management/client/schemas';
  import { ticketDigest } from '@event-management/client/tickets';
  export async function use(baseUrl, token) {
    const empty = entries.findIndex((one) => Object.keys(one).length === 0);
    if (empty >= 0) return 'nothing in entry ' + empty;
    const api = createEventsClient({ baseUrl, token: () => token });
    const event = await api.createEvent({ name: 'Riverside Jazz Night', startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T22:00:00Z', timeZone: 'UTC' });
    const changed = await api.updateEvent(event, { capacity: 10 });
    const { error } = await api.updateEvent(event, { capacity: 20 }).result();
    if (!isEventsApiError(error, 'updateEvent') || error.code !== 'precondition-failed' || error.etag !== changed.etag) throw error;
    let seen = 0;
    for await (const { eventId } of api.listEvents({ organizerId: 'me', limit: 1 })) if (eventId === event.eventId) seen += 1;
    await api.deleteEvent(changed);
    const invalid = { name: ' ', startsAt: '2030-02-30T18:00:00Z', tags: ['Jazz', 'JAZZ'], timeZone: 'Mars' };
    const codes = errorsIn(withTimeZones(createEventInput), invalid).map(({ code }) => code).sort().join();
    if (codes !== 'duplicate-item,invalid-format,required,too-short,unknown-time-zone') return codes;
    const unanswered = errorsIn(withQuestions(registerForEventInput, [{ questionId: 'meal', kind: 'text', label: 'Meal', required: true }]), { name: 'Mira' });
    if (unanswered[0]?.pointer !== '/answers/meal') return JSON.stringify(unanswered);
    // React Native has no crypto of its own.
    const digest = globalThis.crypto && await ticketDigest('AV8Mj34tW0wan2R8C3ofLjEAAAARjD8nodkLTmXxwnoI');
    if (digest && digest !== '-H0JdRU67vi0iDH220MfU-wid5MLaVxPphfT17BdAqQ') return digest;
    return seen === 1 && error.requestId ? 'works' : 'does not work';
  }`;

/** Writes a module that imports entries of the package. */
function writeImports(entries: readonly string[]): void {
  const imports = entries.map((one, index) => `import * as entry${index} from '${one}';\n`);
  const names = entries.map((_, index) => `entry${index}`);
  writeFileSync(join(project, 'entries.mjs'), `${imports.join('')}export const entries = [${names.join(', ')}];\n`);
}

function npm(...args: readonly string[]): void {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: project,
    env: envOfNpm(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Installs a runtime into a separate folder, once. Returns the path of its binary; undefined if there is none for this platform. */
function binaryOf(name: string): string | undefined {
  const { package: id, version, file } = binaries[name] as (typeof binaries)[string];
  if (platform !== 'linux-x64') return undefined;
  const home = join(folder, 'binaries', `${id.replace('/', '+')}@${version}`);
  const binary = join(home, 'node_modules', id, file);
  if (!existsSync(binary)) {
    install(home, `${id}@${version}`);
    execFileSync('chmod', ['+x', binary]);
  }
  return binary;
}

function install(home: string, ...packages: readonly string[]): void {
  mkdirSync(home, { recursive: true });
  npm('install', '--prefix', home, '--ignore-scripts', ...packages);
}

/** Installs what compiles for React Native, once. Returns the folder. */
function reactNative(): string {
  const home = join(folder, 'binaries/react-native');
  if (!existsSync(join(home, 'node_modules'))) install(home, ...reactNativePackages);
  return home;
}

/** Runs a command, asynchronously because the API runs in this process. */
async function run(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd: project, timeout: 60_000 });
  return stdout.trim();
}

/** Bundles a program with the client, as an application would, for runtimes that accept a single file. */
async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: project },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    conditions: ['import', 'browser'],
  });
  return outputFiles[0]?.text ?? '';
}

async function inWorkerd(binary: string, { url, tokens }: Stack): Promise<string> {
  const worker = `import { use } from './use.mjs';
    export default { fetch: (request, { url, token }) => use(url, token).then((line) => new Response(line), (error) => new Response(String(error.stack))) };`;
  writeFileSync(join(project, 'worker.js'), await bundled(worker));
  const port = await freePort();
  writeFileSync(
    join(project, 'worker.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
     const config :Workerd.Config = (
       services = [
         (name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.js")], compatibilityDate = "2025-01-01",
           bindings = [(name = "url", text = "${url}"), (name = "token", text = "${tokens.organizer}")])),
         (name = "internet", network = (allow = ["public", "private"])),
       ],
       sockets = [(name = "http", address = "${loopback}:${port}", http = (), service = "main")]
     );`,
  );
  const child = spawn(binary, ['serve', 'worker.capnp'], { cwd: project, stdio: 'inherit' });
  try {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const response = await fetch(`http://${loopback}:${port}`).catch(() => undefined);
      if (response) return await response.text();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return 'failed to start';
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** Serves a page at an origin other than the API's; the page posts its result to the server it came from. */
async function startPage(): Promise<{ origin: string; serve(script: string): Promise<string>; stop(): Promise<void> }> {
  let script = '';
  let done: (line: string) => void = () => {};
  const { url, close } = await listen((request, response) => {
    if (request.method === 'POST') {
      let line = '';
      request.on('data', (chunk: Buffer) => (line += chunk.toString())).on('end', () => done(line));
      return void response.end();
    }
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Client</title><script type="module">${script}</script>`);
  });
  return { origin: url, serve: (next) => new Promise((resolve) => ([script, done] = [next, resolve])), stop: close };
}

async function inChromium(
  binary: string,
  { url, tokens }: Stack,
  page: Awaited<ReturnType<typeof startPage>>,
): Promise<string> {
  const script = `import { use } from './use.mjs';
    const line = await use(${JSON.stringify(url)}, ${JSON.stringify(tokens.organizer)}).catch((error) => String(error.stack));
    await fetch('/', { method: 'POST', body: line });`;
  const result = page.serve(await bundled(script));
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const child = spawn(
    binary,
    ['--headless=new', ...chromiumFlags, '--disable-dev-shm-usage', `--user-data-dir=${profile}`, page.origin],
    { stdio: 'ignore', detached: true },
  );
  const timeout = new Promise<string>((resolve) =>
    setTimeout(() => resolve('no result within 60 seconds'), 60_000).unref(),
  );
  try {
    return await Promise.race([result, timeout]);
  } finally {
    // Kills the whole process group: a remaining process would still write to the profile.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await once(child, 'exit');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The handler of the README, with MSW itself. */
const useMsw = `
  import { http } from 'msw';
  import { setupServer } from 'msw/node';
  import { createEventsClient } from '@event-management/client';
  import { fakeFetch } from '@event-management/client/testing';
  const fake = fakeFetch({ publishEvent: 'not-publishable' });
  const server = setupServer(http.all('https://api.example.com/*', ({ request }) => fake(request)));
  server.listen({ onUnhandledRequest: 'error' });
  const api = createEventsClient({ baseUrl: 'https://api.example.com/v1', token: 'token' });
  const { status } = await api.getEvent('id');
  const { error } = await api.publishEvent('id').result();
  server.close();
  console.log(status === 'published' && error?.code === 'not-publishable' ? 'works' : 'does not work');`;

/** Runs MSW in the Node.js of this process, from a folder of its own with the packed client. */
async function inMsw(tarball: string): Promise<string> {
  const home = join(folder, 'binaries/msw');
  if (!existsSync(join(home, 'node_modules/msw'))) install(home, 'msw@2.15.0');
  install(home, tarball);
  writeFileSync(join(home, 'use.mjs'), useMsw);
  const { stdout } = await promisify(execFile)(process.execPath, ['use.mjs'], { cwd: home, timeout: 60_000 });
  return stdout.trim();
}

async function main(): Promise<void> {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const tarball = pack();
  npm('install', tarball);
  writeFileSync(join(project, 'use.mjs'), use);
  writeImports(specifiers);
  writeFileSync(
    join(project, 'run.mjs'),
    `import { use } from './use.mjs';\nconst [url, token] = (globalThis.Deno?.args ?? process.argv.slice(2));\nconsole.log(await use(url, token));\n`,
  );

  const page = await startPage();
  const stack = await startStack(silentLog, { ...settings, CORS_ORIGINS: page.origin });
  const { url, tokens } = stack;
  const token = tokens.organizer;
  const script = (name: string, ...args: readonly string[]) =>
    [name, (binary: string) => run(binary, [...args, 'run.mjs', url, token])] as const;
  const inRuntime: readonly (readonly [string, (binary: string) => string | Promise<string>])[] = [
    script('Node 20'),
    script('Node 22'),
    script('Node 24'),
    script('Bun'),
    script('Deno', 'run', '--allow-net', '--node-modules-dir=manual', '--no-lock'),
    ['workerd', (binary) => inWorkerd(binary, stack)],
    ['Chromium', (binary) => inChromium(binary, stack, page)],
    ['Hermes', (binary) => inHermes(binary, project, reactNative(), bundled, [url, token])],
  ];
  for (const [name, call] of inRuntime) {
    const binary = name === 'Chromium' ? findChromium() : binaryOf(name);
    const line = binary ? await call(binary) : 'skipped: not available on this machine';
    console.log(`${name}: ${line}`);
    // No one reads the notice in CI, so a missing runtime fails there.
    if (line !== 'works' && (binary || process.env['CI'])) process.exitCode = 1;
  }
  const withMsw = await inMsw(tarball);
  console.log(`MSW: ${withMsw}`);
  if (withMsw !== 'works') process.exitCode = 1;
  await Promise.all([page.stop(), stack.stop()]);
}

await main();
process.exit();
