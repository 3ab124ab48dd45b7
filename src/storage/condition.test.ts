import { atMost, equalTo, exists, greaterThan, missing } from '../lib/comparison.ts';
import { allOf, anyOf, toConditionInput } from './condition.ts';

test('a condition has one clause for each comparison, with names and values of its own', () => {
  expect(allOf([{ status: equalTo('draft'), location: exists }, { startsAt: greaterThan('2030') }])).toEqual({
    expression: '#if_status = :if_0 AND attribute_exists(#if_location) AND #if_startsAt > :if_2',
    names: { '#if_status': 'status', '#if_location': 'location', '#if_startsAt': 'startsAt' },
    values: { ':if_0': 'draft', ':if_2': '2030' },
  });
});

test('a condition can compare an attribute more than once', () => {
  expect(allOf([{ count: atMost(5) }, { count: greaterThan(1) }])).toEqual({
    expression: '#if_count <= :if_0 AND #if_count > :if_1',
    names: { '#if_count': 'count' },
    values: { ':if_0': 5, ':if_1': 1 },
  });
});

test('a condition has no clause for an attribute without a comparison', () => {
  expect(allOf([{ status: undefined, id: missing, count: undefined }])).toEqual({
    expression: 'attribute_not_exists(#if_id)',
    names: { '#if_id': 'id' },
    values: {},
  });
});

test('a condition of alternatives is joined by OR', () => {
  expect(anyOf([{ id: missing }, { expiresAt: atMost(7) }]).expression).toBe(
    'attribute_not_exists(#if_id) OR #if_expiresAt <= :if_1',
  );
});

test('the input of a condition without values has no map of values, which DynamoDB would reject', () => {
  expect(toConditionInput(allOf([{ id: missing }]))).toEqual({
    ConditionExpression: 'attribute_not_exists(#if_id)',
    ExpressionAttributeNames: { '#if_id': 'id' },
  });
});
