/**
 * A world: some people, one event and its organizer, and what they do at the same time. The operations are the real ones; only the
 * database can fail (schedule.ts). After every call, everything that must always hold is checked (invariants.ts).
 */
import { createCalendarHandlers } from '../../src/domain/calendars/index.ts';
import { createEventHandlers, createEvents } from '../../src/domain/events/index.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { withDerived } from '../../src/domain/events/repository.ts';
import {
  createRegistrationHandlers,
  createRegistrations,
  createRegistrationUpkeep,
} from '../../src/domain/registrations/index.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import type { Call, Handlers } from '../../src/contract/binding.ts';
import type { EventUpdate, Scan } from '../../src/contract/generated/types.ts';
import type { Database, Item } from '../../src/storage/database.ts';
import { DatabaseUnavailable } from '../../src/storage/errors.ts';
import type { TableNames } from '../../src/storage/tables.ts';
import { recordOf } from '../support/seed.ts';
import { testUsers } from '../support/issuer.ts';
import { createBook } from './invariants.ts';
import { Crash, createRandom, createSchedule, type Failures, noFailures, settled, type Task } from './schedule.ts';

/** What somebody does. People are named by their index. */
export type Action =
  | { readonly kind: 'register'; readonly person: number; readonly clicks: number; readonly body: number }
  | { readonly kind: 'cancelMine'; readonly person: number; readonly number: boolean }
  | { readonly kind: 'deleteMine' | 'getMine' | 'listMine'; readonly person: number }
  | { readonly kind: 'cancel' | 'delete' | 'edit'; readonly pick: number }
  | { readonly kind: 'walkIn'; readonly key: number | undefined; readonly clicks: number; readonly body: number }
  | { readonly kind: 'list' | 'getEvent' | 'publish' | 'unpublish' | 'cancelEvent' | 'deleteEvent' }
  | { readonly kind: 'update'; readonly body: EventUpdate }
  | { readonly kind: 'scan'; readonly scans: readonly PlannedScan[] }
  | { readonly kind: 'scanAgain'; readonly pick: number; readonly how: 'same' | 'reversed' | 'half' }
  | { readonly kind: 'undo'; readonly pick: number }
  | { readonly kind: 'clock'; readonly seconds: number };

/** A scan of a ticket that exists by then, some seconds before or after it arrives. */
export interface PlannedScan {
  readonly pick: number;
  readonly by: 'code' | 'number';
  readonly seconds: number;
  readonly admitted: boolean;
}

export interface World {
  readonly seed: number;
  /** The event at the beginning; `old` is published and has no counters. */
  readonly initial: 'draft' | 'published' | 'old';
  readonly capacity: number | undefined;
  readonly waitlist: boolean;
  readonly failures: Failures;
  /** How many requests run at the same time, at most. */
  readonly concurrency: number;
  readonly actions: readonly Action[];
}

/** Where a world lives: a database, and a look at everything that is stored in it. */
export interface Engine {
  readonly database: Database;
  readonly tableNames: TableNames;
  /** All items of both tables. */
  dump(): Promise<{ readonly events: readonly Item[]; readonly registrations: readonly Item[] }>;
}

export interface Outcome {
  readonly steps: number;
  /** What is stored at the end. */
  readonly stored: Awaited<ReturnType<Engine['dump']>>;
}

const eventId = '0b7a5b0e-3f0c-4c64-9a4e-6f3df3a0c001';
const startTime = Date.parse('2030-06-01T12:00:00Z');
const organizer = testUsers.organizer;

/** The id of a person; no id contains another one. */
export const personId = (person: number) => `person-${person}-`;

/**
 * @throws Error that names the seed and the last calls, if something does not hold
 */
