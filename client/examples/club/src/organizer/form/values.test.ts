import 'temporal-polyfill/global';
import type { Event as ApiEvent } from '@event-management/client';
import { changesBetween, conflictsOf, merge, parts } from './changes.ts';
import { limits } from '@event-management/client/schemas';
import {
  emptyValues,
  fieldAt,
  fieldNames,
  propertiesOf,
  timeErrorsOf,
  toCreate,
  toUpdate,
  valuesOf,
} from './values.ts';

const event: ApiEvent = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  organizerId: 'another-user',
  etag: '"2-9c41d07be3f2"',
  name: 'Riverside Jazz Night',
  organizerName: 'Riverside Music Association',
  description: 'Three bands.',
  imageUrl: 'https://pictures.example.com/riverside.jpg',
  startsAt: '2030-06-21T18:00:30Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  location: { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12' },
  capacity: 400,
  registrationOpensAt: '2030-05-01T06:00:00Z',
  registrationClosesAt: '2030-06-20T18:00:00Z',
  tags: ['music', 'jazz'],
  questions: [
    { questionId: 'meal', kind: 'choice', label: 'Which meal?', options: ['Vegan', 'Vegetarian'], required: true },
    { questionId: 'rules', kind: 'checkbox', label: 'I accept the rules' },
  ],
  waitlist: true,
  visibility: 'signed-in',
  status: 'published',
  phase: 'upcoming',
  registeredCount: 0,
  allowedActions: [],
  createdAt: '2030-03-01T09:30:00Z',
  updatedAt: '2030-03-01T09:30:00Z',
};
const values = valuesOf(event);

describe('the form values of an event', () => {
  it('have a field for each property of the contract', () => {
    const properties = new Set(Object.values(propertiesOf).flat());
    expect([...properties].sort()).toEqual(Object.keys(limits.EventCreate).sort());
    expect(Object.keys(emptyValues()).sort()).toEqual([...fieldNames].sort());
  });

  it('create the same event again, with times to the minute', () => {
    const {
      eventId: _eventId,
      organizerId: _organizerId,
      etag: _etag,
      status: _status,
      phase: _phase,
      registeredCount: _count,
      allowedActions: _actions,
      createdAt: _createdAt,
      updatedAt: _updatedAt,
      ...content
    } = event;
    expect(toCreate(values)).toEqual({ ...content, startsAt: '2030-06-21T18:00:00Z' });
  });

  it('produce an update with only the changed properties', () => {
    expect(toUpdate(event, values)).toEqual({});
    expect(toUpdate(event, { ...values, name: 'Other' })).toEqual({ name: 'Other' });
    expect(toUpdate(event, { ...values, visibility: 'unlisted' })).toEqual({ visibility: 'unlisted' });
    expect(toUpdate(event, { ...values, starts: '2030-06-21T21:00' })).toEqual({ startsAt: '2030-06-21T19:00:00Z' });
  });

  it('change all instants when the time zone changes', () => {
    expect(toUpdate(event, { ...values, timeZone: 'Europe/London' })).toEqual({
      timeZone: 'Europe/London',
      startsAt: '2030-06-21T19:00:00Z',
      endsAt: '2030-06-21T23:00:00Z',
      registrationOpensAt: '2030-05-01T07:00:00Z',
      registrationClosesAt: '2030-06-20T19:00:00Z',
    });
  });

  it('remove cleared properties, and replace a location as a whole', () => {
    expect(
      toUpdate(event, {
        ...values,
        description: '',
        imageUrl: ' ',
        capacity: ' ',
        opens: '',
        closes: '',
        tags: ' , ',
        questions: [],
        place: 'none',
      }),
    ).toEqual({
      description: null,
      imageUrl: null,
      capacity: null,
      registrationOpensAt: null,
      registrationClosesAt: null,
      tags: null,
      questions: null,
      location: null,
    });
    expect(toUpdate(event, { ...values, place: 'online', url: 'https://a.example' })).toEqual({
      location: { kind: 'online', url: 'https://a.example' },
    });
  });

  it('are sent unchanged if they cannot be converted, so that the API reports all errors', () => {
    expect(toUpdate(event, { ...values, capacity: 'many' })).toEqual({ capacity: 'many' });
    expect(toCreate({ ...emptyValues(), timeZone: 'Europe/Berlin' })).toEqual({
      name: '',
      startsAt: '',
      endsAt: '',
      timeZone: 'Europe/Berlin',
      visibility: 'signed-in',
      waitlist: true,
    });
    expect(toCreate({ ...values, timeZone: 'Europe/Atlantis' }).startsAt).toBe('2030-06-21T20:00:00Z');
  });

  it('keep a time in the second of two hours when clocks go back, in the other time zone too', () => {
    const repeated = { ...event, startsAt: '2030-10-27T01:30:00Z', endsAt: '2030-10-27T05:00:00Z' };
    const shown = valuesOf(repeated);
    expect(shown.starts).toBe('2030-10-27T02:30');
    expect(toUpdate(repeated, { ...shown, timeZone: 'Europe/Paris' })).toMatchObject({
      startsAt: '2030-10-27T01:30:00Z',
    });
    expect(toUpdate(repeated, { ...shown, starts: '2030-10-27T02:45' })).toEqual({ startsAt: '2030-10-27T01:45:00Z' });
    const first = { ...repeated, startsAt: '2030-10-27T00:30:00Z' };
    expect(toUpdate(first, { ...valuesOf(first), timeZone: 'Europe/Paris' })).toMatchObject({
      startsAt: '2030-10-27T00:30:00Z',
    });
  });

  it('are rejected locally only for a time that daylight saving skips', () => {
    expect(timeErrorsOf({ ...values, starts: '2030-03-31T02:30', ends: '' })).toEqual({
      starts: [expect.stringContaining('does not exist')],
    });
  });

  it.each([
    ['/name', 'name'],
    ['/startsAt', 'starts'],
    ['/tags/3', 'tags'],
    ['/imageUrl', 'imageUrl'],
    ['/location', 'place'],
    ['/location/name', 'venue'],
    ['/location/url', 'url'],
    ['/visibility', 'visibility'],
    ['/registrationOpensAt', 'opens'],
    ['/questions/1/label', 'rules-label'],
    ['/questions/0/options/1', 'meal-option-1'],
    ['/questions/0/options', 'meal-label'],
    ['/questions', 'questions'],
    ['/timeZone', 'timeZone'],
    ['/unknown', undefined],
    ['', undefined],
  ])('show the errors at %s in the field %s', (pointer, field) => {
    expect(fieldAt(pointer, values.questions)).toBe(field);
  });
});

