import { pathTo } from './operations.ts';

describe('pathTo', () => {
  it('encodes parameters and inserts them into the path of an operation', () => {
    expect(pathTo('listEvents')).toBe('/events');
    expect(pathTo('cancelEvent', { eventId: 'a/b c' })).toBe('/events/a%2Fb%20c/cancel');
  });
});
