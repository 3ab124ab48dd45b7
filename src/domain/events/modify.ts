import type { Call } from '../../contract/binding.ts';
import { maxAttempts } from '../shared/attempts.ts';
import { type Instant, instantOf } from '../shared/instants.ts';
import { applySeatsChange, isReclaimable, type Seats, type SeatsRequirement } from '../shared/seats/model.ts';
import { accessTo } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { type EventRecord, viewOfCaller } from './model.ts';
import {
  type EventRequirement,
  isWrite,
  type Plan,
  planTransition,
  type SeatsWrite,
  type Transition,
  type Write,
} from './requirements.ts';
import { readWithSeats } from './seats.ts';
import { eventResponse } from './view.ts';

type ModifyCall = Pick<Call<'publishEvent'>, 'path' | 'headers' | 'principal' | 'requestId' | 'signal'>;

type ProblemIn<P extends Plan> = Exclude<P, Write | 'unchanged'>;

const isProblem = <P extends Plan>(plan: P): plan is ProblemIn<P> => typeof plan === 'object' && 'problem' in plan;

/**
 * Changes an event: reads it with its seats, decides, and writes both if neither was written in between; else it starts again.
 *
 * @param plan decides; it is called again after a lost race
 */
export async function modify<P extends Plan>(
  { path, headers, principal, ...context }: ModifyCall,
  dependencies: Dependencies,
  plan: (event: EventRecord, seats: Seats | undefined, at: Instant) => P,
) {
  const { events, seats: repository, registrations, now } = dependencies;
  const at = instantOf(now());
  const view = viewOfCaller(principal, at);
  let reclaimed = false;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const read = await readWithSeats(path.eventId, dependencies, at, context.signal);
    const access = accessTo(read.event, principal.sub, headers['If-Match']);
    if ('problem' in access) return access;
    const { event } = access;
    const planned = plan(event, read.seats, at);
    if (isProblem(planned)) {
      // People who have left can still be counted.
      if (reclaimed || !isAboutSeats(planned.problem) || !read.seats || !isReclaimable(read.seats)) return planned;
      await registrations.reclaim(path.eventId, at, context.signal);
      reclaimed = true;
      continue;
    }
    if (!isWrite(planned)) return eventResponse(event, read.seats, view);
    const { changes, seats } = planned;
    const together = seats === undefined ? [] : [toWrite(event.eventId, seats)];
    const result = await events.change(event, { ...changes, updatedAt: at }, together, context);
    if (result.ok) return eventResponse(result.event, await seatsAfter(event.eventId, read.seats, seats), view);
  }
  return { problem: 'concurrent-change' } as const;

  /** The seats after a write. More of them may have gone to the numbers of people who left. */
  async function seatsAfter(
    eventId: string,
    seats: Seats | undefined,
    write: SeatsWrite | undefined,
  ): Promise<Seats | undefined> {
    if (write === undefined || seats === undefined) return write && 'create' in write ? write.create : seats;
    const after = 'create' in write ? write.create : applySeatsChange(seats, write);
    if (after.withdrawn === 0) return after;
    return registrations.reclaimSome(eventId, after, at, context.signal);
  }

  function toWrite(eventId: string, write: SeatsWrite) {
    return 'create' in write ? repository.create(eventId, write.create) : repository.change(eventId, write);
  }
}

function isAboutSeats(problem: string): boolean {
  return problem === 'event-has-registrations' || problem === 'capacity-below-registrations';
}

/**
 * Changes the status of an event.
 *
 * @param transitionAt the transition at the time of this request
 */
export async function transition<R extends EventRequirement, S extends SeatsRequirement>(
  call: ModifyCall,
  dependencies: Dependencies,
  transitionAt: (at: Instant) => Transition<R, S>,
) {
  return modify(call, dependencies, (event, seats, at) => planTransition<R, S>(transitionAt(at), event, seats));
}
