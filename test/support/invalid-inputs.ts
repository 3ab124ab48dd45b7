/** Requests with several errors at once, to test which of them is returned. */
import type { ProblemCode } from '../../src/contract/generated/types.ts';
import type { TestApi, TestRequest } from './api.ts';
import { call, cancelled, concert, draft, published, register } from './events.ts';
import { nonexistentEventId, pathWith } from './requests.ts';

/** The checks of a request, each named by the problem code if it fails, in their order. */
export const checks = [
  'route-not-found',
  'method-not-allowed',
  'unauthenticated',
  'forbidden',
  'unsupported-media-type',
  'body-too-large',
  'malformed-body',
  'invalid-request',
  'event-not-found',
  'not-event-organizer',
  'precondition-failed',
  'conflict',
  'invalid-event',
  'idempotency-key-consumed',
  'idempotency-key-reused',
] as const;
export type Check = (typeof checks)[number];

/** An operation with the checks that a request for it can fail. */
export interface CheckedOperation {
  readonly operationId: 'createEvent' | 'updateEvent' | 'deleteEvent' | 'cancelEvent' | 'duplicateEvent';
  readonly method: string;
  readonly checks: readonly Check[];
  /** The code of a request that the state of the event does not allow. */
  readonly conflict?: ProblemCode;
  /** Whether no request can fail all of these checks. */
  readonly incompatible?: (failed: readonly Check[]) => boolean;
}

const first = checks.slice(0, 4);
const body = checks.slice(4, 7);
/** An event that does not exist has no organizer. */
const withoutOrganizer = (failed: readonly Check[]) =>
  failed.includes('event-not-found') && failed.includes('not-event-organizer');

export const checkedOperations: readonly CheckedOperation[] = [
  {
    operationId: 'createEvent',
    method: 'POST',
    checks: [
      ...first,
      ...body,
      'invalid-request',
      'invalid-event',
      'idempotency-key-consumed',
      'idempotency-key-reused',
    ],
    // A key is either consumed or used. A consumed key is rejected with any body.
    incompatible: (failed) => failed.includes('idempotency-key-consumed') && failed.includes('idempotency-key-reused'),
  },
  {
    operationId: 'updateEvent',
    method: 'PATCH',
    checks: [
      ...first,
      ...body,
      'invalid-request',
      'event-not-found',
      'not-event-organizer',
      'precondition-failed',
      'conflict',
      'invalid-event',
    ],
    conflict: 'event-cancelled',
    incompatible: withoutOrganizer,
  },
  {
    operationId: 'deleteEvent',
    method: 'DELETE',
    checks: [...first, 'invalid-request', 'event-not-found', 'not-event-organizer', 'precondition-failed', 'conflict'],
    conflict: 'event-has-registrations',
    incompatible: withoutOrganizer,
  },
  {
    operationId: 'cancelEvent',
    method: 'POST',
    checks: [
      ...first,
      ...body,
      'invalid-request',
      'event-not-found',
      'not-event-organizer',
      'precondition-failed',
      'conflict',
    ],
    conflict: 'not-published',
    // Another organizer's draft is not visible.
    incompatible: (failed) =>
      withoutOrganizer(failed) || (failed.includes('not-event-organizer') && failed.includes('conflict')),
  },
  {
    operationId: 'duplicateEvent',
    method: 'POST',
    checks: [
      ...first,
      ...body,
      'invalid-request',
      'event-not-found',
      'not-event-organizer',
      'invalid-event',
      'idempotency-key-consumed',
      'idempotency-key-reused',
    ],
    incompatible: (failed) =>
      withoutOrganizer(failed) ||
      (failed.includes('idempotency-key-consumed') && failed.includes('idempotency-key-reused')),
  },
];

/** Events and keys for the requests, none of which changes them. */
export interface Fixtures {
  readonly ok: string;
  readonly conflict: Readonly<Record<CheckedOperation['operationId'], string>>;
  readonly consumedKey: string;
  readonly usedKey: string;
}

export async function createFixtures(api: TestApi): Promise<Fixtures> {
  const [usedKey, consumedKey] = ['used', 'consumed'];
  const registered = await published(api);
  await register(api, registered, 3);
  await call(api, 'createEvent', undefined, { body: concert, headers: { 'Idempotency-Key': usedKey } });
  const gone = await call(api, 'createEvent', undefined, {
    body: concert,
    headers: { 'Idempotency-Key': consumedKey },
  });
  await call(api, 'deleteEvent', (gone.body as { eventId: string }).eventId);
  return {
    ok: (await published(api)).eventId,
    conflict: {
      createEvent: '',
      updateEvent: (await cancelled(api)).eventId,
      deleteEvent: registered.eventId,
      cancelEvent: (await draft(api)).eventId,
      duplicateEvent: '',
    },
    consumedKey,
    usedKey,
  };
}

/** A request that fails exactly these checks. */
export function requestFailing(
  failed: readonly Check[],
  { operationId, method }: CheckedOperation,
  fixtures: Fixtures,
): TestRequest {
  const fails = (check: Check) => failed.includes(check);
  const eventId = fails('event-not-found')
    ? nonexistentEventId
    : fails('conflict')
      ? fixtures.conflict[operationId]
      : fixtures.ok;
  const path = pathWith(operationId, eventId);
  const as = fails('forbidden') ? 'attendee' : fails('not-event-organizer') ? 'rival' : 'organizer';
  const key = fails('idempotency-key-consumed')
    ? fixtures.consumedKey
    : fails('idempotency-key-reused')
      ? fixtures.usedKey
      : undefined;
  return {
    method: fails('method-not-allowed') ? 'PUT' : method,
    path: `${path}${fails('route-not-found') ? '/' : ''}${fails('invalid-request') ? '?color=red' : ''}`,
    headers: {
      ...(fails('precondition-failed') ? { 'If-Match': '"9-000000000000"' } : {}),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...(operationId === 'deleteEvent'
        ? {}
        : { 'Content-Type': fails('unsupported-media-type') ? 'text/plain' : 'application/json' }),
    },
    ...(operationId === 'deleteEvent' ? {} : { body: bodyFailing(fails, operationId) }),
    ...(fails('unauthenticated') ? {} : { as }),
  };
}

function bodyFailing(fails: (check: Check) => boolean, operationId: CheckedOperation['operationId']): string {
  const invalid = fails('invalid-event') ? { endsAt: '2029-01-01T00:00:00Z' } : {};
  const valid = {
    createEvent: { ...concert, ...(fails('idempotency-key-reused') ? { name: 'Another Night' } : {}) },
    updateEvent: { name: 'Another Night' },
    cancelEvent: {},
    deleteEvent: {},
    duplicateEvent: { startsAt: concert.startsAt, endsAt: concert.endsAt },
  };
  const text = JSON.stringify({ ...valid[operationId], ...invalid });
  return (fails('malformed-body') ? text.slice(0, -1) : text) + (fails('body-too-large') ? ' '.repeat(66_000) : '');
}
