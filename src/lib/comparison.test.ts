import {
  atLeast,
  atMost,
  equalTo,
  exists,
  greaterThan,
  lessThan,
  missing,
  satisfies,
  satisfiesAll,
} from './comparison.ts';

test.each([
  ['equalTo', equalTo(2), [false, true, false]],
  ['lessThan', lessThan(2), [true, false, false]],
  ['atMost', atMost(2), [true, true, false]],
  ['greaterThan', greaterThan(2), [false, false, true]],
  ['atLeast', atLeast(2), [false, true, true]],
  ['exists', exists, [true, true, true]],
  ['missing', missing, [false, false, false]],
])('%s is evaluated for a smaller, an equal and a larger number', (_, comparison, expected) => {
  expect([1, 2, 3].map((value) => satisfies(value, comparison))).toEqual(expected);
});

test('a missing value satisfies only the comparison missing', () => {
  const comparisons = [equalTo(0), lessThan(0), atMost(0), greaterThan(0), atLeast(0), exists, missing];
  expect(comparisons.map((comparison) => satisfies(undefined, comparison))).toEqual([
    ...Array<false>(6).fill(false),
    true,
  ]);
});

test('a value of another type satisfies no comparison with a value', () => {
  expect(satisfies('3', greaterThan(2))).toBe(false);
  expect(satisfies(3, equalTo('3'))).toBe(false);
});

test('an object satisfies comparisons if each of its attributes does', () => {
  const comparisons = { status: equalTo('draft'), count: atMost(0) };
  expect(satisfiesAll({ status: 'draft', count: 0 }, comparisons)).toBe(true);
  expect(satisfiesAll({ status: 'draft', count: 1 }, comparisons)).toBe(false);
  expect(satisfiesAll({ count: 0 }, comparisons)).toBe(false);
});
