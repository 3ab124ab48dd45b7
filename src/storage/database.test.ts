import { randomUUID } from 'node:crypto';

import { createTestTables, type TestTables } from '../../test/support/tables.ts';
import { tables } from './tables.ts';

let table: TestTables;
let TableName: string;

beforeAll(async () => {
  table = await createTestTables();
  TableName = table.tableNames.events;
});

afterAll(() => table.drop());

/** Puts an item of its own for one test. */
async function putNew(attributes: Record<string, unknown> = {}) {
  const item = { eventId: randomUUID(), revision: 1, tags: ['a', 'b'], ...attributes };
  await table.database.put({ TableName, Item: item });
  return item;
}

test('get returns what was put', async () => {
  const item = await putNew({ location: { kind: 'venue', name: 'Hall' } });
  const found = await table.database.get({ TableName, Key: { eventId: item.eventId }, ConsistentRead: true });
  expect(found).toEqual(item);
});

test('get returns nothing for a key that does not exist', async () => {
  expect(await table.database.get({ TableName, Key: { eventId: randomUUID() } })).toBeUndefined();
});

test('put leaves out what is undefined', async () => {
  const { eventId } = await putNew({ capacity: undefined, location: { kind: 'venue', address: undefined } });
  const found = await table.database.get({ TableName, Key: { eventId } });
  expect(found).toEqual({ eventId, revision: 1, tags: ['a', 'b'], location: { kind: 'venue' } });
});

test('put whose condition fails returns the current item and keeps it', async () => {
  const item = await putNew();
  const result = await table.database.put({
    TableName,
    Item: { ...item, revision: 2 },
    ConditionExpression: 'attribute_not_exists(eventId)',
  });
  expect(result).toEqual({ ok: false, current: item });
  expect(await table.database.get({ TableName, Key: { eventId: item.eventId } })).toEqual(item);
});

test('put whose condition fails on an item that does not exist returns no item', async () => {
  const result = await table.database.put({
    TableName,
    Item: { eventId: randomUUID() },
    ConditionExpression: 'attribute_exists(eventId)',
  });
  expect(result).toEqual({ ok: false, current: undefined });
});

test('put returns the former item where the command asks for it', async () => {
  const item = await putNew();
  const result = await table.database.put({ TableName, Item: { ...item, revision: 2 }, ReturnValues: 'ALL_OLD' });
  expect(result).toEqual({ ok: true, attributes: item });
});

test('update returns the new attributes where the command asks for them', async () => {
  const item = await putNew();
  const result = await table.database.update({
    TableName,
    Key: { eventId: item.eventId },
    UpdateExpression: 'SET revision = revision + :one',
    ConditionExpression: 'revision = :expected',
    ExpressionAttributeValues: { ':one': 1, ':expected': 1 },
    ReturnValues: 'ALL_NEW',
  });
  expect(result).toEqual({ ok: true, attributes: { ...item, revision: 2 } });
});

test('update whose condition fails returns the current item', async () => {
  const item = await putNew();
  const result = await table.database.update({
    TableName,
    Key: { eventId: item.eventId },
    UpdateExpression: 'SET revision = :next',
    ConditionExpression: 'revision = :expected',
    ExpressionAttributeValues: { ':next': 8, ':expected': 7 },
  });
  expect(result).toEqual({ ok: false, current: item });
});

test('query reads an index in the order of its range key, page by page', async () => {
  const index = 'organizerId-index';
  const { hashKey, rangeKey } = tables.events.indexes[index];
  const organizerId = randomUUID();
  for (const startsAtId of ['c', 'a', 'b']) await putNew({ organizerId, startsAtId });
  const input = {
    TableName,
    IndexName: index,
    KeyConditionExpression: '#hash = :organizerId AND #range >= :from',
    ExpressionAttributeNames: { '#hash': hashKey, '#range': rangeKey },
    ExpressionAttributeValues: { ':organizerId': organizerId, ':from': 'a' },
  };

  const first = await table.database.query({ ...input, Limit: 2 });
  expect(first).toMatchObject({ items: [{ startsAtId: 'a' }, { startsAtId: 'b' }], scannedCount: 2 });
  expect(first.lastKey).toMatchObject({ organizerId, startsAtId: 'b' });

  const values = { ...input.ExpressionAttributeValues, ':from': 'c' };
  const rest = await table.database.query({ ...input, ExpressionAttributeValues: values });
  expect(rest).toMatchObject({ items: [{ startsAtId: 'c' }], scannedCount: 1, lastKey: undefined });
});

