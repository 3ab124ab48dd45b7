import type { Call } from '../../contract/binding.ts';
import { eventAnswer, type EventRecord, parseEtag } from './model.ts';
import type { Expectation } from './expressions.ts';
import { type Instant, instantOf } from '../shared/instants.ts';
import { listingAttributes } from './index-keys.ts';
import { denial, type Objection, unchanged } from './rules.ts';
import type { Dependencies } from './dependencies.ts';

/** What the operations have in common that move an event from one status to another. */
type VerbCall = Pick<Call<'publishEvent'>, 'path' | 'headers' | 'principal' | 'requestId' | 'signal'>;

/** A move of the status: its condition for the database, and the same in words for when the condition fails. */
export interface Verb<Code extends string> {
  readonly expect: Omit<Expectation, 'organizerId' | 'revision'>;
  readonly set: Partial<EventRecord> & Pick<EventRecord, 'status'>;
  readonly judge: (event: EventRecord) => typeof unchanged | Objection<Code> | undefined;
}

/**
 * Moves an event with one conditional write and no reading before it. Where the condition fails, the item that it failed on comes
 * back with the failure, and the rules tell why: no second try is needed, however many write at the same time.
 *
 * @param verbAt the move at the instant of this request
 */
export async function move<Code extends string>(
  { path, headers, principal, ...context }: VerbCall,
  { events, now }: Dependencies,
  verbAt: (at: Instant) => Verb<Code>,
) {
  const { eventId } = path;
  const ifMatch = headers['If-Match'];
  const at = instantOf(now());
  const verb = verbAt(at);
  const organizerId = principal.sub;
  const expected = { ...verb.expect, organizerId, ...matching(ifMatch) };
  const members = { ...verb.set, ...listingAttributes({ eventId, organizerId, ...verb.set }), updatedAt: at };
  const outcome = await events.change(eventId, expected, members, context);
  if (outcome.ok) return eventAnswer(outcome.event, at);
  const denied = denial(outcome.current, organizerId, ifMatch);
  if (denied) return denied;
  const current = outcome.current as EventRecord;
  const objection = verb.judge(current) ?? disagreement(eventId);
  return objection === unchanged ? eventAnswer(current, at) : objection;
}

/** The condition of a write refused what the rules allow: a fault of ours, as both say the same in two languages. */
export function disagreement(eventId: string): never {
  throw new Error(`The condition of the write refused event ${eventId}, but no rule objects.`);
}

/** The revision that an If-Match asks for: none where it is absent or `*`. */
export function matching(ifMatch: string | undefined): Pick<Expectation, 'revision'> {
  if (ifMatch === undefined || ifMatch === '*') return {};
  return { revision: parseEtag(ifMatch) ?? 'unmatchable' };
}
