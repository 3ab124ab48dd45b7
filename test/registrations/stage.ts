/** One event and its people in memory, for tests of one interleaving: what happens before, after or instead of a certain call. */
import type { Call, Handlers } from '../../src/contract/binding.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import type { Event, Registration } from '../../src/contract/generated/types.ts';
import { createCalendarHandlers } from '../../src/domain/calendars/index.ts';
import { createEventHandlers, createEvents } from '../../src/domain/events/index.ts';
import {
  createRegistrationHandlers,
  createRegistrations,
  createRegistrationUpkeep,
} from '../../src/domain/registrations/index.ts';
import type { Database } from '../../src/storage/database.ts';
import { forEachTable } from '../../src/storage/tables.ts';
import { concert } from '../support/events.ts';
import { createMemoryDatabase, type MemoryDatabase } from '../support/memory-database.ts';
import { testUsers } from '../support/issuer.ts';

type CallName = Exclude<keyof Database, 'close'>;

/** What an operation returns, with a body that every test may look into. */
export interface Result {
  readonly status?: number;
  readonly problem?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Partial<Event & Registration> & { readonly items?: readonly Registration[] };
}

export interface Stage {
  readonly database: MemoryDatabase;
  readonly eventId: string;
  /** The calls to the database since the last reset. */
  readonly calls: CallName[];
  /** Sets the time; it only changes by this. */
  at(time: string): void;
  /** Sets how long each call to the database takes. */
  callsTake(milliseconds: number): void;
  /** Lets something else happen before the next call of this kind, after `skip` others. */
  before(call: CallName, action: () => Promise<unknown>, skip?: number): void;
  /** Loses the response of the next call of this kind, so that the AWS SDK sends it again, after something else happened. */
  loseResponse(call: CallName, meanwhile?: () => Promise<unknown>): void;
  /** The next call of this kind fails without being applied, as if its process had died. */
  die(call: CallName, skip?: number): void;
  /** Calls an operation on the event, by default as its organizer. */
  call(
    operationId: OperationId,
    who?: string,
    parts?: Partial<Record<'body' | 'query' | 'path' | 'headers', object>>,
  ): Promise<Result>;
  register(who: string, body?: object): Promise<Result>;
  update(body: object): Promise<Result>;
  /** The event with its exact counts. */
  counts(): Promise<Pick<Event, 'registeredCount' | 'seatsLeft' | 'waitlistedCount'>>;
  /** What is stored of registrations, as text. */
  stored(): string;
}

/** Creates a draft of two seats on 1 June, which takes place on 21 June. */
export async function createStage(content: object = {}): Promise<Stage> {
  const tableNames = forEachTable((name) => name);
  const database = createMemoryDatabase(tableNames);
  const calls: CallName[] = [];
  let time = '2030-06-01T12:00:00Z';
  let requests = 0;
  let elapsed = 0;
  let callDuration = 0;
  const hooks: { call: CallName; skip: number; run: (send: () => Promise<unknown>) => Promise<unknown> }[] = [];

  async function intercept(call: CallName, send: () => Promise<unknown>): Promise<unknown> {
    calls.push(call);
    elapsed += callDuration;
    const hook = hooks.find((one) => one.call === call);
    if (hook === undefined) return send();
    if (hook.skip > 0) {
      hook.skip -= 1;
      return send();
    }
    hooks.splice(hooks.indexOf(hook), 1);
    return hook.run(send);
  }
  const hooked = Object.fromEntries(
    Object.entries(database).map(([name, send]) => [
      name,
      (...input: never[]) =>
        intercept(name as CallName, () => (send as (...args: never[]) => Promise<unknown>)(...input)),
    ]),
  ) as unknown as Database;

  const now = () => new Date(time);
  const stores = { database: hooked, tableName: tableNames.registrations, elapsed: () => elapsed };
  const options = { database: hooked, tableNames, now };
  const events = createEvents(options);
  const handlers: Omit<Handlers, 'getHealth'> = {
    ...createEventHandlers({ ...options, registrations: createRegistrationUpkeep(stores) }),
    ...createRegistrationHandlers({ ...stores, events, now }),
    ...createCalendarHandlers({
      database: hooked,
      tableName: tableNames['calendar-feeds'],
      events,
      registrations: createRegistrations(stores),
      now,
    }),
  };
  const limits = { listRegistrations: { order: 'asc', limit: 100 }, listMyRegistrations: { limit: 25 } } as const;

  const stage: Stage = {
    database,
    eventId: '',
    calls,
    at: (next) => void (time = next),
    callsTake: (milliseconds) => void (callDuration = milliseconds),
    before: (call, action, skip = 0) =>
      void hooks.push({
        call,
        skip,
        run: async (send) => {
          await action();
          return send();
        },
      }),
    loseResponse: (call, meanwhile) =>
      void hooks.push({
        call,
        skip: 0,
        run: async (send) => {
          await send();
          await meanwhile?.();
          return send();
        },
      }),
    die: (call, skip = 0) =>
      void hooks.push({ call, skip, run: () => Promise.reject(new Error('The process has died')) }),
    async call(operationId, who = testUsers.organizer, parts = {}) {
      requests += 1;
      const call = {
        path: { eventId: stage.eventId },
        query: limits[operationId as keyof typeof limits] ?? {},
        headers: {},
        body: undefined,
        mediaType: undefined,
        principal: { sub: who, groups: [], roles: ['organizer'] },
        requestId: `request-${requests}`,
        signal: new AbortController().signal,
        ...parts,
      };
      const handle = handlers[operationId as keyof typeof handlers] as (input: unknown) => Promise<Result>;
      return handle(call satisfies Omit<Call<'getEvent'>, 'path' | 'principal' | 'body'>);
    },
    register: (who, body = {}) => stage.call('registerForEvent', who, { body: { name: `Name of ${who}`, ...body } }),
    update: (body) => stage.call('updateEvent', undefined, { body }),
    async counts() {
      const { registeredCount = -1, seatsLeft, waitlistedCount = -1 } = (await stage.call('getEvent')).body ?? {};
      return { registeredCount, ...(seatsLeft === undefined ? {} : { seatsLeft }), waitlistedCount };
    },
    stored: () => JSON.stringify(database.rows(tableNames.registrations)),
  };
  const created = await stage.call('createEvent', undefined, { body: { ...concert, capacity: 2, ...content } });
  return Object.assign(stage, { eventId: created.body?.eventId ?? '' });
}

/** As `createStage`, but published. */
export async function createPublished(content: object = {}): Promise<Stage> {
  const stage = await createStage(content);
  await stage.call('publishEvent');
  return stage;
}
