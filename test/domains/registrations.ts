/** Registrations, for the tests of all operations. */
import { concert } from '../support/events.ts';
import type { Question, Registration } from '../../src/contract/generated/types.ts';
import { type OperationId, pathTo } from '../../src/contract/operations.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import type { RegistrationRecord } from '../../src/domain/registrations/model.ts';
import { parseEtag } from '../../src/domain/shared/etag.ts';
import type { DomainFixtures, Make, PathValues, Resource } from '../support/domains.ts';
import { exampleOf } from '../contract/contract.ts';
import { testUsers } from '../support/issuer.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { recordOf, registrationOf, seed, seedCheckedIn, seedRegistration, seedSeats } from '../support/seed.ts';
import { makePublishedEvent } from './events.ts';

const person = { name: 'Mira Novak', email: 'mira.novak@example.com' };

/** Registers the caller for a new event, and then calls this operation. */
function registered(then?: OperationId): Make {
  return async (send): Promise<PathValues> => {
    const { eventId = '' } = await makePublishedEvent(send);
    const created = await send({ method: 'PUT', path: pathTo('registerForEvent', { eventId }), body: person });
    expect(created.status).toBe(201);
    const values = { eventId, number: String((created.body as Registration).number) };
    if (then !== undefined) expect((await send({ method: 'POST', path: pathTo(then, values) })).status).toBe(200);
    return values;
  };
}

/** The same, named by its event alone: each caller has one. */
const ownRegistered =
  (...args: Parameters<typeof registered>): Make =>
  async (send) => {
    const { eventId = '' } = await registered(...args)(send);
    return { eventId };
  };

/** The questions that the answers of the examples answer. */
const exampleQuestions: Question[] = [
  { questionId: 'meal', kind: 'choice', label: 'Which meal?', options: ['With meat', 'Vegetarian', 'Vegan'] },
  { questionId: 'rules', kind: 'checkbox', label: 'I have read the house rules.' },
];

/** Stores the example registration for the example event, which is the caller's. */
async function store(
  api: Parameters<Resource['store']>[0],
  _operation: unknown,
  caller: string,
  { questions = exampleQuestions, ...changes }: Partial<RegistrationRecord & Pick<EventRecord, 'questions'>> = {},
): Promise<void> {
  const eventId = exampleOf('eventId');
  const number = Number(exampleOf('number'));
  await seed(api.tables, [recordOf({ eventId, organizerId: caller, questions })]);
  await seedSeats(api.tables, eventId, { lastNumber: number, reclaimedUpTo: number });
  await seedRegistration(
    api.tables,
    registrationOf({ eventId, number, userId: caller, ...parseEtag(exampleOf('If-Match')), ...changes }),
  );
}

/** Whether an example shows what the organizer of the event gets. */
const isForOrganizer = ({ allowedActions }: Registration) => allowedActions.includes('deleteRegistration');

const own: Resource = {
  path: '/events/{eventId}/registration',
  states: [ownRegistered(), ownRegistered('cancelMyRegistration')],
  missing: { eventId: nonexistentEventId },
  store,
  shown: {
    schema: 'Registration',
    path: (example) => (isForOrganizer(example as unknown as Registration) ? numbered.path : own.path),
    async store(api, example) {
      const shown = example as unknown as Registration;
      const { status, ahead = 0, code, codeDigest, etag, allowedActions: _, ...stored } = shown;
      const { eventId, number } = stored;
      await seed(api.tables, [recordOf({ eventId, location: concert.location })]);
      await seedSeats(api.tables, eventId, {
        lastNumber: number,
        reclaimedUpTo: number,
        confirmedUpTo: status === 'waitlisted' ? number - ahead - 1 : number,
      });
      // The digest of an example is that of the default secret.
      const { secret: hidden } = registrationOf();
      const secret =
        code === undefined ? codeDigest && hidden : Buffer.from(code, 'base64url').subarray(21).toString('base64url');
      const { secret: __, name: ___, email: ____, userId: _____, ...blank } = registrationOf();
      const sub = `example-${number}-${status}`;
      // The organizer gets the code of walk-ins only.
      const isWalkIn = isForOrganizer(shown) && code !== undefined;
      const members = { ...(isWalkIn ? {} : { userId: sub }), ...(secret === undefined ? {} : { secret }) };
      await seedRegistration(api.tables, { ...blank, ...stored, ...parseEtag(etag), ...members });
      return isForOrganizer(shown) ? testUsers.organizer : sub;
    },
  },
};

