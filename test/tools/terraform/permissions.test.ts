/**
 * Terraform grants the operations that tables.json declares for each table and index. They are those that the API calls, no more and no
 * fewer.
 */
import { marshall } from '@aws-sdk/util-dynamodb';
import { listen, type Listening } from '../../../scripts/stack/listen.ts';
import type { FeedRecord } from '../../../src/domain/calendars/model.ts';
import { createFeedRepository, type FeedRepository } from '../../../src/domain/calendars/repository.ts';
import { createEventLists, type EventLists } from '../../../src/domain/events/list.ts';
import { createEventRepository, type EventRepository } from '../../../src/domain/events/repository.ts';
import {
  createRegistrationRepository,
  type RegistrationRepository,
} from '../../../src/domain/registrations/repository.ts';
import { closing } from '../../../src/domain/shared/seats/model.ts';
import { createSeatsRepository, type SeatsRepository } from '../../../src/domain/shared/seats/repository.ts';
import { createDatabase, type Database, type Item } from '../../../src/storage/database.ts';
import { defaultTableName, forEachTable, type TableName, tables } from '../../../src/storage/tables.ts';
import type { TransactionWrite } from '../../../src/storage/transaction.ts';
import { emptySeats, recordOf, registrationOf } from '../../support/seed.ts';

interface Call {
  readonly table: string;
  readonly operation: string;
  readonly index?: string | undefined;
  /** What a transaction does to the table. */
  readonly part?: string;
}

/** The body of a call, as far as it names tables. */
interface Body {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

const calls: Call[] = [];
let server: Listening;
let database: Database;
const environment = { ...process.env };
const tableNames = forEachTable(defaultTableName);

/** The permission that each part of a transaction needs. */
const permissionOf: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

function callsOf(operation: string, { TableName, IndexName, RequestItems, TransactItems }: Body): Call[] {
  if (TransactItems !== undefined) {
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, part]) => ({
        table: part.TableName,
        operation,
        part: permissionOf[kind] ?? kind,
      })),
    );
  }
  if (RequestItems !== undefined) return Object.keys(RequestItems).map((table) => ({ table, operation }));
  return [{ table: TableName ?? '', operation, index: IndexName }];
}

/** A database that records its calls. Every update returns an item of the table. */
beforeAll(async () => {
  server = await listen((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).replace('DynamoDB_20120810.', '');
      const body = JSON.parse(text) as Body;
      calls.push(...callsOf(operation, body));
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(outputOf(operation, body)));
    });
  });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  database = createDatabase({ region: 'us-east-1', endpoint: server.url });

  const { events, registrations } = tableNames;
  const uses = [
    ...Object.values(eventUses(createEventRepository(database, events))),
    ...listUses(createEventLists(database, events)),
    ...Object.values(seatsUses(createSeatsRepository(database, registrations))),
    ...Object.values(registrationUses(createRegistrationRepository(database, registrations))),
    ...Object.values(feedUses(createFeedRepository(database, tableNames['calendar-feeds']))),
  ];
  for (const use of uses) {
    const used = use();
    // What is a part of a transaction is sent as one.
    if ('then' in used) await used;
    else await database.transact([used]);
  }
});

afterAll(async () => {
  process.env = environment;
  database.close();
  await server.close();
});

function outputOf(operation: string, { TableName }: Body): object {
  if (operation !== 'UpdateItem') return {};
  if (TableName === tableNames.events) return { Attributes: marshall(event) };
  return { Attributes: marshall({ scope: 'e', ...registration, ...emptySeats } as Item) };
}

const signal = new AbortController().signal;
const context = { requestId: 'r', signal };
const event = recordOf();
const registration = registrationOf({ eventId: 'e' });
const at = '2030-01-01T00:00:00Z';

/** A call of a function, or a part of a transaction that a function returns. */
type Use = () => Promise<unknown> | TransactionWrite;
type Uses<Repository> = Record<keyof Repository, Use>;

/** One call of every function of the repository of events. */
function eventUses(repository: EventRepository) {
  return {
    get: () => repository.get('1', signal),
    getMany: () => repository.getMany(['1'], signal),
    findByFingerprint: () => repository.findByFingerprint('1', 'f', signal),
    create: () => repository.create(event, 'f', context),
    change: () => repository.change(event, { name: 'n' }, [], context),
    changeTogether: () => repository.change(event, { name: 'n' }, [checkOf('other')], context),
    createFor: () => repository.createFor(event, checkOf('other'), signal),
    remove: () => repository.remove(event, at, { closing: undefined, erasing: false }, context),
    removeTogether: () => repository.remove(event, at, { closing: checkOf('other'), erasing: true }, context),
    isErasing: () => repository.isErasing(event, signal),
    finishErasing: () => repository.finishErasing('1', signal),
  } satisfies Uses<EventRepository> & Record<string, Use>;
}

/** A condition on an item of a table that no test looks at. */
function checkOf(TableName: string): TransactionWrite {
  return { check: { TableName, Key: { id: '1' }, ConditionExpression: 'attribute_exists(id)' } };
}

