/**
 * Who may do what: the outcome of every operation of the contract, for callers of every kind, on what is theirs, what is another's, and
 * what does not exist. An operation without a row does not compile. Writes are dry runs where these exist, so that all callers meet the
 * same resources.
 */
import { type OperationId, operations } from '../../src/contract/operations.ts';
import type { ProblemCode } from '../../src/contract/generated/types.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, published, succeed } from '../support/events.ts';
import { newFeed } from '../support/feeds.ts';
import { dryRunOperations } from '../support/dry-runs.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { join, leave, newPerson, tokenOf } from '../support/registrations.ts';
import { nonexistentEventId, requestFor } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';

const callers = ['no token', 'attendee', 'other attendee', 'organizer', 'organizer without the role', 'rival'] as const;
type Caller = (typeof callers)[number];

/** The attendee has a seat for published and cancelled events, and had one for the others, but for the one that never existed. */
const states = ['absent', 'draft', 'public', 'signed-in', 'unlisted', 'cancelled', 'deleted'] as const;
type State = (typeof states)[number];
type Status = 'draft' | 'published' | 'cancelled';

/** A status, or the code of a problem. */
type Outcome = number | ProblemCode;
type Row = (caller: Caller, state: State) => Outcome;

const isOwner = (caller: Caller) => caller === 'organizer' || caller === 'organizer without the role';
const hasRole = (caller: Caller) => caller === 'organizer' || caller === 'rival';

function statusOf(state: State): Status | undefined {
  if (state === 'absent' || state === 'deleted') return undefined;
  return state === 'draft' || state === 'cancelled' ? state : 'published';
}

/** Whether a caller may know of an event. The cancelled one is for signed-in users. */
function isVisible(caller: Caller, state: State): boolean {
  if (state === 'draft') return isOwner(caller);
  if (statusOf(state) === undefined) return false;
  return caller !== 'no token' || state === 'public' || state === 'unlisted';
}

const everybody =
  (outcome: Outcome): Row =>
  () =>
    outcome;

const signedIn =
  (row: Row): Row =>
  (caller, state) =>
    caller === 'no token' ? 'unauthenticated' : row(caller, state);

const withRole = (row: Row): Row => signedIn((caller, state) => (hasRole(caller) ? row(caller, state) : 'forbidden'));

const visible =
  (row: Row): Row =>
  (caller, state) =>
    isVisible(caller, state) ? row(caller, state) : 'event-not-found';

/** For the organizer of an event, who gets this outcome by its status. */
const owned = (outcomes: Readonly<Record<Status, Outcome>>): Row =>
  withRole(visible((caller, state) => (isOwner(caller) ? outcomes[statusOf(state) as Status] : 'not-event-organizer')));

const ownedAlways = (outcome: Outcome): Row => owned({ draft: outcome, published: outcome, cancelled: outcome });

/** For the attendee, who has a registration. */
const attendees =
  (outcome: Outcome): Row =>
  (caller) =>
    caller === 'attendee' ? outcome : 'registration-not-found';

/** For the attendee, who has a feed. */
const feedOwner = (outcome: Outcome): Row =>
  signedIn((caller) => (caller === 'attendee' ? outcome : 'calendar-feed-not-found'));

const rows: { readonly [Id in OperationId]: Row } = {
  listEvents: signedIn(everybody(200)),
  createEvent: withRole(everybody(201)),
  getEvent: visible(everybody(200)),
  getEventCalendar: visible(everybody(200)),
  updateEvent: owned({ draft: 200, published: 200, cancelled: 'event-cancelled' }),
  deleteEvent: owned({ draft: 204, published: 'event-has-registrations', cancelled: 'event-has-registrations' }),
  publishEvent: owned({ draft: 200, published: 200, cancelled: 'event-cancelled' }),
  unpublishEvent: owned({ draft: 200, published: 'event-has-registrations', cancelled: 'event-cancelled' }),
  cancelEvent: owned({ draft: 'not-published', published: 200, cancelled: 200 }),
  duplicateEvent: ownedAlways(201),
  getMyRegistration: signedIn(visible(attendees(200))),
  registerForEvent: signedIn(
    visible((caller, state) => {
      if (state === 'draft') return 'not-published';
      if (caller === 'attendee') return 200;
      return state === 'cancelled' ? 'event-cancelled' : 201;
    }),
  ),
  cancelMyRegistration: signedIn(visible(attendees(200))),
  // People can erase what is theirs for as long as it exists, even if the event is a draft again.
  deleteMyRegistration: signedIn((caller, state) =>
    statusOf(state) === undefined ? 'registration-not-found' : attendees(204)(caller, state),
  ),
  listRegistrations: ownedAlways(200),
  createRegistration: owned({ draft: 'not-published', published: 201, cancelled: 'event-cancelled' }),
  getRegistration: ownedAlways(200),
  updateRegistration: owned({ draft: 'registration-cancelled', published: 200, cancelled: 200 }),
  deleteRegistration: ownedAlways(204),
  cancelRegistration: ownedAlways(200),
  createCheckIns: ownedAlways(200),
  deleteCheckIn: ownedAlways('check-in-not-found'),
  listMyRegistrations: signedIn(everybody(200)),
  listCalendarFeeds: signedIn(everybody(200)),
  createCalendarFeed: signedIn(everybody(201)),
  getCalendarFeed: feedOwner(200),
  deleteCalendarFeed: feedOwner(204),
  // The name of the file is the permission.
  getCalendar: everybody(200),
  getHealth: everybody(200),
};

