import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

import { startApi } from './api-process.ts';
import { followContract } from './contract-watch.ts';
import { startLocalDatabase } from './database/database.ts';
import { tryPath } from '../docs/try/path.ts';
import { examplePages } from '../example/serve.ts';
import { followExample } from '../example/watch.ts';
import { print, since, step } from './output.ts';
import { loopback, requireFreePort } from './ports.ts';
import { loadSamples } from './samples.ts';
import { recordStack } from './running.ts';
import { apiUrl, localSettings, type LocalSettings } from './settings.ts';
import { localClientId, localUserNames } from './identity/users.ts';

const folder = '.local';
const samplesMark = `${folder}/samples-loaded`;
const stopTimeoutMs = 8_000;

/** What to stop, in the order in which it was started. */
const running: (() => Promise<void> | void)[] = [];
let stopping: Promise<void> | undefined;

/** Stops everything, the last started first, and ends this process. */
function stopAll(code: number): Promise<void> {
  stopping ??= (async () => {
    // The children end with this process, even if something hangs.
    setTimeout(() => process.exit(code), stopTimeoutMs).unref();
    for (const stop of running.reverse()) await stop();
    process.exit(code);
  })();
  return stopping;
}

/** All of them before anything starts, so that a second start does not touch the files of the first. */
async function requireFreePorts(settings: LocalSettings): Promise<void> {
  await requireFreePort(settings.port, 'PORT');
  if (settings.databaseEndpoint === undefined) await requireFreePort(settings.databasePort, 'DYNAMODB_PORT');
  if (settings.issuer === undefined) await requireFreePort(settings.identityPort, 'IDENTITY_PORT');
}

async function openDatabase({ databaseEndpoint, databasePort }: LocalSettings): Promise<string> {
  if (databaseEndpoint !== undefined) return databaseEndpoint;
  const database = await step(`Database on ${loopback}:${databasePort}, data in ${folder}/`, () =>
    startLocalDatabase({ port: databasePort, file: `${folder}/events.db` }),
  );
  running.unshift(() => database.stop());
  database.process.once('exit', () => {
    if (stopping !== undefined) return;
    print('The database exited unexpectedly; stopping everything else.');
    void stopAll(1);
  });
  return database.endpoint;
}

async function openIdentity({ issuer, identityPort }: LocalSettings): Promise<string> {
  if (issuer !== undefined) return issuer;
  return step(`Identity on ${loopback}:${identityPort}`, async () => {
    const { startIdentity } = await import('./identity/issuer.ts');
    const identity = await startIdentity({ port: identityPort, keyFile: `${folder}/identity-key.json` });
    running.unshift(() => identity.stop());
    return identity.issuer;
  });
}

const localCredentials = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
};

/** The environment of the API: what is set already stays, except what this stack itself decides. */
function apiEnvironment(settings: LocalSettings, databaseEndpoint: string, issuer: string) {
  const { env } = process;
  const ownCredentials = settings.databaseEndpoint === undefined || !(env['AWS_ACCESS_KEY_ID'] || env['AWS_PROFILE']);
  return {
    ...env,
    ...(settings.issuer === undefined ? { TOKEN_CLIENT_ID: localClientId, TOKEN_JWKS_URI: undefined } : {}),
    HOST: loopback,
    PORT: String(settings.port),
    CORS_ORIGINS: settings.corsOrigins,
    DYNAMODB_ENDPOINT: databaseEndpoint,
    TOKEN_ISSUER: issuer,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The local engine wants credentials and takes any.
    ...(ownCredentials ? localCredentials : {}),
  };
}

async function seedSamples(settings: LocalSettings, issuer: string): Promise<void> {
  const ownStack = settings.databaseEndpoint === undefined && settings.issuer === undefined;
  if (!ownStack || existsSync(samplesMark)) return;
  await step('Sample events with registrations, created through the API', () =>
    loadSamples({ apiUrl: apiUrl(settings), issuer, now: new Date() }),
  );
  writeFileSync(samplesMark, '');
}

function printBanner(settings: LocalSettings): void {
  const token = settings.issuer === undefined ? '$(make -s token AS=organizer)' : '<a token of your issuer>';
  print();
  print(`  API      ${apiUrl(settings)}`);
  print(`  Docs     http://${loopback}:${settings.port}/docs`);
  print(`  Try it   http://${loopback}:${settings.port}/docs/${tryPath}   (sign in, and send requests from a page)`);
  print(`  Pages    http://${loopback}:${settings.port}${examplePages.organizer}   (for organizers)`);
  print(`           http://${loopback}:${settings.port}${examplePages.attend}      (for everyone who attends)`);
  if (settings.corsOrigins !== '') {
    print(`  CORS     pages of ${settings.corsOrigins} may call the API   (others: CORS_ORIGINS)`);
  }
  if (settings.issuer === undefined) {
    print(`  Token    make -s token AS=organizer   (users: ${localUserNames})`);
  }
  print();
  print('Try it in a second terminal, in this folder:');
  print();
  print(`  curl -s -H "Authorization: Bearer ${token}" ${apiUrl(settings)}/events`);
  print();
  print('Ctrl-C stops everything; the data stays. What the API logs in full is in .local/api.log.');
  print();
}

async function main(): Promise<void> {
  const start = performance.now();
  const settings = localSettings(process.env);
  await requireFreePorts(settings);
  mkdirSync(folder, { recursive: true });
  // For `make dev-reset`, which must not take the files away from under a running database.
  writeFileSync(`${folder}/dev.pid`, `${process.pid}\n`);

  const dependencies = Promise.all([openDatabase(settings), openIdentity(settings)]);
  const env: Record<string, string | undefined> = {};
  const ready = dependencies.then(([endpoint, issuer]) =>
    Object.assign(env, apiEnvironment(settings, endpoint, issuer)),
  );
  const api = startApi({ env, logFile: `${folder}/api.log` }, ready);
  running.push(() => api.stop());
  await step(`API on ${loopback}:${settings.port}`, () => api.started);
  const [, issuer] = await dependencies;
  recordStack(folder, { pid: process.pid, issuer, foreignIssuer: settings.issuer !== undefined });
  api.showRequests(false);
  await seedSamples(settings, issuer);
  // The last of its log lines are still on their way when the samples are there.
  setTimeout(() => api.showRequests(true), 200).unref();
  printBanner(settings);
  print(`Started in ${since(start)}.`);

  for (const background of [followContract(), followExample()]) running.push(() => background.stop());
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll(0));
// The terminal or the reader of the output is gone, so the stack stops.
process.stdout.on('error', () => void stopAll(0));
process.stderr.on('error', () => {});

main().catch((error: Error) => {
  if (stopping !== undefined) return;
  process.stderr.write(`${error.message}\n`);
  void stopAll(1);
});
