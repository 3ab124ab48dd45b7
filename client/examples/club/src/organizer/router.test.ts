import 'temporal-polyfill/global';
import type { Event as ApiEvent } from '@event-management/client';
import { noGuestFilters } from './guests/filters.ts';
import { defaultFilters, isListed, toListQuery } from './list/filters.ts';
import { byMonth } from '../shared/months.ts';
import { addressOf, type Route, routeOf } from './router.ts';

describe('an address', () => {
  it.each<[string, Route]>([
    ['#/', { name: 'list', filters: defaultFilters }],
    ['#/new', { name: 'new' }],
    ['#/calendars', { name: 'calendars' }],
    ['#/events/5f0c8f7e', { name: 'event', eventId: '5f0c8f7e' }],
    ['#/events/5f0c8f7e/edit', { name: 'edit', eventId: '5f0c8f7e' }],
    ['#/events/5f0c8f7e/preview', { name: 'preview', eventId: '5f0c8f7e' }],
    ['#/events/5f0c8f7e/edit?field=starts', { name: 'edit', eventId: '5f0c8f7e', field: 'starts' }],
    ['#/events/5f0c8f7e/check-in', { name: 'check-in', eventId: '5f0c8f7e' }],
    ['#/events/5f0c8f7e/guests', { name: 'guests', eventId: '5f0c8f7e', filters: noGuestFilters }],
    [
      '#/events/5f0c8f7e/guests?status=waitlisted&q=mira',
      { name: 'guests', eventId: '5f0c8f7e', filters: { ...noGuestFilters, statuses: ['waitlisted'], q: 'mira' } },
    ],
    ['#/events/5f0c8f7e/guests/new', { name: 'new-guest', eventId: '5f0c8f7e' }],
    ['#/events/5f0c8f7e/guests/17', { name: 'guest', eventId: '5f0c8f7e', number: 17 }],
    [
      '#/?whose=everyone&when=between&from=2030-06-21&q=harbour&tag=jazz+%26+blues',
      {
        name: 'list',
        filters: {
          ...defaultFilters,
          whose: 'everyone',
          when: 'between',
          from: '2030-06-21',
          q: 'harbour',
          tag: 'jazz & blues',
        },
      },
    ],
    ['#/?view=month', { name: 'list', filters: { ...defaultFilters, view: 'month' } }],
    ['#/?view=month&month=2030-06', { name: 'list', filters: { ...defaultFilters, view: 'month', month: '2030-06' } }],
    [
      '#/?status=draft&status=cancelled',
      { name: 'list', filters: { ...defaultFilters, statuses: ['draft', 'cancelled'] } },
    ],
  ])('%s is converted to its route and back', (address, route) => {
    expect(routeOf(address)).toEqual(route);
    expect(addressOf(route)).toBe(address);
  });

  it('shows the list if it is unknown, and ignores unknown filters', () => {
    for (const hash of [
      '',
      '#/nowhere',
      '#/events/',
      '#/events/../x',
      '#/events/5f0c8f7e/guests/0',
      '#/events/5f0c8f7e/guests/me',
      '#/?status=gone&when=never&from=soon&to=2030-99-99',
      '#/?from=2030-02-30&to=-271821-04-19',
      '#/?view=year&month=2030-13',
    ]) {
      expect(routeOf(hash)).toEqual({ name: 'list', filters: defaultFilters });
    }
  });
});

describe('the queries for the API', () => {
  const now = new Date('2030-06-21T18:00:00Z');

  it('rely on the defaults of the API if no filters are set: what has not ended', () => {
    expect(toListQuery(defaultFilters, now)).toEqual({ organizerId: 'me' });
    expect(toListQuery({ ...defaultFilters, whose: 'everyone', statuses: ['draft'] }, now)).toEqual({});
  });

  it('search, and filter by tag', () => {
    const query = { organizerId: 'me', q: 'harbour', tag: 'jazz' };
    expect(toListQuery({ ...defaultFilters, q: ' harbour', tag: 'jazz ' }, now)).toEqual(query);
    expect(toListQuery({ ...defaultFilters, q: 'h ' }, now)).toEqual({ organizerId: 'me' });
  });

  it('list past events latest first, with a bound that is the same all day, so that the loaded pages are kept', () => {
    const query = { organizerId: 'me', startsBefore: '2030-06-22T00:00:00Z', order: 'desc' };
    for (const time of [now, new Date('2030-06-21T00:00:00Z'), new Date('2030-06-21T23:59:59Z')])
      expect(toListQuery({ ...defaultFilters, when: 'past' }, time)).toEqual(query);
  });

  it('include both days of a range, in every time zone', () => {
    const range = { ...defaultFilters, when: 'between', from: '2030-06-21', to: '2030-06-21' } as const;
    const query = { organizerId: 'me', startsFrom: '2030-06-20T10:00:00Z', startsBefore: '2030-06-22T12:00:00Z' };
    expect(toListQuery(range, now)).toEqual(query);
  });
});

describe('a list', () => {
  const event = { startsAt: '2030-06-20T18:00:00Z', timeZone: 'Europe/Berlin', phase: 'ongoing' } as ApiEvent;

  it('has an event that is happening under "Upcoming", and one that has ended under "Past"', () => {
    const ended = { ...event, phase: 'ended' } as const;
    expect(isListed(defaultFilters, event)).toBe(true);
    expect(isListed(defaultFilters, ended)).toBe(false);
    expect(isListed({ ...defaultFilters, when: 'past' }, event)).toBe(false);
    expect(isListed({ ...defaultFilters, when: 'past' }, ended)).toBe(true);
  });

  it('is filtered by the day at the place of the event, as its row shows it', () => {
    const tokyo = { ...event, startsAt: '2030-06-20T16:00:00Z', timeZone: 'Asia/Tokyo' };
    const on = (day: string) => ({ ...defaultFilters, when: 'between', from: day, to: day }) as const;
    expect([isListed(on('2030-06-20'), tokyo), isListed(on('2030-06-21'), tokyo)]).toEqual([false, true]);
    expect(isListed({ ...defaultFilters, when: 'between' }, tokyo)).toBe(true);
  });

  it('has what takes place now first, and each month once and in order, if its events are in several time zones', () => {
    const [auckland, honolulu, berlin] = [
      { ...event, startsAt: '2030-06-30T14:00:00Z', timeZone: 'Pacific/Auckland' },
      { ...event, startsAt: '2030-06-30T15:00:00Z', timeZone: 'Pacific/Honolulu' },
      { ...event, startsAt: '2030-07-02T15:00:00Z' },
    ];
    const months = [
      { month: 'June 2030', events: [honolulu] },
      { month: 'July 2030', events: [auckland, berlin] },
    ];
    expect(byMonth([auckland, honolulu, berlin])).toEqual(months);
    const on = { ...berlin, status: 'published' } as const;
    const draft = { ...berlin, status: 'draft' } as const;
    expect(byMonth([auckland, draft, on], { nowFirst: true })).toEqual([
      { month: 'Happening now', events: [on] },
      { month: 'July 2030', events: [auckland, draft] },
    ]);
    expect(byMonth([berlin, honolulu, auckland], { latestFirst: true }).map(({ month }) => month)).toEqual([
      'July 2030',
      'June 2030',
    ]);
  });
});
