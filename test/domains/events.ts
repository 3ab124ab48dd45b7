/** Events, for the tests of all operations. */
import type { Event, EventLocation, Location } from '../../src/contract/generated/types.ts';
import { type OperationId, pathTo } from '../../src/contract/operations.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { parseEtag } from '../../src/domain/shared/etag.ts';
import { exampleOf } from '../contract/contract.ts';
import type { DomainFixtures, Make, Resource } from '../support/domains.ts';
import { concert } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { recordOf, seed, seedCheckedIn, seedSeats } from '../support/seed.ts';

/** Makes a draft and applies these transitions. */
const afterTransitions = (...transitions: readonly OperationId[]): Make => madeFrom(concert, ...transitions);

/** The same with this content. */
function madeFrom(body: object, ...transitions: readonly OperationId[]): Make {
  return async (send) => {
    const created = await send({ method: 'POST', path: pathTo('createEvent'), body });
    expect(created.status).toBe(201);
    const { eventId } = created.body as Event;
    for (const transition of transitions)
      expect(await send({ method: 'POST', path: pathTo(transition, { eventId }) })).toMatchObject({ status: 200 });
    return { eventId };
  };
}

/** A published event, for the resources below it. */
export const makePublishedEvent = afterTransitions('publishEvent');

/** The status of the example event before an operation, such that the operation succeeds. Default: draft. */
const statusBefore: Partial<Record<OperationId, Event['status']>> = {
  unpublishEvent: 'published',
  cancelEvent: 'published',
};

/** A location as it is stored: examples for others than the organizer do not show the URL. */
function withUrl(location: EventLocation): Location {
  return location.kind === 'venue' ? location : { url: 'https://meet.example.com/riverside', ...location };
}

const event: Resource = {
  path: '/events/{eventId}',
  states: [
    makePublishedEvent,
    afterTransitions(),
    afterTransitions('publishEvent', 'cancelEvent'),
    madeFrom({ ...concert, visibility: 'public' }, 'publishEvent'),
  ],
  missing: { eventId: nonexistentEventId },

  async store(api, { operationId }, organizerId, changes: Partial<EventRecord> = {}) {
    const record = {
      organizerId,
      eventId: exampleOf('eventId'),
      status: statusBefore[operationId] ?? 'draft',
      ...parseEtag(exampleOf('If-Match')),
      ...changes,
    };
    await seed(api.tables, [recordOf(record)]);
    await seedSeats(api.tables, record.eventId);
  },

  shown: {
    schema: 'Event',
    async store(api, example) {
      const {
        phase: _,
        allowedActions: __,
        etag,
        registeredCount,
        seatsLeft,
        waitlistedCount,
        checkedInCount = 0,
        location,
        ...stored
      } = example as unknown as Event;
      const record = {
        ...stored,
        ...parseEtag(etag),
        ...(location === undefined ? {} : { location: withUrl(location) }),
      };
      await seed(api.tables, [recordOf(record)]);
      await seedSeats(api.tables, stored.eventId, {
        lastNumber: registeredCount + (waitlistedCount ?? 0),
        ...(seatsLeft === undefined ? {} : { confirmedUpTo: registeredCount + seatsLeft }),
      });
      await seedCheckedIn(api.tables, stored.eventId, checkedInCount);
      return waitlistedCount === undefined ? testUsers.rival : stored.organizerId;
    },
  },
};

export const fixtures: DomainFixtures = {
  resources: [event],

  async snapshot(send) {
    const { status, body } = await send({
      path: '/events?organizerId=me&limit=100&startsFrom=2000-01-01T00:00:00Z',
    });
    expect(status).toBe(200);
    return body as unknown;
  },

  problemStatuses: {
    'capacity-below-registrations': 409,
    'event-cancelled': 409,
    'event-has-registrations': 409,
    'event-not-found': 404,
    'invalid-event': 422,
    'location-required': 409,
    'not-event-organizer': 403,
    'not-publishable': 409,
    'not-published': 409,
  },
  fieldErrors: {
    invalidFilter: { query: 'status=draft' },
    invalidEvent: {
      body: { startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T18:00:00Z', timeZone: 'Europe/Babylon' },
    },
    notPublishable: { before: { location: undefined, startsAt: '2020-06-21T18:00:00Z' } },
  },
  invalidAlone: { listEvents: { status: 'invalid-filter', cursor: 'invalid-cursor' } },
  readsFirst: ['updateEvent', 'duplicateEvent', 'publishEvent', 'unpublishEvent', 'cancelEvent', 'deleteEvent'],
  writesWithoutRole: [],
  readsWithRole: [],
};
