import fc from 'fast-check';

import { instantOf, isInRange, secondsOf, toInstant, yearOf } from './instants.ts';

test.each([
  ['2026-05-01T18:00:00Z', '2026-05-01T18:00:00Z'],
  ['2026-05-01T18:00:00.000Z', '2026-05-01T18:00:00Z'],
  ['2026-05-01T18:00:00.999999999Z', '2026-05-01T18:00:00Z'],
  ['2026-05-01T18:00:00+02:00', '2026-05-01T16:00:00Z'],
  ['2026-05-01T18:00:00.5-23:59', '2026-05-02T17:59:00Z'],
  ['2026-05-01T18:00:00-00:00', '2026-05-01T18:00:00Z'],
  ['2026-05-01t18:00:00z', '2026-05-01T18:00:00Z'],
  ['2024-02-29T23:30:00-01:00', '2024-03-01T00:30:00Z'],
  ['1969-12-31T23:59:59.5Z', '1969-12-31T23:59:59Z'],
  ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
  ['0099-07-01T00:00:00.1Z', '0099-07-01T00:00:00Z'],
  ['9999-12-31T23:59:59.9Z', '9999-12-31T23:59:59Z'],
])('%s is converted to the instant %s', (text, instant) => {
  expect(toInstant(text)).toBe(instant);
});

test.each([
  ['0000-01-01T00:00:00+00:01', -1],
  ['9999-12-31T23:59:59-00:01', 10_000],
  ['1999-12-31T23:59:59.999Z', 1999],
  ['2000-01-01T00:00:00+01:00', 1999],
  ['2200-01-01T00:00:00Z', 2200],
  ['2199-12-31T23:30:00-01:00', 2200],
])('%s is in the year %i, out of range', (text, year) => {
  const instant = toInstant(text);
  expect(yearOf(instant)).toBe(year);
  expect(isInRange(instant)).toBe(false);
});

test.each([
  '2000-01-01T00:00:00Z',
  '1999-12-31T23:30:00-00:30',
  '2199-12-31T23:59:59.999Z',
  '2200-01-01T00:00:00+00:01',
])('%s is in range', (text) => {
  expect(isInRange(toInstant(text))).toBe(true);
});

test('a text that is not a date-time, and an invalid Date, are rejected', () => {
  expect(() => toInstant('tomorrow')).toThrow(RangeError);
  expect(() => instantOf(new Date(NaN))).toThrow(RangeError);
});

test('the milliseconds of a Date are truncated towards the past, even before 1970', () => {
  expect(instantOf(new Date('2026-05-01T18:00:00.999Z'))).toBe('2026-05-01T18:00:00Z');
  expect(instantOf(new Date(-1))).toBe('1969-12-31T23:59:59Z');
});

/** Moments whose year has four digits in every offset. */
const moment = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9998-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const offset = fc.integer({ min: -(24 * 60 - 1), max: 24 * 60 - 1 });
const moreDigits = fc.stringMatching(/^\d{0,9}$/);

function withOffset(date: Date, minutes: number, digits: string): string {
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${digits}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

test('neither the offset nor more digits of the fraction change the instant', () => {
  fc.assert(
    fc.property(moment, offset, moreDigits, (date, minutes, digits) => {
      expect(toInstant(withOffset(date, minutes, digits))).toBe(instantOf(date));
    }),
  );
});

test('an instant is converted to itself', () => {
  fc.assert(
    fc.property(moment, (date) => {
      const instant = instantOf(date);
      expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(toInstant(instant)).toBe(instant);
    }),
  );
});

test('an instant is less than a second before its date-time, and never after it', () => {
  fc.assert(
    fc.property(moment, (date) => {
      const lost = date.getTime() - new Date(instantOf(date)).getTime();
      expect(lost).toBeGreaterThanOrEqual(0);
      expect(lost).toBeLessThan(1_000);
    }),
  );
});

test('the order of instants as strings is their chronological order', () => {
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      const [earlier, later] = one <= other ? [one, other] : [other, one];
      expect(instantOf(earlier) <= instantOf(later)).toBe(true);
    }),
  );
});

test('an instant is a number of whole seconds, as the time to live of DynamoDB requires', () => {
  expect(secondsOf('1970-01-01T00:00:00Z')).toBe(0);
  expect(secondsOf('2030-06-21T18:00:00Z')).toBe(1_908_295_200);
});
