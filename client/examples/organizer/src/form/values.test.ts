import 'temporal-polyfill/global';
import type { Event as ApiEvent } from '@event-management/client';
import { changesBetween, conflictsOf, merge } from './changes.ts';
import { emptyValues, fieldAt, timeErrorsOf, toCreate, toUpdate, valuesOf } from './values.ts';

const event: ApiEvent = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  organizerId: 'another-user',
  etag: '"2-9c41d07be3f2"',
  name: 'Riverside Jazz Night',
  description: 'Three bands.',
  imageUrl: 'https://pictures.example.com/riverside.jpg',
  startsAt: '2030-06-21T18:00:30Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  location: { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12' },
  capacity: 400,
  tags: ['music', 'jazz'],
  status: 'published',
  phase: 'upcoming',
  registeredCount: 0,
  createdAt: '2030-03-01T09:30:00Z',
  updatedAt: '2030-03-01T09:30:00Z',
};
const values = valuesOf(event);

describe('the form values of an event', () => {
  it('create the same event again, with times to the minute', () => {
    const {
      eventId: _eventId,
      organizerId: _organizerId,
      etag: _etag,
      status: _status,
      phase: _phase,
      registeredCount: _count,
      createdAt: _createdAt,
      updatedAt: _updatedAt,
      ...content
    } = event;
    expect(toCreate(values)).toEqual({ ...content, startsAt: '2030-06-21T18:00:00Z' });
  });

  it('produce an update with only the changed properties', () => {
    expect(toUpdate(values, values)).toEqual({});
    expect(toUpdate(values, { ...values, name: 'Other' })).toEqual({ name: 'Other' });
    expect(toUpdate(values, { ...values, starts: '2030-06-21T21:00' })).toEqual({ startsAt: '2030-06-21T19:00:00Z' });
  });

  it('change both instants when the time zone changes', () => {
    expect(toUpdate(values, { ...values, timeZone: 'Europe/London' })).toEqual({
      timeZone: 'Europe/London',
      startsAt: '2030-06-21T19:00:00Z',
      endsAt: '2030-06-21T23:00:00Z',
    });
  });

  it('remove cleared properties, and replace a location as a whole', () => {
    expect(
      toUpdate(values, { ...values, description: '', imageUrl: ' ', capacity: ' ', tags: ' , ', place: 'none' }),
    ).toEqual({
      description: null,
      imageUrl: null,
      capacity: null,
      tags: null,
      location: null,
    });
    expect(toUpdate(values, { ...values, place: 'online', url: 'https://a.example' })).toEqual({
      location: { kind: 'online', url: 'https://a.example' },
    });
  });

  it('are sent unchanged if they cannot be converted, so that the API reports all errors', () => {
    expect(toUpdate(values, { ...values, capacity: 'many' })).toEqual({ capacity: 'many' });
    expect(toCreate({ ...emptyValues(), timeZone: 'Europe/Berlin' })).toEqual({
      name: '',
      startsAt: '',
      endsAt: '',
      timeZone: 'Europe/Berlin',
    });
    expect(toCreate({ ...values, timeZone: 'Europe/Atlantis' }).startsAt).toBe('2030-06-21T20:00:00Z');
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
    ['/timeZone', 'timeZone'],
    ['/unknown', undefined],
    ['', undefined],
  ])('show the errors at %s in the field %s', (pointer, field) => {
    expect(fieldAt(pointer)).toBe(field);
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
      { label: 'Place', from: 'At a venue', to: 'Online' },
      { label: 'Venue', from: 'Harbour Stage', to: '' },
      { label: 'Address', from: 'Uferstraße 12', to: '' },
      { label: 'Link', from: '', to: 'https://a.example' },
    ]);
  });
});
