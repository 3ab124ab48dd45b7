import { createHash, randomBytes } from 'node:crypto';
import { v4 as randomUuid, v5 as nameUuid } from 'uuid';
import { canonicalJson } from '../../canonical.ts';
import type { Answer, Call } from '../../contract/binding.ts';
import { pathTo } from '../../contract/operations.ts';
import { etagOf, type EventRecord, toEvent } from '../event.ts';
import { instantOf } from '../instants.ts';
import { fromCreate, impossibilities } from '../rules.ts';
import type { Services } from '../services.ts';

/** The namespace of ids that are made of a key (RFC 9562, section 5.5). */
const namespace = '6f0a4c1e-5d0b-4a0e-9a63-3a0d6c1b7e52';

/** Creates a draft; with an Idempotency-Key once only, however often and at the same time it is asked for. */
export async function createEvent(
  { headers, body, principal, ...context }: Call<'createEvent'>,
  { events, now }: Services,
): Promise<Answer<'createEvent'>> {
  const key = headers['Idempotency-Key'];
  const members = fromCreate(body);
  const errors = impossibilities(members, body);
  if (errors.length > 0) return { problem: 'invalid-event', errors };

  const moment = now();
  const at = instantOf(moment);
  const event: EventRecord = {
    ...members,
    eventId: key === undefined ? randomUuid() : nameUuid(`${principal.sub}\n${key}`, namespace),
    organizerId: principal.sub,
    status: 'draft',
    registeredCount: 0,
    createdAt: at,
    updatedAt: at,
    revision: 1,
    nonce: randomBytes(6).toString('hex'),
  };
  const fingerprint = createHash('sha256').update(canonicalJson(body)).digest('base64url');
  const creation = await events.create(event, fingerprint, Math.floor(moment.getTime() / 1000), context);
  if (creation.kind === 'spent') return { problem: 'idempotency-key-spent' };
  if (creation.kind === 'exists' && creation.fingerprint !== fingerprint) return { problem: 'idempotency-key-reused' };

  const created = creation.event;
  return {
    status: 201,
    headers: {
      Location: pathTo('getEvent', { eventId: created.eventId }),
      ETag: etagOf(created),
      ...(creation.kind === 'exists' ? { 'Idempotency-Replayed': 'true' as const } : {}),
    },
    body: toEvent(created, at),
  };
}
