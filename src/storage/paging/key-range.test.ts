import fc from 'fast-check';
import { isEmpty, rangeAfter, rangeBetween } from './key-range.ts';

const id = (last: string) => `5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e3${last}`;
const key = (startsAt: string, last = '0') => `${startsAt}#${id(last)}`;
const contains = ({ from, to }: { from: string; to: string }, text: string) => from <= text && text <= to;

const nine = '2030-06-21T09:00:00Z';
const ten = '2030-06-21T10:00:00Z';

describe('a range of sort keys', () => {
  it('contains the keys of its first instant and not those of its last', () => {
    const range = rangeBetween(nine, ten);
    expect(
      [key('2030-06-21T08:59:59Z', 'f'), key(nine), key(nine, 'f'), key(ten), key(ten, 'f')].map((one) =>
        contains(range, one),
      ),
    ).toEqual([false, true, true, false, false]);
  });

  it('contains everything without bounds', () => {
    expect(contains(rangeBetween(), key('2000-01-01T00:00:00Z'))).toBe(true);
    expect(contains(rangeBetween(), key('2199-12-31T23:59:59Z', 'f'))).toBe(true);
    expect(isEmpty(rangeBetween())).toBe(false);
    // DynamoDB refuses an empty text as a key.
    expect(rangeBetween()).toEqual({ from: '0', to: '~' });
  });

  it('is empty from an instant to itself, and if it is inverted', () => {
    expect(isEmpty(rangeBetween(nine, nine))).toBe(true);
    expect(isEmpty(rangeBetween(ten, nine))).toBe(true);
    expect(isEmpty(rangeBetween(nine, ten))).toBe(false);
  });

  it('after a key holds exactly the keys that come after it', () => {
    const anyKey = fc
      .tuple(fc.constantFrom(nine, ten), fc.constantFrom(...'0123456789abcdef'))
      .map((parts) => key(...parts));
    fc.assert(
      fc.property(anyKey, anyKey, fc.constantFrom('asc' as const, 'desc' as const), (at, other, order) => {
        const range = rangeAfter(rangeBetween(), at, order);
        expect(contains(range, other)).toBe(order === 'asc' ? other > at : other < at);
      }),
    );
  });

  it('after a key never grows', () => {
    const range = rangeBetween(nine, ten);
    expect(rangeAfter(range, key('2030-06-21T08:00:00Z'), 'asc')).toEqual(range);
    expect(rangeAfter(range, key(ten), 'desc')).toEqual(range);
    expect(rangeAfter(range, undefined, 'asc')).toEqual(range);
    expect(isEmpty(rangeAfter(range, key(ten), 'asc'))).toBe(true);
    expect(isEmpty(rangeAfter(range, key('2030-06-21T08:00:00Z'), 'desc'))).toBe(true);
  });
});