test('an item without the key of an index is not in the index', async () => {
  const organizerId = randomUUID();
  await putNew({ organizerId, startsAtId: 'a' });
  const result = await table.database.query({
    TableName,
    IndexName: 'publishedBy-index',
    KeyConditionExpression: 'publishedBy = :organizerId',
    ExpressionAttributeValues: { ':organizerId': organizerId },
  });
  expect(result).toEqual({ items: [], scannedCount: 0, lastKey: undefined });
});

test('of many simultaneous conditional puts of one key, one succeeds', async () => {
  const eventId = randomUUID();
  const attempts = Array.from({ length: 50 }, (_, writer) =>
    table.database.put({ TableName, Item: { eventId, writer }, ConditionExpression: 'attribute_not_exists(eventId)' }),
  );
  const results = await Promise.all(attempts);
  const winner = results.findIndex(({ ok }) => ok);
  const losers = results.filter(({ ok }) => !ok);
  expect(losers).toEqual(Array.from({ length: 49 }, () => ({ ok: false, current: { eventId, writer: winner } })));
});

describe('a transaction', () => {
  const absent = { ConditionExpression: 'attribute_not_exists(eventId)' };
  const read = (eventId: string) => table.database.get({ TableName, Key: { eventId }, ConsistentRead: true });

  it('applies a put, an update and a deletion, if the condition on another item holds', async () => {
    const [updated, deleted, checked] = await Promise.all([putNew(), putNew(), putNew()]);
    const created = { eventId: randomUUID(), revision: 1 };
    const result = await table.database.transact([
      { put: { TableName, Item: { ...created, tag: undefined }, ...absent } },
      {
        update: {
          TableName,
          Key: { eventId: updated.eventId },
          UpdateExpression: 'SET revision = revision + :by',
          ExpressionAttributeValues: { ':by': 1 },
        },
      },
      { delete: { TableName, Key: { eventId: deleted.eventId } } },
      {
        check: {
          TableName,
          Key: { eventId: checked.eventId },
          ConditionExpression: 'revision = :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ]);
    expect(result).toEqual({ ok: true });
    expect(await read(created.eventId)).toEqual(created);
    expect(await read(updated.eventId)).toEqual({ ...updated, revision: 2 });
    expect(await read(deleted.eventId)).toBeUndefined();
  });

  it('writes nothing if a condition fails, and returns the items that conditions failed on', async () => {
    const [taken, other] = await Promise.all([putNew(), putNew()]);
    const created = randomUUID();
    const result = await table.database.transact([
      { put: { TableName, Item: { eventId: created }, ...absent } },
      { put: { TableName, Item: { eventId: taken.eventId }, ...absent } },
      { delete: { TableName, Key: { eventId: other.eventId } } },
      { check: { TableName, Key: { eventId: randomUUID() }, ConditionExpression: 'attribute_exists(eventId)' } },
    ]);
    expect(result).toEqual({
      ok: false,
      outcomes: [
        { conditionFailed: false },
        { conditionFailed: true, current: taken },
        { conditionFailed: false },
        { conditionFailed: true, current: undefined },
      ],
    });
    expect(await read(created)).toBeUndefined();
    expect(await read(other.eventId)).toEqual(other);
  });

  it('is applied once if it is sent twice with the same token', async () => {
    const { eventId } = await putNew();
    const token = randomUUID();
    const increment = {
      update: {
        TableName,
        Key: { eventId },
        UpdateExpression: 'SET revision = revision + :by',
        ExpressionAttributeValues: { ':by': 1 },
      },
    };
    expect(await table.database.transact([increment], { token })).toEqual({ ok: true });
    expect(await table.database.transact([increment], { token })).toEqual({ ok: true });
    expect(await read(eventId)).toMatchObject({ revision: 2 });
  });
});

describe('a batch of reads', () => {
  it('returns one result for each key, in the order of the keys', async () => {
    const [first, second] = await Promise.all([putNew(), putNew()]);
    const ids = [second.eventId, randomUUID(), first.eventId, second.eventId];
    const keys = ids.map((eventId) => ({ TableName, Key: { eventId } }));
    expect(await table.database.batchGet(keys, { consistentRead: true })).toEqual([second, undefined, first, second]);
  });

  it('reads more items than one call can', async () => {
    const items = await Promise.all(Array.from({ length: 105 }, () => putNew()));
    const keys = items.map(({ eventId }) => ({ TableName, Key: { eventId } }));
    expect(await table.database.batchGet(keys, { consistentRead: true })).toEqual(items);
  });

  it('without keys makes no call', async () => {
    expect(await table.database.batchGet([])).toEqual([]);
  });
});
