import 'temporal-polyfill/global';
import type { Event as ApiEvent } from '@event-management/client';
import { daysOf, firstDayOfWeek, firstInstantOfMonth, monthAfter, weeksOf } from './month.ts';

describe('the page of a month', () => {
  it('has whole weeks from the first day of the week, with the days of the month only', () => {
    // June 2030 begins on a Saturday and ends on a Sunday.
    const monday = weeksOf('2030-06', 1);
    expect(monday).toHaveLength(5);
    expect(monday[0]).toEqual([...Array(5).fill(undefined), '2030-06-01', '2030-06-02']);
    expect(monday.at(-1)).toEqual([24, 25, 26, 27, 28, 29, 30].map((day) => `2030-06-${day}`));
    const sunday = weeksOf('2030-06', 7);
    expect(sunday).toHaveLength(6);
    expect(sunday.at(-1)).toEqual(['2030-06-30', ...Array(6).fill(undefined)]);
    // February 2027 has 28 days and begins on a Monday.
    expect(weeksOf('2027-02', 1)).toHaveLength(4);
  });

  it.each([
    ['en-US', 7],
    ['en-GB', 1],
    ['de', 1],
    ['ar-EG', 6],
  ])('begins weeks as people do: %s', (locale, day) => {
    expect(firstDayOfWeek(locale)).toBe(day);
  });

  it('leads to the months before and after, and begins at midnight there', () => {
    expect([monthAfter('2030-01', -1), monthAfter('2030-12', 1)]).toEqual(['2029-12', '2031-01']);
    expect(firstInstantOfMonth('2030-06', 'Europe/Berlin')).toBe('2030-05-31T22:00:00Z');
  });

  it.each([
    ['2030-06-30T20:00:00Z', '2030-06-30T21:00:00Z', '2030-06-30', '2030-06-30'],
    ['2030-06-30T20:00:00Z', '2030-06-30T22:00:00Z', '2030-06-30', '2030-06-30'],
    ['2030-06-30T20:00:00Z', '2030-07-02T01:00:00Z', '2030-06-30', '2030-07-02'],
  ])('has an event from %s to %s on %s to %s', (startsAt, endsAt, first, last) => {
    expect(daysOf({ startsAt, endsAt } as ApiEvent, 'Europe/Berlin')).toEqual([first, last]);
  });
});
