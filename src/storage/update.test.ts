import { equalTo, exists } from '../lib/comparison.ts';
import { allOf } from './condition.ts';
import { toUpdateInput } from './update.ts';

const owned = allOf([{ organizerId: equalTo('owner') }]);
const names = { '#if_organizerId': 'organizerId' };
const values = { ':if_0': 'owner' };

test('an update sets, removes and increments attributes under its condition', () => {
  const set = { name: 'Another name', capacity: null, description: undefined };
  expect(toUpdateInput({ set, increment: { revision: 1 } }, owned)).toEqual({
    UpdateExpression: 'SET #name = :name, #revision = #revision + :by_revision REMOVE #capacity',
    ConditionExpression: '#if_organizerId = :if_0',
    ExpressionAttributeNames: { ...names, '#revision': 'revision', '#name': 'name', '#capacity': 'capacity' },
    ExpressionAttributeValues: { ...values, ':by_revision': 1, ':name': 'Another name' },
  });
});

test('an update that removes nothing has no REMOVE clause, which DynamoDB would reject when empty', () => {
  expect(toUpdateInput({ set: { name: 'Another name' } }, owned).UpdateExpression).toBe('SET #name = :name');
});

test('an update that only removes has no SET clause', () => {
  expect(toUpdateInput({ set: { name: null } }, owned)).toMatchObject({
    UpdateExpression: 'REMOVE #name',
    ExpressionAttributeValues: values,
  });
});

test('an update removes several attributes in one clause', () => {
  expect(toUpdateInput({ set: { capacity: null, description: null } }, owned).UpdateExpression).toBe(
    'REMOVE #capacity, #description',
  );
});

test('an update without values has no map of values, which DynamoDB would reject when empty', () => {
  expect(toUpdateInput({ set: { capacity: null } }, allOf([{ capacity: exists }]))).toEqual({
    UpdateExpression: 'REMOVE #capacity',
    ConditionExpression: 'attribute_exists(#if_capacity)',
    ExpressionAttributeNames: { '#if_capacity': 'capacity', '#capacity': 'capacity' },
  });
});