/** A page of every kind of list. */
function listUses(lists: EventLists): Use[] {
  const scopes = [
    { kind: 'everybody' },
    { kind: 'published', organizerId: 'o' },
    { kind: 'own', organizerId: 'o' },
  ] as const;
  return scopes.map((scope) => () => lists.page({ scope, order: 'asc', limit: 1 }, signal));
}

/** One call of every function of the repository of seats. */
function seatsUses(repository: SeatsRepository) {
  return {
    get: () => repository.get('1', signal),
    getExisting: () => repository.getExisting('1', signal).catch(() => undefined),
    getMany: () => repository.getMany(['1'], { signal }),
    takeNumber: () => repository.takeNumber('1', 'm', at, signal),
    create: () => repository.create('1', emptySeats),
    change: () => repository.change('1', closing),
    release: () => repository.release('1', 1, emptySeats),
    releaseAll: () => repository.releaseAll('1', { numbers: [1], withdrawn: 0 }, emptySeats),
    setReclaimedUpTo: () => repository.setReclaimedUpTo('1', 1, signal),
    mayLook: () => repository.mayLook('1', emptySeats, at, signal),
    allowLook: () => repository.allowLook('1', signal),
  } satisfies Uses<SeatsRepository>;
}

/** One call of every function of the repository of registrations. */
function registrationUses(repository: RegistrationRepository) {
  const { eventId, number } = registration;
  const userId = 'u';
  return {
    get: () => repository.get(eventId, number, signal),
    getMany: () => repository.getMany([registration], signal),
    findAttendee: () => repository.findAttendee(eventId, userId, signal),
    findAttendees: () => repository.findAttendees([eventId], userId, signal),
    claim: () => repository.claim(eventId, userId, { number, stale: undefined }, signal),
    put: () => repository.put(registration, signal),
    replaceDetails: () => repository.replaceDetails(registration, { name: 'n' }, at, signal),
    updateDetails: () => repository.updateDetails(registration, { name: 'n' }, { at, requestId: 'r', signal }),
    findKey: () => repository.findKey(eventId, 'k', signal),
    claimForKey: () => repository.claimForKey(eventId, 'k', { number, unused: undefined }, signal),
    transact: () => repository.transact([repository.settling(registration)], signal),
    cancelling: () => repository.cancelling(registration, { at, by: 'attendee' }, false),
    voiding: () => repository.voiding(eventId, number, at, false),
    settling: () => repository.settling(registration),
    erasing: () => repository.erasing(registration, at),
    erase: () => repository.erase(registration, at, signal),
    forgetting: () => repository.forgetting(eventId, userId, number),
    forget: () => repository.forget(eventId, userId, number, signal),
    forgetAll: () => repository.forgetAll(eventId, [userId], signal),
    page: () => repository.page(eventId, { from: 1 }, signal),
    ofUser: () => repository.ofUser(userId, { limit: 1 }, signal),
  } satisfies Uses<RegistrationRepository>;
}

/** One call of every function of the repository of feeds. */
function feedUses(repository: FeedRepository) {
  const feed: FeedRecord = {
    feedId: 'f',
    userId: 'u',
    source: { kind: 'my-registrations' },
    createdAt: at,
    fileDigest: 'd',
    fingerprint: 'p',
    requestId: 'r',
  };
  return {
    create: () => repository.create(feed, signal),
    ofUser: () => repository.ofUser('u', signal),
    get: () => repository.get('u', 'f', signal),
    findByDigest: () => repository.findByDigest('d', signal),
    remove: () => repository.remove(feed, at, signal),
  } satisfies Uses<FeedRepository>;
}

/** What is called on a table (`index` undefined) or on one of its indexes, sorted. */
function called(name: TableName, index: string | undefined): string[] {
  const onIt = calls.filter((call) => call.table === tableNames[name] && call.index === index);
  return [...new Set(onIt.map(({ operation }) => operation))].sort();
}

const names = Object.keys(tables) as TableName[];
const indexes = names.flatMap((name) =>
  Object.entries(tables[name].indexes).map(([index, { operations }]) => ({ name, index, operations })),
);

test.each(names)('the API calls every operation that tables.json declares for the table %s, and no other', (name) => {
  expect(called(name, undefined)).toEqual([...tables[name].operations].sort());
});

test.each(names)('transactions do to the table %s what tables.json declares, and nothing else', (name) => {
  const parts = calls.filter(({ table }) => table === tableNames[name]).flatMap(({ part = [] }) => part);
  expect([...new Set(parts)].sort()).toEqual([...tables[name].transacted].sort());
});

test.each(indexes)(
  'the API calls every operation that tables.json declares for $index, and no other',
  ({ name, index, operations }) => {
    expect(called(name, index)).toEqual([...operations].sort());
  },
);

test('the API queries no index that tables.json does not define', () => {
  const queried = calls.flatMap(({ index }) => (index === undefined ? [] : [index]));
  expect([...new Set(queried)].sort()).toEqual(indexes.map(({ index }) => index).sort());
});
