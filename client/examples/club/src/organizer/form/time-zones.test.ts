import 'temporal-polyfill/global';
import { timeZones } from '@event-management/client/schemas';
import { findZones, zoneText } from './time-zones.ts';

const summer = '2030-06-21T18:00:00Z';
const names = (query: string, at = summer) => findZones(query, at, 'Europe/Berlin').map(({ name }) => name);

describe('the search for a time zone', () => {
  it.each([
    ['berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Europe Ber', 'Europe/Berlin'],
    ['são paulo', 'America/Sao_Paulo'],
    ['new york', 'America/New_York'],
    ['NEW_YORK', 'America/New_York'],
    ['york', 'America/New_York'],
    ['buenos', 'America/Argentina/Buenos_Aires'],
    ['kolkata', 'Asia/Kolkata'],
    ['utc', 'UTC'],
  ])('finds by %j first %s', (query, expected) => {
    expect(names(query)[0]).toBe(expected);
  });

  it.each([
    ['são', 'America/Sao_Paulo'],
    ['argentina', 'America/Argentina/Salta'],
    ['germany', 'Europe/Berlin'],
    ['japan', 'Asia/Tokyo'],
    ['gmt+2', 'Europe/Berlin'],
    ['UTC+2', 'Europe/Berlin'],
    ['+02:00', 'Europe/Berlin'],
    ['gmt-4', 'America/New_York'],
    ['+5:45', 'Asia/Katmandu'],
    ['-02:30', 'America/St_Johns'],
  ])('finds by %j among others %s', (query, expected) => {
    expect(names(query)).toContain(expected);
  });

  it('has the offsets of the day on which the event starts', () => {
    const winter = '2030-12-21T18:00:00Z';
    expect([names('gmt+1', winter).includes('Europe/Berlin'), names('gmt+1').includes('Europe/Berlin')]).toEqual([
      true,
      false,
    ]);
    expect(names('gmt+1').some((name) => name === 'Asia/Tokyo')).toBe(false);
    expect(findZones('berlin', summer, 'UTC').map(zoneText)[0]).toBe('Berlin · Europe/Berlin · GMT+2');
    expect(findZones('utc', summer, 'UTC').map(zoneText)[0]).toBe('UTC · GMT');
  });

  it('offers nothing that the API does not accept, and without a query all, the chosen one first', () => {
    const all = names('');
    expect(all.slice(0, 1)).toEqual(['Europe/Berlin']);
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter((name) => !timeZones.includes(name))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
    expect(names('atlantis')).toEqual([]);
  });
});
