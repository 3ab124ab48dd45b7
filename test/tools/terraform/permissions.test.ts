/**
 * Terraform grants the operations that tables.json declares for each table and index. They are those that the API calls, no more and no
 * fewer.
 */
import { marshall } from '@aws-sdk/util-dynamodb';
import { listen, type Listening } from '../../../scripts/stack/listen.ts';
import { createEventLists, type EventLists } from '../../../src/domain/events/list.ts';
import { createEventRepository, type EventRepository } from '../../../src/domain/events/repository.ts';
import { createDatabase, type Database } from '../../../src/storage/database.ts';
import { tables } from '../../../src/storage/tables.ts';
import { recordOf } from '../../support/seed.ts';

interface Call {
  readonly operation: string;
  readonly index: string | undefined;
}

const calls: Call[] = [];
let server: Listening;
let database: Database;
const environment = { ...process.env };

/** A database that records its calls. It has one event, which every update returns. */
beforeAll(async () => {
  server = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).replace('DynamoDB_20120810.', '');
      calls.push({ operation, index: (JSON.parse(body) as { IndexName?: string }).IndexName });
      const output = operation === 'UpdateItem' ? { Attributes: marshall(event) } : {};
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(output));
    });
  });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  database = createDatabase({ region: 'us-east-1', endpoint: server.url });

  for (const use of [
    ...Object.values(uses(createEventRepository(database, 'events-table'))),
    ...lists(createEventLists(database, 'events-table')),
  ])
    await use();
});

afterAll(async () => {
  process.env = environment;
  database.close();
  await server.close();
});

const signal = new AbortController().signal;
const context = { requestId: 'r', signal };
const event = recordOf();

/** One call of every function of the repository. */
function uses(repository: EventRepository) {
  return {
    get: () => repository.get('1', signal),
    findByFingerprint: () => repository.findByFingerprint('1', 'f', signal),
    create: () => repository.create(event, 'f', context),
    change: () => repository.change(event, [], { name: 'n' }, context),
    remove: () => repository.remove(event, [], '2030-01-01T00:00:00Z', context),
  } satisfies Record<keyof EventRepository, () => Promise<unknown>>;
}

/** A page of every kind of list. */
function lists(lists: EventLists) {
  const scopes = [
    { kind: 'everybody' },
    { kind: 'published', organizerId: 'o' },
    { kind: 'own', organizerId: 'o' },
  ] as const;
  return scopes.map((scope) => () => lists.page({ scope, order: 'asc', limit: 1 }, signal));
}

/** What is called on the table (`index` undefined) or on one of its indexes, sorted. */
function called(index: string | undefined): string[] {
  return [...new Set(calls.filter((call) => call.index === index).map(({ operation }) => operation))].sort();
}

const { operations, indexes } = tables.events;

test('the API calls every operation that tables.json declares for the table, and no other', () => {
  expect(called(undefined)).toEqual([...operations].sort());
});

test.each(Object.entries(indexes))(
  'the API calls every operation that tables.json declares for %s, and no other',
  (name, index) => {
    expect(called(name)).toEqual([...index.operations].sort());
  },
);

test('the API queries no index that tables.json does not define', () => {
  const names = calls.flatMap(({ index }) => (index === undefined ? [] : [index]));
  expect([...new Set(names)].sort()).toEqual(Object.keys(indexes).sort());
});
