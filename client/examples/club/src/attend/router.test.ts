import { addressOf, home, type Route, routeOf } from './router.ts';

describe('an address', () => {
  it.each<[string, Route]>([
    ['#/', { name: 'find', q: '', tag: '' }],
    ['#/?q=harbour&tag=jazz+%26+blues', { name: 'find', q: 'harbour', tag: 'jazz & blues' }],
    ['#/registrations', { name: 'registrations' }],
    ['#/events/5f0c8f7e', { name: 'event', eventId: '5f0c8f7e' }],
    ['#/events/5f0c8f7e?register', { name: 'event', eventId: '5f0c8f7e', registers: true }],
    ['#/tickets/5f0c8f7e', { name: 'ticket', eventId: '5f0c8f7e' }],
  ])('%s is converted to its route and back', (address, route) => {
    expect(routeOf(address)).toEqual(route);
    expect(addressOf(route)).toBe(address);
  });

  it.each(['', '#/nowhere', '#/events/', '#/tickets/', '#/tickets/5f0c8f7e/edit', '#/events/../x'])(
    'shows the list of events if it is unknown: %j',
    (hash) => expect(addressOf(routeOf(hash))).toBe(home),
  );
});
