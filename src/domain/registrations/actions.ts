/** What a caller can do with a registration now, by the rules that the operations follow. */
import type { Event, RegistrationAction } from '../../contract/generated/types.ts';
import type { Instant } from '../shared/instants.ts';
import type { Seats } from '../shared/seats/model.ts';
import { registrationProblem } from '../shared/seats/rules.ts';
import { hasLiveScan, outcomeOf } from './check-ins/scans.ts';
import { type AttendeeRecord, isActive, type RegistrationRecord } from './model.ts';
import {
  canCancel,
  canChangeDetails,
  type EventTimes,
  hasNumberLeft,
  isCancelledFirst,
  isChangeable,
  isInside,
} from './rules.ts';

/** What a registration is shown with, as it was read. */
export interface State<OfEvent extends EventTimes | undefined = EventTimes> {
  readonly event: OfEvent;
  /** Undefined if the event has never been published. */
  readonly seats: Seats | undefined;
  readonly at: Instant;
}

/** The same for the person; the event is undefined if the person cannot see it any more. */
export interface OwnState extends State<(EventTimes & Pick<Event, 'location'>) | undefined> {
  /** The numbers of the person. Not needed for an active registration, which is always the latest. */
  readonly attendee?: AttendeeRecord | undefined;
}

type Table<Action extends RegistrationAction, S> = {
  readonly [Name in Action]: (record: RegistrationRecord, state: S) => boolean;
};

type OwnAction = 'registerForEvent' | 'deleteMyRegistration' | 'cancelMyRegistration';

const own: Table<OwnAction, OwnState> = {
  registerForEvent(record, { event, seats, at, attendee }) {
    if (event === undefined) return false;
    if (isActive(record)) return canChangeDetails(event, at);
    return hasNumberLeft(attendee) && registrationProblem(event, seats, at) === undefined;
  },
  deleteMyRegistration: (record, { event, at }) =>
    !isCancelledFirst(record, event, at) || (canCancel(event, at) && !isInside(record)),
  cancelMyRegistration: (record, { event, at }) =>
    event !== undefined && isActive(record) && canCancel(event, at) && !isInside(record),
};

const ofOrganizer: Table<Exclude<RegistrationAction, OwnAction>, State> = {
  updateRegistration: isChangeable,
  deleteRegistration: (record, { event, at }) =>
    isCancelledFirst(record, event, at) ? !isInside(record) : record.erasedAt === undefined,
  cancelRegistration: (record) => isActive(record) && !isInside(record),
  deleteCheckIn: hasLiveScan,
  createCheckIns: (record, { event, seats }) =>
    record.erasedAt === undefined && outcomeOf(record, event, seats ?? {}) === 'checked-in',
};

/**
 * What the person can do with a registration. Nothing with an earlier one: the operations of the person are about the latest.
 */
export function ownActions(record: RegistrationRecord, state: OwnState): RegistrationAction[] {
  const { attendee } = state;
  if (attendee !== undefined && attendee.latest !== record.number) return [];
  return namesOf(own).filter((action) => own[action](record, state));
}

/** What the organizer of the event can do with a registration. */
export function organizerActions(record: RegistrationRecord, state: State): RegistrationAction[] {
  return namesOf(ofOrganizer).filter((action) => ofOrganizer[action](record, state));
}

function namesOf<Name extends string>(table: { readonly [Key in Name]: unknown }): Name[] {
  return Object.keys(table) as Name[];
}
