import 'temporal-polyfill/global';
import { hasSameLocalTime, instantOf, localTimeOf, startOfDay, timeRangeOf, timeZoneLabel } from './time.ts';

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

  it('is midnight at the start of a day and of the next one', () => {
    const [day, next] = [startOfDay('2030-06-21'), startOfDay('2030-06-21', 1)];
    expect(new Date(day).getHours()).toBe(0);
    expect(new Date(next).getDate()).toBe(22);
  });
});
