import { recordOf } from '../../../test/support/seed.ts';
import { isInFeed, nameOf, startOfWindow, toEntry, viewOf } from './model.ts';

const online = { kind: 'online', url: 'https://meet.example.com/jazz' } as const;
const hybrid = {
  kind: 'hybrid',
  name: 'Harbour Stage',
  address: 'Uferstraße 12\n10115 Berlin',
  url: online.url,
} as const;
const venue = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12,\n10115 Berlin' } as const;

describe('an entry', () => {
  it.each([
    ['published', false, 'CONFIRMED'],
    ['published', true, 'TENTATIVE'],
    ['draft', false, 'TENTATIVE'],
    ['cancelled', false, 'CANCELLED'],
    ['cancelled', true, 'CANCELLED'],
  ] as const)('of a %s event, waitlisted: %s, is %s', (status, waitlisted, expected) => {
    expect(toEntry(recordOf({ status }), { withMeeting: false, waitlisted }).status).toBe(expected);
  });

  it.each([
    [online, true, online.url, online.url],
    [online, false, 'Online', undefined],
    [hybrid, true, 'Harbour Stage, Uferstraße 12, 10115 Berlin', online.url],
    [hybrid, false, 'Harbour Stage, Uferstraße 12, 10115 Berlin', undefined],
    [venue, true, 'Harbour Stage, Uferstraße 12, 10115 Berlin', undefined],
    [undefined, true, undefined, undefined],
  ] as const)('of an event at %j, with meeting: %s, is at %s', (location, withMeeting, place, conferenceUrl) => {
    const { location: _, ...event } = recordOf();
    const entry = toEntry({ ...event, ...(location === undefined ? {} : { location }) }, { withMeeting });
    expect(entry).toMatchObject({ location: place, conferenceUrl });
    expect(JSON.stringify(entry).includes(online.url)).toBe(withMeeting && conferenceUrl !== undefined);
  });

  it('has a greater version after a change, and once the meeting is shown', () => {
    const versionOf = (revision: number, withMeeting: boolean) =>
      toEntry(recordOf({ revision }), { withMeeting }).sequence;
    const versions = [versionOf(1, false), versionOf(1, true), versionOf(2, false), versionOf(2, true)];
    expect(versions).toEqual([...new Set(versions)].sort((one, other) => one - other));
  });

  it('says in title and description that the event is cancelled, and why', () => {
    const cancellation = { at: '2030-06-20T12:15:00Z', reason: 'A storm is coming.' };
    const event = recordOf({ status: 'cancelled', cancellation, description: 'Three bands.' });
    expect(toEntry(event, { withMeeting: false })).toMatchObject({
      summary: 'Cancelled: Riverside Jazz Night',
      description: 'A storm is coming.\n\nThree bands.',
    });
    expect(toEntry(recordOf(), { withMeeting: false })).toMatchObject({
      summary: 'Riverside Jazz Night',
      description: undefined,
    });
  });
});

describe('the meeting', () => {
  const event = recordOf({ organizerId: 'organizer' });
  it.each([
    ['organizer', undefined, true],
    ['organizer', 'waitlisted', true],
    ['somebody', 'confirmed', true],
    ['somebody', 'waitlisted', false],
    ['somebody', 'cancelled', false],
    ['somebody', undefined, false],
    [undefined, undefined, false],
  ] as const)('is for %s with the registration %s: %s', (caller, registration, expected) => {
    expect(viewOf(event, caller, registration).withMeeting).toBe(expected);
  });
});

describe('a feed', () => {
  const now = '2030-06-21T00:00:00Z';

  it.each([
    ['published', '2030-01-01T00:00:00Z', '2030-06-21T00:00:01Z', true],
    ['published', '2030-01-01T00:00:00Z', '2030-05-22T00:00:01Z', true],
    ['published', '2030-01-01T00:00:00Z', '2030-05-22T00:00:00Z', false],
    ['cancelled', '2030-06-20T00:00:00Z', '2030-06-21T00:00:01Z', true],
    ['cancelled', '2030-06-20T00:00:00Z', '2030-06-21T00:00:00Z', false],
    ['cancelled', '2030-05-22T00:00:01Z', '2030-06-21T00:00:01Z', true],
    ['cancelled', '2030-05-22T00:00:00Z', '2030-06-21T00:00:01Z', false],
  ] as const)('has a %s event from %s to %s: %s', (status, startsAt, endsAt, expected) => {
    expect(isInFeed({ status, startsAt, endsAt }, now)).toBe(expected);
  });

  it('starts thirty days ago', () => {
    expect(startOfWindow(now)).toBe('2030-05-22T00:00:00Z');
  });

  it('has a name of its own, or a general one', () => {
    const userId = 'somebody';
    const publishedBy = { kind: 'published-by', organizerId: 'organizer' } as const;
    expect(nameOf({ userId, source: publishedBy, name: 'Concerts' })).toBe('Concerts');
    expect(nameOf({ userId, source: publishedBy })).toBe('Events');
    expect(nameOf({ userId, source: { kind: 'my-registrations' } })).toBe('My registrations');
  });
});
