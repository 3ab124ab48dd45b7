/** The composition root: creates the application from its configuration. The entries, and the tests in their place, call it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Express } from 'express';
import { createHttpApp } from './http/pipeline/pipeline.ts';
import { createTokenVerifier } from './auth/tokens.ts';
import type { Config } from './config.ts';
import type { Handlers } from './contract/binding.ts';
import { corsNeeds } from './contract/cors.ts';
import { operations } from './contract/operations.ts';
import { createCalendarHandlers } from './domain/calendars/index.ts';
import { createEventHandlers, createEvents } from './domain/events/index.ts';
import { withDryRuns } from './domain/shared/dry-run/handlers.ts';
import {
  createRegistrationHandlers,
  createRegistrations,
  createRegistrationUpkeep,
} from './domain/registrations/index.ts';
import { createHealthHandlers } from './domain/health/index.ts';
import { createCors } from './http/pipeline/cors.ts';
import type { Logger } from './lib/log.ts';
import { createDatabase, type Database } from './storage/database.ts';
import { type TableNames, tables } from './storage/tables.ts';
import { timeBudget } from './storage/timeouts.ts';

export interface ApplicationOptions {
  readonly log: Logger;
  /** Returns the id of a request; a random one by default. */
  readonly requestId?: (request: IncomingMessage) => string;
  readonly now?: () => Date;
  /** Whether log lines are CloudWatch metrics too. */
  readonly metrics?: boolean;
  /** Whether responses have the headers for cross-origin requests from the configured origins; true by default. */
  readonly cors?: boolean;
  /** The token issuer's keys, if their fetch has already started. */
  readonly firstKeys?: Promise<string>;
  /** How long the work for one request may take, in milliseconds. */
  readonly deadlineMs?: number;
}

export interface Application {
  readonly app: Express;
  /** Resolves, and never rejects, when the token issuer's keys have been fetched or are unavailable. */
  readonly ready: Promise<void>;
  /** Opens a connection to the database and initializes everything the first call needs. Resolves when done or failed, and never rejects. */
  warmUp(): Promise<void>;
  /** Closes idle connections to the database. */
  close(): void;
}

export interface HandlerOptions {
  readonly database: Database;
  readonly tableNames: TableNames;
  readonly now: () => Date;
}

/** Event ids are UUIDs, so no event has this one. */
const nonexistentId = 'warm-up';

/** The handlers of all operations, on a database. They open no connection before their first call. */
export function createHandlers({ database, tableNames, now }: HandlerOptions): Handlers {
  // Does not compile while an operation of the contract has no handler.
  const create = (on: Database): Handlers => {
    const ofEvents = { database: on, tableNames, now };
    const ofRegistrations = { database: on, tableName: tableNames.registrations };
    const events = createEvents(ofEvents);
    return {
      ...createEventHandlers({ ...ofEvents, registrations: createRegistrationUpkeep(ofRegistrations) }),
      ...createRegistrationHandlers({ ...ofRegistrations, events, now }),
      ...createCalendarHandlers({
        database: on,
        tableName: tableNames['calendar-feeds'],
        events,
        registrations: createRegistrations(ofRegistrations),
        now,
      }),
      ...createHealthHandlers(),
    };
  };
  return withDryRuns(create, database, tableNames);
}

/** Starts fetching the issuer's keys; opens no other connection and listens to no port. */
export function createApplication(config: Config, options: ApplicationOptions): Application {
  const {
    log,
    requestId = () => randomUUID(),
    now = () => new Date(),
    metrics = false,
    cors = true,
    deadlineMs = timeBudget.request,
  } = options;
  const verifier = createTokenVerifier({ ...config.tokens, now, firstKeys: options.firstKeys });
  const { tableNames, ...connection } = config.database;
  const database = createDatabase(connection);
  const handlers = createHandlers({ database, tableNames, now });
  const app = createHttpApp({
    handlers,
    verify: verifier.verify,
    groups: config.groups,
    basePath: config.basePath,
    log,
    requestId,
    deadlineMs,
    metrics,
    version: config.version,
    ...(cors && config.corsOrigins.length > 0
      ? { cors: createCors({ origins: config.corsOrigins, ...corsNeeds(operations, config.corsHeaders) }) }
      : {}),
  });
  return {
    app,
    ready: verifier.ready,
    async warmUp() {
      const input = {
        TableName: tableNames.events,
        Key: { [tables.events.hashKey]: nonexistentId },
        ConsistentRead: true,
      };
      await database.get(input, { signal: AbortSignal.timeout(deadlineMs) }).catch(() => undefined);
    },
    close: database.close,
  };
}
