import type { Database, GetInput } from '../../storage/database.ts';
import { createEventStore } from './repository.ts';

// The local engines read consistently whatever they are asked for, so the question itself is looked at.
it('reads an event consistently: what was just written is there', async () => {
  const asked: GetInput[] = [];
  const database: Pick<Database, 'get'> = {
    get: (input) => {
      asked.push(input);
      return Promise.resolve(undefined);
    },
  };
  await createEventStore(database as Database, 'events').get(
    '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
    new AbortController().signal,
  );
  expect(asked).toEqual([
    { TableName: 'events', Key: { eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31' }, ConsistentRead: true },
  ]);
});
