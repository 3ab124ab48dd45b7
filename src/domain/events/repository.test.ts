import type { Database, GetInput } from '../../storage/database.ts';
import { draftRecord } from '../../../test/support/event-records.ts';
import { createEventRepository, derivedFrom, parseRecord } from './repository.ts';

// Local engines always read consistently, so the request itself is checked.
it('reads an event consistently, so that a completed write is visible', async () => {
  const asked: GetInput[] = [];
  const database: Pick<Database, 'get'> = {
    get: (input) => {
      asked.push(input);
      return Promise.resolve(undefined);
    },
  };
  await createEventRepository(database as Database, 'events').get(
    '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
    new AbortController().signal,
  );
  expect(asked).toEqual([
    { TableName: 'events', Key: { eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31' }, ConsistentRead: true },
  ]);
});

it('returns the members of an event, and no other attribute of its item', () => {
  const event = draftRecord({ status: 'published' });
  const internal = { fingerprint: 'x', requestId: 'x', expiresAt: 1, registeredCount: 0 };
  const item = { ...event, ...derivedFrom(event), ...internal };
  expect(Object.keys(item)).toEqual(expect.arrayContaining(['startsAtId', 'listing', 'publishedBy', 'searchText']));
  expect(parseRecord(item)).toEqual(event);
});
