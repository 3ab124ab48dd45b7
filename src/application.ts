/** Puts the application together from its configuration; both entries do it here. */
import type { IncomingMessage } from 'node:http';
import type { Express } from 'express';
import { createApp } from './http/pipeline/pipeline.ts';
import { createTokenVerifier } from './auth/tokens.ts';
import type { Config } from './config.ts';
import { corsNeeds } from './contract/cors.ts';
import { operations } from './contract/operations.ts';
import { createEventLists } from './domain/events/list.ts';
import { createEventStore } from './domain/events/repository.ts';
import { handlers } from './handlers.ts';
import { createCors } from './http/pipeline/cors.ts';
import type { Logger } from './lib/log.ts';
import { createDatabase } from './storage/database.ts';
import { timeBudget } from './storage/timeouts.ts';

export interface ApplicationOptions {
  readonly log: Logger;
  /** Where the id of a request comes from. */
  readonly requestId: (request: IncomingMessage) => string;
  readonly now?: () => Date;
  /** Whether log lines are metrics of CloudWatch too. */
  readonly metrics?: boolean;
  /** The token issuer's keys, where their fetch has begun already. */
  readonly firstKeys?: Promise<string>;
  /** How long the work for one request may take, in milliseconds. */
  readonly deadlineMs?: number;
}

export interface Application {
  readonly app: Express;
  /** Resolves, and never rejects, when the keys of the token issuer are there or could not be had. */
  readonly ready: Promise<void>;
  /** Opens a connection to the database and makes all that the first call makes. Resolves, and never rejects, when that is done or failed. */
  warmUp(): Promise<void>;
  /** Closes idle connections to the database. */
  close(): void;
}

/** Ids of events are UUIDs. */
const nobodysId = 'warm-up';

/** Starts fetching the issuer's keys; opens no other connection and listens to no port. */
export function createApplication(config: Config, options: ApplicationOptions): Application {
  const { log, requestId, now = () => new Date(), metrics = false, deadlineMs = timeBudget.request } = options;
  const verifier = createTokenVerifier({ ...config.tokens, now, firstKeys: options.firstKeys });
  const { eventsTableName, ...connection } = config.database;
  const database = createDatabase(connection);
  const events = createEventStore(database, eventsTableName);
  const app = createApp({
    handlers,
    services: { events, lists: createEventLists(database, eventsTableName), now },
    verify: verifier.verify,
    groups: config.groups,
    basePath: config.basePath,
    log,
    requestId,
    deadlineMs,
    metrics,
    ...(config.corsOrigins.length > 0
      ? { cors: createCors({ origins: config.corsOrigins, ...corsNeeds(operations) }) }
      : {}),
  });
  return {
    app,
    ready: verifier.ready,
    async warmUp() {
      await events.get(nobodysId, AbortSignal.timeout(deadlineMs)).catch(() => undefined);
    },
    close: database.close,
  };
}
