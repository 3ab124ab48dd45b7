/** Requests that are wrong in several ways at once, to find out which of them is answered. */
import type { ProblemCode } from '../../src/contract/generated/types.ts';
import { pathTo } from '../../src/contract/operations.ts';
import type { TestApi, TestRequest } from './api.ts';
import { call, cancelled, concert, draft, published, register } from './events.ts';
import { nobodysEventId } from './requests.ts';

/** What can be wrong with a request, by the code that is answered to it, in the order of the checks. */
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
export type Flaw = (typeof checks)[number];

/** An operation with the flaws that a request for it can have. */
export interface Flawed {
  readonly operationId: 'createEvent' | 'updateEvent' | 'deleteEvent' | 'cancelEvent' | 'duplicateEvent';
  readonly method: string;
  readonly flaws: readonly Flaw[];
  /** The code that is answered where the event's state refuses the request. */
  readonly conflict?: ProblemCode;
  /** Pairs that no request can have. */
  readonly impossible?: (flaws: readonly Flaw[]) => boolean;
}

const first = checks.slice(0, 4);
const body = checks.slice(4, 7);
/** Nobody organizes an event that does not exist. */
const nobodys = (flaws: readonly Flaw[]) => flaws.includes('event-not-found') && flaws.includes('not-event-organizer');

export const flawed: readonly Flawed[] = [
  {
    operationId: 'createEvent',
    method: 'POST',
    flaws: [
      ...first,
      ...body,
      'invalid-request',
      'invalid-event',
      'idempotency-key-consumed',
      'idempotency-key-reused',
    ],
    // A key is one or the other; a consumed one is refused whatever the body, so there is nothing to compare.
    impossible: (flaws) => flaws.includes('idempotency-key-consumed') && flaws.includes('idempotency-key-reused'),
  },
  {
    operationId: 'updateEvent',
    method: 'PATCH',
    flaws: [
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
    impossible: nobodys,
  },
  {
    operationId: 'deleteEvent',
    method: 'DELETE',
    flaws: [...first, 'invalid-request', 'event-not-found', 'not-event-organizer', 'precondition-failed', 'conflict'],
    conflict: 'event-has-registrations',
    impossible: nobodys,
  },
  {
    operationId: 'cancelEvent',
    method: 'POST',
    flaws: [
      ...first,
      ...body,
      'invalid-request',
      'event-not-found',
      'not-event-organizer',
      'precondition-failed',
      'conflict',
    ],
    conflict: 'not-published',
    // Another organizer's draft cannot be seen.
    impossible: (flaws) => nobodys(flaws) || (flaws.includes('not-event-organizer') && flaws.includes('conflict')),
  },
  {
    operationId: 'duplicateEvent',
    method: 'POST',
    flaws: [
      ...first,
      ...body,
      'invalid-request',
      'event-not-found',
      'not-event-organizer',
      'invalid-event',
      'idempotency-key-consumed',
      'idempotency-key-reused',
    ],
    impossible: (flaws) =>
      nobodys(flaws) || (flaws.includes('idempotency-key-consumed') && flaws.includes('idempotency-key-reused')),
  },
];

/** Events and keys against which the requests are sent; none of them is ever changed by one. */
export interface Stage {
  readonly ok: string;
  readonly conflict: Readonly<Record<Flawed['operationId'], string>>;
  readonly consumedKey: string;
  readonly usedKey: string;
}

export async function setStage(api: TestApi): Promise<Stage> {
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

/** A request with all of these flaws, and none besides. */
export function requestWith(flaws: readonly Flaw[], { operationId, method }: Flawed, stage: Stage): TestRequest {
  const has = (flaw: Flaw) => flaws.includes(flaw);
  const eventId = has('event-not-found') ? nobodysEventId : has('conflict') ? stage.conflict[operationId] : stage.ok;
  const path = pathTo(operationId, { eventId });
  const as = has('forbidden') ? 'attendee' : has('not-event-organizer') ? 'rival' : 'organizer';
  const key = has('idempotency-key-consumed')
    ? stage.consumedKey
    : has('idempotency-key-reused')
      ? stage.usedKey
      : undefined;
  return {
    method: has('method-not-allowed') ? 'PUT' : method,
    path: `${path}${has('route-not-found') ? '/' : ''}${has('invalid-request') ? '?colour=red' : ''}`,
    headers: {
      ...(has('precondition-failed') ? { 'If-Match': '"9-000000000000"' } : {}),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...(operationId === 'deleteEvent'
        ? {}
        : { 'Content-Type': has('unsupported-media-type') ? 'text/plain' : 'application/json' }),
    },
    ...(operationId === 'deleteEvent' ? {} : { body: bodyWith(has, operationId) }),
    ...(has('unauthenticated') ? {} : { as }),
  };
}

function bodyWith(has: (flaw: Flaw) => boolean, operationId: Flawed['operationId']): string {
  const impossible = has('invalid-event') ? { endsAt: '2029-01-01T00:00:00Z' } : {};
  const good = {
    createEvent: { ...concert, ...(has('idempotency-key-reused') ? { name: 'Another Night' } : {}) },
    updateEvent: { name: 'Another Night' },
    cancelEvent: {},
    deleteEvent: {},
    duplicateEvent: { startsAt: concert.startsAt, endsAt: concert.endsAt },
  };
  const text = JSON.stringify({ ...good[operationId], ...impossible });
  return (has('malformed-body') ? text.slice(0, -1) : text) + (has('body-too-large') ? ' '.repeat(66_000) : '');
}
