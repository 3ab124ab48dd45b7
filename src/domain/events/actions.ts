/** What a caller can do with an event now, by the requirements of the operations. */
import type { EventAction } from '../../contract/generated/types.ts';
import { hasRoleFor } from '../../contract/operations.ts';
import type { Instant } from '../shared/instants.ts';
import type { Seats } from '../shared/seats/model.ts';
import { registrationProblem, walkInProblem } from '../shared/seats/rules.ts';
import { type EventRecord, isOrganizer, newSeatsOf, type View } from './model.ts';
import { cancelling, deletionProblem, isWrite, planTransition, publishing, unpublishing } from './requirements.ts';
import { isChangeable } from './rules.ts';

interface State {
  readonly event: EventRecord;
  /** A published event has some. */
  readonly seats: Seats | undefined;
  readonly at: Instant;
  /** Whether the caller is the organizer of the event. */
  readonly isOwn: boolean;
}

type Condition = (state: State) => boolean;

const own =
  (condition: Condition): Condition =>
  (state) =>
    state.isOwn && condition(state);

/** Whether the caller would change something with an operation. The order is that of the contract. */
const conditions: { readonly [Action in EventAction]: Condition } = {
  updateEvent: own(({ event }) => isChangeable(event)),
  deleteEvent: own(({ seats }) => deletionProblem(seats) === undefined),
  publishEvent: own(({ event, seats, at }) => isWrite(planTransition(publishing(at), event, seats))),
  unpublishEvent: own(({ event, seats }) => isWrite(planTransition(unpublishing, event, seats))),
  cancelEvent: own(({ event, seats }) => isWrite(planTransition(cancelling, event, seats))),
  duplicateEvent: own(() => true),
  registerForEvent: ({ event, seats, at }) => registrationProblem(event, seats, at) === undefined,
  createRegistration: own(({ event, seats, at }) => walkInProblem(event, seats, at) === undefined),
};

const actions = Object.keys(conditions) as EventAction[];

/**
 * What a caller can do with an event that the caller can see; nothing without a token. Whether the caller is registered for it is unknown
 * here.
 *
 * @param seats the counters as they were read; an event from before there were any gets them with the next write
 */
export function eventActions(event: EventRecord, seats: Seats | undefined, { caller, roles, at }: View): EventAction[] {
  if (caller === undefined) return [];
  const isOwn = isOrganizer(event, caller);
  const state = { event, at, isOwn, seats: event.status === 'published' ? (seats ?? newSeatsOf(event, at)) : seats };
  return actions.filter((action) => hasRoleFor(action, roles) && conditions[action](state));
}
