import type { Answer, Call } from '../../../contract/binding.ts';
import type { EventUpdate } from '../../../contract/generated/types.ts';
import { eventAnswer, type EventRecord } from '../model.ts';
import { instantOf } from '../../shared/instants.ts';
import { applyUpdate, denial, judgeUpdate, unchanged } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';
import { startsAtId } from '../repository.ts';

/** How often a change that lost a race is tried again before it is given up. */
const mostTries = 5;

/** Replaces members of an event: read, judge the result, and write on condition that nobody wrote in between. */
export async function updateEvent(
  { path, headers, body, principal, ...context }: Call<'updateEvent'>,
  { events, now }: Dependencies,
): Promise<Answer<'updateEvent'>> {
  const ifMatch = headers['If-Match'];
  const at = instantOf(now());
  let found = await events.get(path.eventId, context.signal);
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const denied = denial(found, principal.sub, ifMatch);
    if (denied) return denied;
    const event = found as EventRecord;
    const next = applyUpdate(event, body);
    const objection = judgeUpdate(event, next, body);
    if (objection === unchanged) return eventAnswer(event, at);
    if (objection) return objection;

    const { revision, nonce, organizerId } = event;
    // A registration does not move the revision, so a new capacity needs a condition of its own.
    const expected = {
      organizerId,
      revision: { revision, nonce },
      ...(body.capacity ? { registeredAtMost: body.capacity } : {}),
    };
    const outcome = await events.change(
      path.eventId,
      expected,
      { ...membersToWrite(body, next), updatedAt: at },
      context,
    );
    if (outcome.ok) return eventAnswer(outcome.event, at);
    found = outcome.current;
  }
  return { problem: 'concurrent-change' };
}

/** The named members with their new values, null for those that go, and the sort key where the start moves. */
function membersToWrite(body: EventUpdate, next: EventRecord): Record<string, unknown> {
  const members = Object.keys(body).map((name) => [name, next[name as keyof EventRecord] ?? null] as const);
  return { ...Object.fromEntries(members), ...(body.startsAt === undefined ? {} : { startsAtId: startsAtId(next) }) };
}
