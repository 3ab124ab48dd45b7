import { draftRecord } from '../../../test/support/event-records.ts';
import type { EventUpdate } from '../../contract/generated/types.ts';
import { withoutNull } from '../../lib/without-null.ts';
import { timeErrors, timeZoneErrors, withInstants } from './times.ts';

const draft = draftRecord();

const errorsOf = (sent: EventUpdate, event = draft) =>
  timeErrors(withoutNull({ ...event, ...withInstants(sent) }), sent);
const places = (errors: ReturnType<typeof timeErrors>) => errors.map(({ pointer, code }) => [pointer, code]);

describe('the errors of the times of an update', () => {
  it.each<[EventUpdate, string[][]]>([
    [{ endsAt: draft.startsAt }, [['/endsAt', 'ends-before-start']]],
    [{ startsAt: draft.endsAt }, [['/startsAt', 'ends-before-start']]],
    [{ startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' }, [['/endsAt', 'ends-before-start']]],
    [{ startsAt: '1999-12-31T23:59:59Z' }, [['/startsAt', 'year-out-of-range']]],
    [{ startsAt: '0000-01-01T00:00:00+01:00' }, [['/startsAt', 'year-out-of-range']]],
    [{ endsAt: '9999-12-31T23:59:59-01:00' }, [['/endsAt', 'year-out-of-range']]],
    [{ startsAt: '9999-12-31T23:59:59-01:00' }, [['/startsAt', 'year-out-of-range']]],
    [
      { registrationOpensAt: '1999-12-31T23:59:59Z', registrationClosesAt: '2200-01-01T00:00:00Z' },
      [
        ['/registrationOpensAt', 'year-out-of-range'],
        ['/registrationClosesAt', 'year-out-of-range'],
      ],
    ],
    [
      { registrationOpensAt: '2030-06-20T00:00:00Z', registrationClosesAt: '2030-06-20T02:00:00+02:00' },
      [['/registrationClosesAt', 'closes-before-opening']],
    ],
    [{ registrationOpensAt: draft.endsAt }, [['/registrationOpensAt', 'closes-before-opening']]],
    [
      { registrationOpensAt: draft.endsAt, registrationClosesAt: '2031-01-01T00:00:00Z' },
      [['/registrationClosesAt', 'closes-before-opening']],
    ],
    [{ registrationOpensAt: '2030-06-20T00:00:00Z', registrationClosesAt: '2030-06-20T00:00:01Z' }, []],
    [{ registrationOpensAt: null, registrationClosesAt: null }, []],
    [{ startsAt: '2029-06-20T22:00:00Z' }, []],
    [{ startsAt: '2029-06-20T21:59:59Z' }, [['/startsAt', 'lasts-too-long']]],
    [{ endsAt: '2031-06-22T18:00:00Z' }, []],
    [{ endsAt: '2031-06-22T18:00:01Z' }, [['/endsAt', 'lasts-too-long']]],
    [{ startsAt: '2040-01-01T00:00:00Z', endsAt: '2041-06-01T00:00:00Z' }, [['/endsAt', 'lasts-too-long']]],
    [{}, []],
  ])('are reported for %j', (sent, errors) => {
    expect(places(errorsOf(sent))).toEqual(errors);
  });

  it.each<[EventUpdate, string]>([
    [{ startsAt: '1999-12-31T23:59:59Z' }, 'The year must be between 2000 and 2199.'],
    [{ endsAt: draft.startsAt }, 'The end must be after the start.'],
    [{ endsAt: '2031-06-22T18:00:01Z' }, 'The end must be at most 366 days after the start.'],
    [{ registrationOpensAt: draft.endsAt }, 'Registration must close after it opens, and open before the event ends.'],
  ])('for %j say: %s', (sent, detail) => {
    expect(errorsOf(sent).map((error) => error.detail)).toEqual([detail]);
  });

  it('compare start and end only if the update sends one of them', () => {
    const inverted = { ...draft, startsAt: draft.endsAt, endsAt: draft.startsAt };
    expect(errorsOf({ name: 'Another name' }, inverted)).toEqual([]);
    expect(places(errorsOf({ endsAt: inverted.endsAt }, inverted))).toEqual([['/endsAt', 'ends-before-start']]);
  });

  it('compare the registration period with the end only if the update sends one of its times', () => {
    const event = { ...draft, registrationOpensAt: '2030-06-21T20:00:00Z' };
    const endsAt = '2030-06-21T19:00:00Z';
    expect(errorsOf({ endsAt }, event)).toEqual([]);
    expect(errorsOf({ endsAt, registrationClosesAt: null }, event)).toEqual([]);
    expect(places(errorsOf({ endsAt, registrationClosesAt: endsAt }, event))).toEqual([
      ['/registrationClosesAt', 'closes-before-opening'],
    ]);
  });
});

test('a time zone is known by its names and aliases', () => {
  const known = new Set(['Europe/Kyiv', 'Europe/Kiev']);
  expect([...known].flatMap((name) => timeZoneErrors(name, known))).toEqual([]);
  expect(timeZoneErrors('europe/kyiv', known)).toEqual([
    {
      pointer: '/timeZone',
      code: 'unknown-time-zone',
      detail: 'Use a name from the IANA time zone database, such as Europe/Berlin, or UTC.',
    },
  ]);
});
