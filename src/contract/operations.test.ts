import { pathTo } from './operations.ts';

describe('pathTo', () => {
  it('fills in parameters and encodes them', () => {
    expect(pathTo('listEvents')).toBe('/events');
    expect(pathTo('cancelEvent', { eventId: 'a/b c' })).toBe('/events/a%2Fb%20c/cancel');
  });
});
