import type { Call } from '../../contract/binding.ts';
import { newSeats } from '../shared/seats/model.ts';
import type { Dependencies } from './dependencies.ts';
import type { EventRecord } from './model.ts';
import { cancelEvent } from './operations/cancel-event.ts';
import { publishEvent } from './operations/publish-event.ts';

const event: EventRecord = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  organizerId: 'owner',
  name: 'Riverside Jazz Night',
  startsAt: '2030-01-01T00:00:30Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'UTC',
  location: { kind: 'online', url: 'https://meet.example.com/jazz' },
  status: 'draft',
  createdAt: '2029-03-01T09:30:00Z',
  updatedAt: '2029-03-01T09:30:00Z',
  revision: 3,
  nonce: '9c41d07be3f2',
};

/** The changes that an operation writes, under a clock that is a minute later at each look. */
async function changesOf(operation: typeof cancelEvent | typeof publishEvent, status: EventRecord['status']) {
  let minutes = 0;
  const change = jest.fn(async (..._sent: unknown[]) => ({ ok: false }));
  const create = jest.fn((..._sent: unknown[]) => ({}));
  const seats = newSeats({ closesAt: event.endsAt, waitlist: true }, undefined, event.createdAt);
  const dependencies = {
    events: { get: async () => ({ ...event, status }), change },
    seats: { get: async () => (status === 'draft' ? undefined : seats), change: () => ({}), create },
    now: () => new Date(Date.UTC(2030, 0, 1, 0, minutes++)),
  };
  const call = {
    path: { eventId: event.eventId },
    headers: {},
    principal: { sub: 'owner', groups: [], roles: ['organizer'] },
  };
  const response = await operation(
    call as unknown as Call<'cancelEvent'> & Call<'publishEvent'>,
    dependencies as unknown as Dependencies,
  );
  return {
    response,
    attempts: change.mock.calls.length,
    changes: change.mock.calls[0]?.[1],
    created: create.mock.calls[0]?.[1],
  };
}

describe('A transition reads the clock once', () => {
  it('when it cancels: the time of the cancellation is that of the change', async () => {
    expect((await changesOf(cancelEvent, 'published')).changes).toEqual({
      status: 'cancelled',
      updatedAt: '2030-01-01T00:00:00Z',
      cancellation: { at: '2030-01-01T00:00:00Z' },
    });
  });

  it('when it publishes: the start must be after the time of the change, which is that of the seats too', async () => {
    const { changes, created } = await changesOf(publishEvent, 'draft');
    expect(changes).toEqual({ status: 'published', updatedAt: '2030-01-01T00:00:00Z' });
    expect(created).toMatchObject({ lastNumberAt: '2030-01-01T00:00:00Z' });
  });
});

it('gives up a transition after five lost races, without a change', async () => {
  expect(await changesOf(cancelEvent, 'published')).toMatchObject({
    attempts: 5,
    response: { problem: 'concurrent-change' },
  });
});