it('every operation of the contract has a row', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(Object.keys(rows).sort()).toEqual([...ids].sort());
});

describe.each(transports)('access (%s)', (transport) => {
  let api: TestApi;
  let headersOf: Readonly<Record<Caller, Readonly<Record<string, string>>>>;
  let eventIds: Readonly<Record<State, string>>;
  const attendee = newPerson();

  beforeAll(async () => {
    api = await startTestApi(transport);
    const withoutRole = await api.issuer.token({ sub: testUsers.organizer, 'cognito:groups': undefined });
    headersOf = {
      'no token': {},
      attendee: await tokenOf(api, attendee),
      'other attendee': await tokenOf(api, newPerson()),
      organizer: await tokenOf(api, 'organizer'),
      'organizer without the role': { authorization: `Bearer ${withoutRole}` },
      rival: await tokenOf(api, 'rival'),
    };
    const made = await Promise.all(states.map(async (state) => [state, await makeEvent(state)] as const));
    eventIds = Object.fromEntries(made) as typeof eventIds;
  }, 30_000);
  afterAll(() => api.stop());

  async function makeEvent(state: State): Promise<string> {
    if (state === 'absent') return nonexistentEventId;
    const visibility = state === 'public' || state === 'unlisted' ? state : 'signed-in';
    const event = await published(api, { ...concert, visibility });
    await join(api, event, attendee);
    if (state === 'cancelled') await succeed(api, 'cancelEvent', event);
    if (state === 'draft' || state === 'deleted') {
      await leave(api, event, attendee);
      await succeed(api, 'unpublishEvent', event);
    }
    if (state === 'deleted') expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
    return event.eventId;
  }

  /** The path of an operation on an event, on the registration of the attendee, or on a new feed of the attendee. */
  async function pathOf(path: string, eventId: string): Promise<string> {
    const filled = path.replace(nonexistentEventId, eventId).replace(/(\/registrations\/)[^/]+/, '$11');
    if (!/^\/calendar(s|-feeds)\//.test(path)) return filled;
    const { feedId, calendarFile } = await newFeed(api, attendee);
    const [, kind] = path.split('/');
    const named = `/${kind}/${kind === 'calendars' ? calendarFile : feedId}`;
    feeds.push(feedId);
    return named;
  }

  /** Feeds to delete, as a user can have only a few. */
  const feeds: string[] = [];
  afterEach(async () => {
    for (const feedId of feeds.splice(0))
      await api.send({ method: 'DELETE', path: `/calendar-feeds/${feedId}`, headers: headersOf.attendee });
  });

  const cases = operations.flatMap((operation) =>
    callers.map((caller) => [operation.operationId, caller, operation] as const),
  );
  it.each(sampled(cases))('to %s is as the table says: %s', async (operationId, caller, operation) => {
    const onEvent = operation.path.includes('{eventId}');
    for (const state of onEvent ? states : (['absent'] as const)) {
      const { path, body, ...request } = requestFor(operation, nonexistentEventId);
      const query = dryRunOperations.has(operationId) ? '?dryRun=true' : '';
      const response = await api.send({
        ...request,
        path: `${await pathOf(path, eventIds[state])}${query}`,
        body: operationId === 'registerForEvent' || operationId === 'createRegistration' ? { name: 'Mira' } : body,
        headers: headersOf[caller],
      });
      const expected = rows[operationId](caller, state);
      if (typeof expected === 'number') expect([state, response.status]).toEqual([state, expected]);
      else {
        expect([state, (response.body as { code?: string } | undefined)?.code]).toEqual([state, expected]);
        expectProblem(response, expected);
      }
    }
  });
});
