import 'temporal-polyfill/global';
import {
  endAfter,
  hasSameLocalTime,
  instantOf,
  isDay,
  isRepeated,
  localTimeOf,
  momentOf,
  ownTimeZone,
  timeRangeOf,
  timeZoneLabel,
  weeksLater,
  weeksToFuture,
} from './time.ts';

describe('a local time', () => {
  it('is converted from an instant, to the minute', () => {
    expect(localTimeOf('2030-06-21T18:00:30Z', 'Europe/Berlin')).toBe('2030-06-21T20:00');
    expect(localTimeOf('2030-12-21T18:00:00Z', 'Europe/Berlin')).toBe('2030-12-21T19:00');
    expect(localTimeOf('2030-06-21T18:00:00Z', 'Asia/Kathmandu')).toBe('2030-06-21T23:45');
  });

  it('is converted to an instant, with the offset of its date', () => {
    expect(instantOf('2030-06-21T20:00', 'Europe/Berlin')).toEqual({ instant: '2030-06-21T18:00:00Z' });
    expect(instantOf('2030-12-21T20:00', 'Europe/Berlin')).toEqual({ instant: '2030-12-21T19:00:00Z' });
  });

  it('is the first of two instants when clocks go back, and an error when they skip it', () => {
    expect(instantOf('2030-10-27T02:30', 'Europe/Berlin')).toEqual({ instant: '2030-10-27T00:30:00Z' });
    expect(instantOf('2030-03-31T02:30', 'Europe/Berlin')).toEqual({ error: 'skipped' });
    expect(instantOf('2030-03-31T03:00', 'Europe/Berlin')).toEqual({ instant: '2030-03-31T01:00:00Z' });
  });

  it('is the second of two instants on request', () => {
    expect(instantOf('2030-10-27T02:30', 'Europe/Berlin', true)).toEqual({ instant: '2030-10-27T01:30:00Z' });
    expect(instantOf('2030-03-31T02:30', 'Europe/Berlin', true)).toEqual({ error: 'skipped' });
    expect(isRepeated('2030-10-27T01:30:30Z', 'Europe/Berlin')).toBe(true);
    expect(isRepeated('2030-10-27T00:30:30Z', 'Europe/Berlin')).toBe(false);
    expect(isRepeated('2030-10-27T01:30:00Z', 'Europe/Atlantis')).toBe(false);
  });

  it('is rejected in an unknown time zone, and if it is not a time', () => {
    expect(instantOf('2030-06-21T20:00', 'Europe/Atlantis')).toEqual({ error: 'unknown-time-zone' });
    expect(instantOf('', 'Europe/Berlin')).toEqual({ error: 'unreadable' });
  });

  it('is shown in UTC, with a notice, if the browser does not know the time zone', () => {
    expect(localTimeOf('2030-06-21T18:00:00Z', 'Europe/Atlantis')).toBe('2030-06-21T18:00');
    expect(timeZoneLabel('2030-06-21T18:00:00Z', 'Europe/Atlantis')).toBe(
      'UTC, as this browser does not know Europe/Atlantis',
    );
  });

  it('is shown with the end date only if the event lasts longer than a night', () => {
    expect(timeRangeOf('2030-06-21T18:00:00Z', '2030-06-22T01:00:00Z', 'Europe/Berlin')).toBe('20:00 – 03:00');
    expect(timeRangeOf('2030-06-21T18:00:00Z', '2030-06-23T01:00:00Z', 'Europe/Berlin')).toBe(
      '20:00 – Sun 23 Jun, 03:00',
    );
    expect(timeRangeOf('2030-12-30T18:00:00Z', '2031-01-02T01:00:00Z', 'Europe/Berlin')).toBe(
      '19:00 – Thu, 2 Jan 2031, 02:00',
    );
  });

  it('is shown with its date unless that is today in the time zone of the event', () => {
    // Half past midnight on June 22 in Berlin.
    const now = '2030-06-21T22:30:00Z';
    expect(momentOf('2030-06-21T22:10:00Z', 'Europe/Berlin', now)).toBe('00:10');
    expect(momentOf('2030-06-21T21:50:00Z', 'Europe/Berlin', now)).toBe('Fri, 21 Jun 2030, 23:50');
    expect(momentOf('2030-06-21T21:50:00Z', 'UTC', now)).toBe('21:50');
  });

  it('is shown with a readable time zone', () => {
    expect(timeZoneLabel('2030-06-21T18:00:00Z', 'America/New_York')).toBe('New York (GMT-4)');
    expect(timeZoneLabel('2030-12-21T18:00:00Z', 'America/New_York')).toBe('New York (GMT-5)');
    expect(timeZoneLabel('2030-12-21T18:00:00Z', 'UTC')).toBe('UTC');
  });

  it('is equal in two time zones with the same offset', () => {
    expect(hasSameLocalTime('2030-06-21T18:00:00Z', 'Europe/Berlin', 'Europe/Paris')).toBe(true);
    expect(hasSameLocalTime('2030-06-21T18:00:00Z', 'Europe/Berlin', 'Europe/London')).toBe(false);
  });

  it('is in UTC for a visitor whose browser has no known time zone', () => {
    const timeZoneId = jest.spyOn(Temporal.Now, 'timeZoneId').mockReturnValue('Etc/Unknown');
    expect(ownTimeZone()).toBe('UTC');
    timeZoneId.mockRestore();
  });
});