export async function runWorld(world: World, { database, tableNames, dump }: Engine): Promise<Outcome> {
  const random = createRandom(world.seed);
  const trace: string[] = [];
  const schedule = createSchedule(database, random, (text) => void trace.push(text));
  let clock = startTime;
  let latest = startTime;
  let running = 0;
  let steps = 0;
  let failure: Error | undefined;
  let requests = 0;

  const book = createBook({
    eventId,
    hasLateWrites: (person) => schedule.hasLateWrites(({ name }) => name.includes(`${person} `)),
  });

  /** The handlers for one request, which sees its own database and its own clock. */
  function handlersFor(task: Task): Handlers {
    const skew = random() < 0.9 ? 0 : Math.floor((random() - 0.5) * 240_000);
    const time = clock + skew;
    const now = () => new Date(time);
    const options = { database: schedule.databaseFor(task), tableNames, now };
    const stores = { database: options.database, tableName: tableNames.registrations, elapsed: () => 0 };
    const events = createEvents(options);
    return {
      ...createEventHandlers({ ...options, registrations: createRegistrationUpkeep(stores) }),
      ...createRegistrationHandlers({ ...stores, events, now }),
      ...createCalendarHandlers({
        database: options.database,
        tableName: tableNames['calendar-feeds'],
        events,
        registrations: createRegistrations(stores),
        now,
      }),
      getHealth: () => Promise.reject(new Error('not used')),
    };
  }

  /** Starts a request; the book learns what became of it. */
  function start<Id extends keyof Handlers>(
    operationId: Id,
    who: string,
    parts: Partial<Pick<Call<Id>, 'path' | 'query' | 'headers' | 'body'>>,
  ): void {
    requests += 1;
    const name = `${requests} ${operationId} ${who} `;
    const task: Task = { name, weight: random() < 0.15 ? 0.1 : 1, crashed: false, wrote: false };
    const call = {
      path: { eventId },
      query: {},
      headers: {},
      body: undefined,
      mediaType: undefined,
      principal: { sub: who, groups: [], roles: ['organizer'] },
      requestId: `request-${requests}`,
      signal: new AbortController().signal,
      ...parts,
    } as unknown as Call<Id>;
    trace.push(`${name}starts ${JSON.stringify([parts.path, parts.body])}`);
    const finish = book.started({ operationId, who, call });
    running += 1;
    void (async () => {
      try {
        const result = await handlersFor(task)[operationId](call);
        trace.push(`${name}returns ${JSON.stringify(result)}`);
        finish(result);
      } catch (error) {
        finish(undefined);
        trace.push(`${name}fails: ${String(error)}`);
        if (!(error instanceof Crash) && !(error instanceof DatabaseUnavailable)) failure ??= error as Error;
      } finally {
        running -= 1;
      }
    })();
  }

  const batches: Scan[][] = [];
  const targets = new Map<string, number>();

  /** A scan with an id that no other scan of this world has. */
  function planned({ pick, by, seconds, admitted }: PlannedScan): Scan[] {
    const number = book.pick(pick);
    if (number === undefined) return [];
    const scanId = `00000000-0000-4000-8000-${String(targets.size + 1).padStart(12, '0')}`;
    targets.set(scanId, number);
    const code = by === 'code' ? book.codeOf(number) : undefined;
    const scannedAt = new Date(clock + seconds * 1_000).toISOString();
    return [{ scanId, ...(code === undefined ? { number } : { code }), scannedAt, admitted }];
  }

  function performScans(action: Action & { readonly kind: 'scan' | 'scanAgain' | 'undo' }): void {
    if (action.kind === 'undo') {
      const [scanId, number] = [...targets][action.pick % targets.size] ?? [];
      if (number !== undefined) start('deleteCheckIn', organizer, { path: { eventId, number, scanId: scanId ?? '' } });
      return;
    }
    if (action.kind === 'scan') {
      const scans = action.scans.flatMap(planned);
      if (scans.length === 0) return;
      batches.push(scans);
      return start('createCheckIns', organizer, { body: { scans } });
    }
    const batch = batches[action.pick % batches.length];
    if (batch === undefined) return;
    const half = batch.slice(0, Math.ceil(batch.length / 2));
    const scans = action.how === 'same' ? batch : action.how === 'half' ? half : batch.toReversed();
    start('createCheckIns', organizer, { body: { scans } });
  }

  function perform(action: Action): void {
    const who = 'person' in action ? personId(action.person) : organizer;
    switch (action.kind) {
      case 'clock':
        clock += action.seconds * 1_000;
        latest = Math.max(latest, clock);
        return;
      case 'register': {
        for (let click = 0; click < action.clicks; click += 1) {
          const version = action.body + click;
          const email = version % 3 === 0 ? {} : { email: `${who}${version}@example.com` };
          start('registerForEvent', who, { body: { name: `Name of ${who}${version}`, ...email } });
        }
        return;
      }
      case 'cancelMine': {
        const number = action.number ? book.numberOf(who) : undefined;
        const body = { reason: `Reason of ${who}`, ...(number === undefined ? {} : { number }) };
        return start('cancelMyRegistration', who, { body });
      }
      case 'deleteMine':
        return start('deleteMyRegistration', who, {});
      case 'getMine':
        return start('getMyRegistration', who, {});
      case 'listMine':
        return start('listMyRegistrations', who, { query: { limit: 10 } });
      case 'walkIn': {
        const headers = action.key === undefined ? {} : { 'Idempotency-Key': `key-${action.key}` };
        const body = { name: `Name of walk-in ${action.key ?? 'without a key'}, version ${action.body}` };
        for (let click = 0; click < action.clicks; click += 1) start('createRegistration', who, { body, headers });
        return;
      }
      case 'edit': {
        const number = book.pick(action.pick);
        if (number === undefined) return;
        const body = { name: `The organizer's name for ${book.personWith(number) ?? 'a walk-in'}`, email: null };
        return start('updateRegistration', who, { path: { eventId, number }, body });
      }
      case 'cancel':
      case 'delete': {
        const number = book.pick(action.pick);
        if (number === undefined) return;
        const path = { eventId, number };
        if (action.kind === 'delete') return start('deleteRegistration', who, { path });
        const person = book.personWith(number) ?? 'somebody';
        return start('cancelRegistration', who, { path, body: { reason: `The organizer's reason about ${person}` } });
      }
      case 'list':
        return start('listRegistrations', who, { query: { order: 'asc', limit: 100 } });
      case 'getEvent':
        return start('getEvent', who, {});
      case 'publish':
        return start('publishEvent', who, {});
      case 'unpublish':
        return start('unpublishEvent', who, {});
      case 'cancelEvent':
        return start('cancelEvent', who, {});
      case 'deleteEvent':
        return start('deleteEvent', who, {});
      case 'scan':
      case 'scanAgain':
      case 'undo':
        return performScans(action);
      case 'update':
        return start('updateEvent', who, { body: action.body });
    }
  }

  async function check(task: Task | undefined): Promise<void> {
    if (failure) throw failure;
    book.check(await dump(), task && isOfEvents(task));
  }

  async function advance(failures: Failures): Promise<void> {
    const { task, wrote } = await schedule.step(failures);
    steps += 1;
    if (random() < 0.3) clock += 1_000;
    latest = Math.max(latest, clock);
    if (failure) throw failure;
    if (wrote || book.hasNews()) await check(task);
  }

  async function drain(): Promise<void> {
    await settled();
    while (schedule.waiting() > 0) await advance(noFailures);
    if (running > 0) throw new Error(`${running} requests never end`);
    await check(undefined);
  }

  /** A request that nothing disturbs. */
  async function quietly(action: Action): Promise<void> {
    perform(action);
    await drain();
  }

  try {
    await create();
    await check(undefined);
    const actions = [...world.actions];
    while (actions.length > 0 || schedule.waiting() > 0) {
      const next =
        running < world.concurrency && (schedule.waiting() === 0 || random() < 0.2) ? actions.shift() : undefined;
      if (next !== undefined) {
        perform(next);
        await settled();
      } else if (schedule.waiting() > 0) await advance(world.failures);
      else if (actions.length === 0) break;
    }
    await drain();
    await heal();
    return { steps, stored: await dump() };
  } catch (error) {
    const last = trace.slice(-Number(process.env['TRACE'] || 60)).join('\n');
    throw new Error(`${(error as Error).message}\nSeed ${world.seed}, after ${steps} calls:\n${last}`, {
      cause: error,
    });
  }

  async function create(): Promise<void> {
    const event: EventRecord = recordOf({
      eventId,
      organizerId: organizer,
      startsAt: instantOf(new Date(startTime + 6 * 3_600_000)),
      endsAt: instantOf(new Date(startTime + 9 * 3_600_000)),
      status: world.initial === 'draft' || world.initial === 'published' ? 'draft' : 'published',
      ...(world.capacity === undefined ? {} : { capacity: world.capacity }),
      ...(world.waitlist ? {} : { waitlist: false }),
    });
    const item = { ...withDerived(event), registeredCount: 0 };
    await database.put({ TableName: tableNames.events, Item: item });
    if (world.initial === 'published') await quietly({ kind: 'publish' });
  }

  /** After a while without failures, everything is exact. */
  async function heal(): Promise<void> {
    // Numbers that were taken while the clock was ahead are the youngest ones.
    clock = latest + 600_000;
    if (book.isDeleted()) {
      // The erasure may have been cut off.
      await quietly({ kind: 'deleteEvent' });
      return book.checkErased(await dump());
    }
    for (let round = 0; round < 20; round += 1) {
      clock += 20_000;
      await quietly({ kind: 'list' });
    }
    book.checkHealed(await dump());
    const people = new Set(world.actions.flatMap((action) => ('person' in action ? [action.person] : [])));
    for (const person of people) await quietly({ kind: 'getMine', person });
    await quietly({ kind: 'getEvent' });
  }
}

const isOfEvents = ({ name }: Task) => /(publish|unpublish|update|cancel|delete)Event /.test(name);