describe('the changes of two users to one event', () => {
  const yours = { ...values, name: 'Yours', capacity: '500' };
  const theirs = { ...values, name: 'Theirs', description: 'Two bands.' };

  it('conflict only in fields that both changed to different values', () => {
    expect(conflictsOf(values, yours, theirs)).toEqual(['name']);
    expect(conflictsOf(values, yours, { ...theirs, name: 'Yours' })).toEqual([]);
  });

  it('are merged, with `yours` as the default for conflicts', () => {
    expect(merge(values, yours, theirs)).toEqual({
      ...values,
      name: 'Yours',
      capacity: '500',
      description: 'Two bands.',
    });
    expect(merge(values, yours, theirs, { name: 'theirs' })).toEqual({
      ...values,
      name: 'Theirs',
      capacity: '500',
      description: 'Two bands.',
    });
  });

  it('are listed as text', () => {
    const { description: _removed, ...rest } = event;
    expect(
      changesBetween(event, { ...rest, status: 'cancelled', location: { kind: 'online', url: 'https://a.example' } }),
    ).toEqual([
      { label: 'Status', from: 'Published', to: 'Cancelled' },
      { label: 'Description', from: 'Three bands.', to: '' },
      { label: 'Place', from: 'Harbour Stage, Uferstraße 12', to: 'Online, https://a.example' },
    ]);
    expect(changesBetween(event, { ...event, waitlist: false, registrationOpensAt: '2030-05-02T06:00:00Z' })).toEqual([
      { label: 'Waitlist', from: 'On', to: 'Off' },
      {
        label: 'Registration',
        from: 'opens Wed, 1 May 2030, 08:00, closes Thu, 20 Jun 2030, 20:00',
        to: 'opens Thu, 2 May 2030, 08:00, closes Thu, 20 Jun 2030, 20:00',
      },
    ]);
    const { questions = [] } = event;
    expect(changesBetween(event, { ...event, questions: questions.slice(0, 1) })).toEqual([
      {
        label: 'Questions',
        from: '1. Which meal? (One choice, required: Vegan, Vegetarian)\n2. I accept the rules (Checkbox)',
        to: '1. Which meal? (One choice, required: Vegan, Vegetarian)',
      },
    ]);
    expect(changesBetween(event, { ...event, visibility: 'unlisted' })).toEqual([
      { label: 'Visible to', from: 'Everyone who has signed in', to: 'Everyone with the link' },
    ]);
    expect(changesBetween(event, { ...event, endsAt: '2030-06-23T22:00:00Z' })).toEqual([
      {
        label: 'When',
        from: 'Fri, 21 Jun 2030, 20:00 – 00:00, Berlin (GMT+2)',
        to: 'Fri, 21 Jun 2030, 20:00 – Mon 24 Jun, 00:00, Berlin (GMT+2)',
      },
    ]);
  });

  it('are merged by parts, to which each field belongs once', () => {
    expect(Object.values(parts).flat()).toEqual(fieldNames);
  });

  it.each([
    ['place', { venue: 'Grande Salle' }, { place: 'online', url: 'https://a.example' }],
    ['when', { starts: '2030-06-21T21:00' }, { ends: '2030-06-22T02:00' }],
    ['when', { starts: '2030-06-21T21:00' }, { timeZone: 'Europe/London' }],
  ] as const)('conflict in the %s as a whole, and are never mixed there', (part, mine, other) => {
    const [ours, others] = [
      { ...values, ...mine },
      { ...values, ...other },
    ];
    expect(conflictsOf(values, ours, others)).toEqual([part]);
    expect(merge(values, ours, others)).toEqual(ours);
    expect(merge(values, ours, others, { [part]: 'theirs' })).toEqual(others);
  });

  it('do not conflict in what is typed for another kind of place', () => {
    const unplaced = { ...values, place: 'none' } as const;
    expect(conflictsOf(unplaced, { ...unplaced, venue: 'Elsewhere' }, values)).toEqual([]);
  });
});
