/** People who register for events, and their requests. */
import { randomUUID } from 'node:crypto';
import type {
  CheckInOutcome,
  Registration as ReceivedRegistration,
  Scan as ReceivedScan,
} from '../../src/contract/generated/types.ts';
import { type OperationId, operations, pathTo } from '../../src/contract/operations.ts';
import { createRegistrationRepository } from '../../src/domain/registrations/repository.ts';
import type { RegistrationRecord } from '../../src/domain/registrations/model.ts';
import type { TestApi, TestRequest, TestResponse } from './api.ts';
import { type Event, withoutActions } from './events.ts';
import { type TestUser, testUsers } from './issuer.ts';
import type { TestTables } from './tables.ts';

export type { CheckInOutcome };

/** A registration as this support returns it: without what depends on the caller and the time. */
export type Registration = Omit<ReceivedRegistration, 'allowedActions'>;

/** A scan as a device sends it. */
export type Scan = Omit<ReceivedScan, 'admitted'> & Partial<Pick<ReceivedScan, 'admitted'>>;

/** The `sub` of a user without a role, or the name of a test user. */
export type Person = string;

type EventId = Pick<Event, 'eventId'>;

export const mira = { name: 'Mira Novak', email: 'mira.novak@example.com' };

/** A user whom no other test knows. */
export const newPerson = (): Person => randomUUID();

/** Users whom no other test knows. */
export const newPeople = (count: number): Person[] => Array.from({ length: count }, newPerson);

export interface PersonCall extends Pick<TestRequest, 'body' | 'headers'> {
  /** The parameters of the query, such as `limit=1`. */
  readonly query?: string;
  readonly number?: number;
  readonly scanId?: string;
}

const isTestUser = (caller: Person): caller is TestUser => caller in testUsers;

/** The Authorization header of a test user, or of any other person; it is valid for a month, for tests that advance the clock. */
export async function tokenOf(api: TestApi, caller: Person): Promise<{ authorization: string }> {
  const exp = Math.floor(Date.now() / 60_000) * 60 + 30 * 24 * 60 * 60;
  const isOrganizer = caller === 'organizer' || caller === 'rival';
  const claims = {
    sub: isTestUser(caller) ? testUsers[caller] : caller,
    exp,
    ...(isOrganizer ? {} : { 'cognito:groups': undefined }),
  };
  return { authorization: `Bearer ${await api.issuer.sharedToken(claims)}` };
}

/** Calls an operation on registrations as a test user, or as any other person. */
export async function callAs(
  api: TestApi,
  caller: Person,
  operationId: OperationId,
  { eventId }: EventId = { eventId: '' },
  { query, number, scanId = '', headers, ...rest }: PersonCall = {},
): Promise<TestResponse> {
  const method = operations.find((operation) => operation.operationId === operationId)?.method.toUpperCase() ?? '';
  const path = pathTo(operationId, { eventId, number: String(number), scanId });
  return api.send({
    method,
    path: query === undefined ? path : `${path}?${query}`,
    headers: { ...(await tokenOf(api, caller)), ...headers },
    ...rest,
  });
}

/** Calls an operation that returns a registration, and expects this status. */
export async function registrationFrom(response: Promise<TestResponse>, status = 200): Promise<Registration> {
  const { headers, ...received } = await response;
  expect(received).toMatchObject({ status });
  expect(headers).toMatchObject({ etag: received.body.etag, 'cache-control': 'no-store' });
  return withoutActions(received.body as ReceivedRegistration);
}

/** Registers a person who is not registered. */
export function join(api: TestApi, event: EventId, person: Person = newPerson(), body: object = mira) {
  return registrationFrom(callAs(api, person, 'registerForEvent', event, { body }), 201);
}

/** Registers people who are not registered, one after the other. */
export async function joinAll(api: TestApi, event: EventId, people: readonly Person[]): Promise<Registration[]> {
  const registrations: Registration[] = [];
  for (const person of people) registrations.push(await join(api, event, person));
  return registrations;
}

