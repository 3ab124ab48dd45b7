import { toCondition, toUpdate } from './expressions.ts';

const owned = toCondition({ organizerId: 'owner' });

test('a condition holds one clause for each thing that is expected', () => {
  expect(
    toCondition({
      organizerId: 'owner',
      status: 'draft',
      revision: { revision: 2, nonce: '9c41d07be3f2' },
      hasLocation: true,
      startsAfter: '2030-06-01T00:00:00Z',
      registeredAtMost: 0,
    }),
  ).toEqual({
    expression: [
      '#if_organizerId = :if_organizerId',
      '#if_status = :if_status',
      '#if_revision = :if_revision',
      '#if_nonce = :if_nonce',
      'attribute_exists(#if_location)',
      '#if_startsAt > :if_startsAt',
      '#if_registeredCount <= :if_registeredCount',
    ].join(' AND '),
    names: {
      '#if_organizerId': 'organizerId',
      '#if_status': 'status',
      '#if_revision': 'revision',
      '#if_nonce': 'nonce',
      '#if_location': 'location',
      '#if_startsAt': 'startsAt',
      '#if_registeredCount': 'registeredCount',
    },
    values: {
      ':if_organizerId': 'owner',
      ':if_status': 'draft',
      ':if_revision': 2,
      ':if_nonce': '9c41d07be3f2',
      ':if_startsAt': '2030-06-01T00:00:00Z',
      ':if_registeredCount': 0,
    },
  });
});

test('the least that is expected is the owner, which a tombstone does not have', () => {
  expect(owned).toEqual({
    expression: '#if_organizerId = :if_organizerId',
    names: { '#if_organizerId': 'organizerId' },
    values: { ':if_organizerId': 'owner' },
  });
});

test('a tag that is none of ours is expected as a revision that no event has', () => {
  expect(toCondition({ organizerId: 'owner', revision: 'unmatchable' }).values).toMatchObject({ ':if_revision': -1 });
});

test('an update sets, removes and moves the revision under its condition', () => {
  expect(toUpdate({ name: 'Another name', capacity: null, description: undefined }, owned)).toEqual({
    UpdateExpression: 'SET #name = :name, #revision = #revision + :one REMOVE #capacity',
    ConditionExpression: '#if_organizerId = :if_organizerId',
    ExpressionAttributeNames: {
      '#if_organizerId': 'organizerId',
      '#revision': 'revision',
      '#name': 'name',
      '#capacity': 'capacity',
    },
    ExpressionAttributeValues: { ':if_organizerId': 'owner', ':one': 1, ':name': 'Another name' },
  });
});

test('an update that removes nothing has no REMOVE, which DynamoDB would refuse when empty', () => {
  expect(toUpdate({ name: 'Another name' }, owned).UpdateExpression).toBe(
    'SET #name = :name, #revision = #revision + :one',
  );
});

test('a clause without a value adds none', () => {
  const { values } = toCondition({ organizerId: 'owner', hasLocation: true });
  expect(values).toStrictEqual({ ':if_organizerId': 'owner' });
});

test('an update removes several members in one clause', () => {
  expect(toUpdate({ capacity: null, description: null }, owned).UpdateExpression).toBe(
    'SET #revision = #revision + :one REMOVE #capacity, #description',
  );
});