/** The number that was taken last: a registration that an example has created keeps its number. */
let lastNumber = 1_000;

/** All registrations for an event. */
const collection: Resource = {
  path: '/events/{eventId}/registrations',
  states: [makePublishedEvent],
  missing: { eventId: nonexistentEventId },
  async store(api, ...args) {
    await store(api, ...args);
    lastNumber += 1;
    await seedSeats(api.tables, exampleOf('eventId'), { lastNumber, reclaimedUpTo: lastNumber });
  },
};

const numbered: Resource = {
  path: '/events/{eventId}/registrations/{number}',
  states: [registered(), registered('cancelMyRegistration')],
  missing: { eventId: nonexistentEventId, number: '1' },
  store,
};

const scan = { scanId: exampleOf('scanId'), scannedAt: '2026-01-02T00:00:00Z', admitted: true };

/** Registers the caller and checks the caller in. */
function checkedIn(undone = false): Make {
  return async (send): Promise<PathValues> => {
    const { eventId = '', number = '' } = await registered()(send);
    const scans = [{ ...scan, number: Number(number) }];
    const checked = await send({ method: 'POST', path: pathTo('createCheckIns', { eventId }), body: { scans } });
    expect(checked.status).toBe(200);
    const values = { eventId, number, scanId: scan.scanId };
    if (undone) expect((await send({ method: 'DELETE', path: pathTo('deleteCheckIn', values) })).status).toBe(204);
    return values;
  };
}

const scanned: Resource = {
  path: '/events/{eventId}/registrations/{number}/check-ins/{scanId}',
  states: [checkedIn(), checkedIn(true)],
  missing: { eventId: nonexistentEventId, number: '1', scanId: nonexistentEventId },
  async store(api, operation, caller, changes) {
    const [scannedAt, receivedAt] = ['2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z'];
    const scans = { [scan.scanId]: { outcome: 'checked-in', scannedAt, receivedAt } } as const;
    const checkIn = { scans, scanCount: 1, scanRevision: 1, checkedInAt: scannedAt };
    await seedCheckedIn(api.tables, exampleOf('eventId'), 1);
    return store(api, operation, caller, { ...checkIn, ...changes });
  },
};

export const fixtures: DomainFixtures = {
  resources: [own, collection, numbered, scanned],

  async snapshot(send) {
    const { status, body } = await send({ path: pathTo('listMyRegistrations') });
    expect(status).toBe(200);
    return body as unknown;
  },

  problemStatuses: {
    'already-checked-in': 409,
    'check-in-not-found': 404,
    'event-full': 409,
    'event-started': 409,
    'invalid-registration': 422,
    'registration-cancelled': 409,
    'registration-closed': 409,
    'registration-not-found': 404,
    'registration-not-open': 409,
    'too-many-registrations': 409,
  },
  fieldErrors: {
    invalidAnswers: {
      body: { answers: { meal: 'Soup' } },
      before: { questions: exampleQuestions.map((question) => ({ ...question, required: true })) },
    },
  },
  invalidAlone: { listRegistrations: { cursor: 'invalid-cursor' } },
  readsFirst: [
    'registerForEvent',
    'cancelMyRegistration',
    'deleteMyRegistration',
    'createRegistration',
    'updateRegistration',
    'cancelRegistration',
    'deleteRegistration',
    'createCheckIns',
    'deleteCheckIn',
  ],
  writesWithoutRole: ['registerForEvent', 'cancelMyRegistration', 'deleteMyRegistration'],
  readsWithRole: ['listRegistrations', 'getRegistration'],
};