/** The registration of a person, as the person gets it now. */
export function own(api: TestApi, event: EventId, person: Person): Promise<Registration> {
  return registrationFrom(callAs(api, person, 'getMyRegistration', event));
}

/** Cancels the registration of a person. */
export function leave(api: TestApi, event: EventId, person: Person, body?: object): Promise<Registration> {
  return registrationFrom(callAs(api, person, 'cancelMyRegistration', event, { body }));
}

/** The registration with a number, as the organizer gets it now. */
export function numbered(api: TestApi, event: EventId, number: number): Promise<Registration> {
  return registrationFrom(callAs(api, 'organizer', 'getRegistration', event, { number }));
}

/** A page of the registrations for an event; expects 200. */
export async function registrationsOf(
  api: TestApi,
  event: EventId,
  query = '',
): Promise<{ items: Registration[]; nextCursor?: string }> {
  const { status, body } = await callAs(api, 'organizer', 'listRegistrations', event, { query });
  expect({ status, body: body as unknown }).toMatchObject({ status: 200 });
  const page = body as { items: ReceivedRegistration[]; nextCursor?: string };
  return { ...page, items: page.items.map(withoutActions) };
}

/** All registrations for an event, as its organizer gets them page after page. */
export async function allRegistrations(api: TestApi, event: EventId, query = 'limit=1000'): Promise<Registration[]> {
  const items: Registration[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page = await registrationsOf(api, event, cursor === '' ? query : `${query}&cursor=${cursor}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** What an event shows of its seats, as its organizer gets it now. */
export async function countsNow(
  api: TestApi,
  event: EventId,
): Promise<Pick<Event, 'registeredCount' | 'seatsLeft' | 'waitlistedCount'>> {
  const { status, body } = await callAs(api, 'organizer', 'getEvent', event);
  expect(status).toBe(200);
  const { registeredCount, seatsLeft, waitlistedCount } = body as Event;
  return { registeredCount, waitlistedCount, ...(seatsLeft === undefined ? {} : { seatsLeft }) } as Pick<
    Event,
    'registeredCount' | 'seatsLeft' | 'waitlistedCount'
  >;
}

/** A scan by a device, now unless the time is given; each has an id of its own. */
export function scanOf(scan: Partial<Scan>): Scan {
  return { scanId: randomUUID(), scannedAt: new Date().toISOString(), ...scan };
}

/** Sends scans in one request; expects 200, and one outcome for each. */
export async function checkIn(api: TestApi, event: EventId, ...scans: readonly Scan[]): Promise<CheckInOutcome[]> {
  const { status, body } = await callAs(api, 'organizer', 'createCheckIns', event, { body: { scans } });
  expect({ status, body: body as unknown }).toMatchObject({ status: 200 });
  const { outcomes } = body as { outcomes: CheckInOutcome[] };
  expect(outcomes.map(({ scanId }) => scanId)).toEqual(scans.map(({ scanId }) => scanId));
  return outcomes;
}

/** Undoes a scan. */
export function undo(api: TestApi, event: EventId, number: number, { scanId }: Pick<Scan, 'scanId'>) {
  return callAs(api, 'organizer', 'deleteCheckIn', event, { number, scanId });
}

/** How many people are checked in, as the organizer gets it now. */
export async function checkedInCount(api: TestApi, event: EventId): Promise<number> {
  const { status, body } = await callAs(api, 'organizer', 'getEvent', event);
  expect(status).toBe(200);
  const { checkedInCount: count = 0 } = body as Event;
  return count;
}

/** Writes many registrations. No attendee record names them. */
export async function seedEntries(
  { database, tableNames }: TestTables,
  records: readonly RegistrationRecord[],
): Promise<void> {
  const repository = createRegistrationRepository(database, tableNames.registrations);
  for (let next = 0; next < records.length; next += 25)
    await Promise.all(
      records.slice(next, next + 25).map((record) => repository.put(record, AbortSignal.timeout(20_000))),
    );
}
