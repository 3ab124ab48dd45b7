/** What the operations that create an event share: its id, its fingerprint, and the response to a retry. */
import { randomBytes } from 'node:crypto';
import { v4 as randomUuid } from 'uuid';
import type { Call } from '../../contract/binding.ts';
import { pathTo } from '../../contract/operations.ts';
import { etagOf } from '../shared/etag.ts';
import { deriveId, fingerprintOf } from '../shared/idempotency.ts';
import { instantOf } from '../shared/instants.ts';
import type { Dependencies } from './dependencies.ts';
import { type EventContent, type EventRecord, type View, viewOfCaller } from './model.ts';
import { toEvent } from './view.ts';

type CreateCall = Pick<Call<'createEvent'>, 'headers' | 'principal' | 'requestId' | 'signal'>;

/**
 * Creates a draft. With an Idempotency-Key, concurrent and repeated calls create one event.
 *
 * @param payload what the request asks for, as JSON: with the same key, an equal payload is a retry and any other a mistake
 */
export async function create(
  { headers, principal, ...context }: CreateCall,
  { events, now }: Dependencies,
  content: EventContent,
  payload: object,
) {
  const key = headers['Idempotency-Key'];
  const at = instantOf(now());
  const event: EventRecord = {
    ...content,
    eventId: key === undefined ? randomUuid() : deriveId(key, principal.sub),
    organizerId: principal.sub,
    status: 'draft',
    createdAt: at,
    updatedAt: at,
    revision: 1,
    nonce: randomBytes(6).toString('hex'),
  };
  const fingerprint = fingerprintOf(payload);
  const result = await events.create(event, fingerprint, context);
  if (result.kind === 'consumed') return { problem: 'idempotency-key-consumed' } as const;
  if (result.kind === 'exists' && result.fingerprint !== fingerprint)
    return { problem: 'idempotency-key-reused' } as const;
  return createdResponse(result.event, viewOfCaller(principal, at), { replayed: result.kind === 'exists' });
}

/** The response to a retry: the event that an earlier request with the same key and payload created; undefined if none did. */
export async function findReplay(
  { headers, principal, signal }: CreateCall,
  { events, now }: Dependencies,
  payload: object,
) {
  const key = headers['Idempotency-Key'];
  if (key === undefined) return undefined;
  const event = await events.findByFingerprint(deriveId(key, principal.sub), fingerprintOf(payload), signal);
  return event && createdResponse(event, viewOfCaller(principal, instantOf(now())), { replayed: true });
}

function createdResponse(event: EventRecord, view: View, { replayed }: { readonly replayed: boolean }) {
  return {
    status: 201,
    headers: {
      Location: pathTo('getEvent', { eventId: event.eventId }),
      ETag: etagOf(event),
      ...(replayed ? { 'Idempotency-Replayed': 'true' as const } : {}),
    },
    body: toEvent(event, undefined, view),
  } as const;
}
