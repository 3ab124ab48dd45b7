import 'temporal-polyfill/global';
import { defaultFilters, toListInput } from './list/filters.ts';
import { addressOf, type Route, routeOf } from './router.ts';

describe('an address', () => {
  it.each<[string, Route]>([
    ['#/', { name: 'list', filters: defaultFilters }],
    ['#/new', { name: 'new' }],
    ['#/events/5f0c8f7e', { name: 'event', eventId: '5f0c8f7e' }],
    ['#/events/5f0c8f7e/edit', { name: 'edit', eventId: '5f0c8f7e' }],
    [
      '#/?whose=everyone&when=between&from=2030-06-21&tag=jazz+%26+blues',
      {
        name: 'list',
        filters: { ...defaultFilters, whose: 'everyone', when: 'between', from: '2030-06-21', tag: 'jazz & blues' },
      },
    ],
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
      '#/?status=gone&when=never&from=soon&to=2030-99-99',
    ]) {
      expect(routeOf(hash)).toEqual({ name: 'list', filters: defaultFilters });
    }
  });
});

describe('the query for the API', () => {
  const now = new Date('2030-06-21T18:00:00Z');

  it('relies on the defaults of the API if no filters are set', () => {
    expect(toListInput(defaultFilters, now)).toEqual({ organizerId: 'me' });
    expect(toListInput({ ...defaultFilters, whose: 'everyone', statuses: ['draft'] }, now)).toEqual({});
  });

  it('lists past events latest first, and includes both days of a range', () => {
    expect(toListInput({ ...defaultFilters, when: 'past' }, now)).toEqual({
      organizerId: 'me',
      startsBefore: '2030-06-21T18:00:00.000Z',
      order: 'desc',
    });
    const { startsFrom, startsBefore } = toListInput(
      { ...defaultFilters, when: 'between', from: '2030-06-21', to: '2030-06-21' },
      now,
    );
    expect(Date.parse(startsBefore ?? '') - Date.parse(startsFrom ?? '')).toBe(86_400_000);
  });
});