describe('the end of an event whose start is moved', () => {
  it('is proposed two hours after the start if there is none', () => {
    expect(endAfter('2030-06-21T23:00', '', undefined)).toBe('2030-06-22T01:00');
    expect(endAfter('2030-06-21T23:00', '', '2030-06-20T20:00')).toBe('2030-06-22T01:00');
  });

  it.each([
    ['2030-06-28T19:00', '2030-06-28T23:00'],
    // Clocks go forward or back in between: it still ends four hours later on the clocks of the place.
    ['2030-03-30T23:00', '2030-03-31T03:00'],
    ['2030-10-26T23:00', '2030-10-27T03:00'],
  ])('moves with the start to %s', (starts, ends) => {
    expect(endAfter(starts, '2030-06-22T00:00', '2030-06-21T20:00')).toBe(ends);
  });

  it('stays if the start is not complete, was not there, or was not before the end', () => {
    expect(endAfter('', '2030-06-22T00:00', '2030-06-21T20:00')).toBe('2030-06-22T00:00');
    expect(endAfter('2030-06-21T20:00', '2030-06-22T00:00', undefined)).toBe('2030-06-22T00:00');
    expect(endAfter('2030-06-28T20:00', '2030-06-20T00:00', '2030-06-21T20:00')).toBe('2030-06-20T00:00');
  });
});

it('a day is accepted only if the calendar has it', () => {
  expect(['2030-06-21', '2028-02-29'].filter(isDay)).toEqual(['2030-06-21', '2028-02-29']);
  expect(['2030-02-30', '2030-6-1', '2030-06-21T20:00', '2030-W01-1', ''].filter(isDay)).toEqual([]);
});

describe('a repetition', () => {
  const now = Temporal.Instant.from('2030-06-21T18:00:00Z');

  it.each([
    ['2030-06-28T20:00', '2030-07-05T20:00'],
    ['2030-06-21T20:01', '2030-06-28T20:01'],
    ['2030-06-21T20:00', '2030-06-28T20:00'],
    ['2020-06-19T20:00', '2030-06-28T20:00'],
    ['2030-03-29T20:00', '2030-06-28T20:00'],
  ])('of %s is at the same time of the same weekday, in a later week and in the future: %s', (local, later) => {
    expect(weeksLater(local, weeksToFuture(local, 'Europe/Berlin', now))).toBe(later);
  });
});
