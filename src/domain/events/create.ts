/** What the operations have in common that create an event: its id, its fingerprint, and the answer to a repetition. */
import { createHash, randomBytes } from 'node:crypto';
import { v4 as randomUuid, v5 as nameUuid } from 'uuid';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Call } from '../../contract/binding.ts';
import { pathTo } from '../../contract/operations.ts';
import { etagOf, type EventContent, type EventRecord, toEvent } from './model.ts';
import { instantOf } from '../shared/instants.ts';
import type { Dependencies } from './dependencies.ts';

type CreationCall = Pick<Call<'createEvent'>, 'headers' | 'principal' | 'requestId' | 'signal'>;

/** The namespace of ids that are made of a key (RFC 9562, section 5.5). */
const namespace = '6f0a4c1e-5d0b-4a0e-9a63-3a0d6c1b7e52';

/**
 * Creates a draft; with an Idempotency-Key once only, however often and at the same time it is asked for.
 *
 * @param content what the organizer decides about the event
 * @param asked what the request asks for, as JSON: under the same key the same again is a repetition, and anything else a mistake
 */
export async function create(
  { headers, principal, ...context }: CreationCall,
  { events, now }: Dependencies,
  content: EventContent,
  asked: object,
) {
  const key = headers['Idempotency-Key'];
  const at = instantOf(now());
  const event: EventRecord = {
    ...content,
    eventId: key === undefined ? randomUuid() : idMadeOf(key, principal.sub),
    organizerId: principal.sub,
    status: 'draft',
    registeredCount: 0,
    createdAt: at,
    updatedAt: at,
    revision: 1,
    nonce: randomBytes(6).toString('hex'),
  };
  const fingerprint = fingerprintOf(asked);
  const creation = await events.create(event, fingerprint, context);
  if (creation.kind === 'consumed') return { problem: 'idempotency-key-consumed' } as const;
  if (creation.kind === 'exists' && creation.fingerprint !== fingerprint)
    return { problem: 'idempotency-key-reused' } as const;
  return answer(creation.event, at, creation.kind === 'exists');
}

/** The answer where an earlier request with the same key asked for the same; undefined where none did. */
export async function replay(
  { headers, principal, signal }: CreationCall,
  { events, now }: Dependencies,
  asked: object,
) {
  const key = headers['Idempotency-Key'];
  if (key === undefined) return undefined;
  const made = await events.made(idMadeOf(key, principal.sub), fingerprintOf(asked), signal);
  return made && answer(made, instantOf(now()), true);
}

/** Keys belong to their organizer: another's equal key makes another id. */
function idMadeOf(key: string, organizerId: string): string {
  return nameUuid(`${organizerId}\n${key}`, namespace);
}

function fingerprintOf(asked: object): string {
  return createHash('sha256').update(canonicalJson(asked)).digest('base64url');
}

function answer(event: EventRecord, now: string, replayed: boolean) {
  return {
    status: 201,
    headers: {
      Location: pathTo('getEvent', { eventId: event.eventId }),
      ETag: etagOf(event),
      ...(replayed ? { 'Idempotency-Replayed': 'true' as const } : {}),
    },
    body: toEvent(event, now),
  } as const;
}
