/** Rules about registrations: pure functions that know neither HTTP nor the database. Rules about new ones are in shared/seats/rules.ts. */
import type { RegistrationDetails } from '../../contract/generated/types.ts';
import { type EventRecord } from '../events/model.ts';
import type { Instant } from '../shared/instants.ts';
import { answerErrors } from './answers.ts';
import { type AttendeeRecord, isActive, maxNumbersPerUser, type RegistrationRecord } from './model.ts';

/** What rules need to know of an event. */
export type EventTimes = Pick<EventRecord, 'status' | 'startsAt' | 'endsAt'>;

/** Whether people can still change their name, address and answers: until the event ends, unless it is cancelled. */
export function canChangeDetails({ status, endsAt }: EventTimes, now: Instant): boolean {
  return status !== 'cancelled' && now < endsAt;
}

/** Why details cannot be accepted for an event, although they are syntactically valid; undefined if they can. */
export function detailsProblem(
  { questions }: Pick<EventRecord, 'questions'>,
  { answers }: Pick<RegistrationDetails, 'answers'>,
) {
  const errors = answerErrors(questions, answers);
  return errors.length > 0 ? ({ problem: 'invalid-registration', errors } as const) : undefined;
}

/** Whether people can give up their seats: until the event starts, and at any time if it does not take place. */
export function canCancel({ status, startsAt }: EventTimes, now: Instant): boolean {
  return status === 'cancelled' || now < startsAt;
}

/** Whether an event is over. From then on, who was registered stays counted, and data can only be erased. */
export function isOver({ endsAt }: EventTimes, now: Instant): boolean {
  return now >= endsAt;
}

/** Whether a person can take another number for an event. */
export function hasNumberLeft(attendee: AttendeeRecord | undefined): boolean {
  return (attendee?.numbers.length ?? 0) < maxNumbersPerUser;
}

/** Whether a person is checked in, by scans that can be undone: those of an erased registration cannot. */
export function isInside({ checkedInAt, erasedAt }: RegistrationRecord): boolean {
  return checkedInAt !== undefined && erasedAt === undefined;
}

/** Whether the organizer can change name, address and answers of a registration. */
export function isChangeable(record: RegistrationRecord): boolean {
  return isActive(record) && record.erasedAt === undefined;
}

/** Whether deleting a registration cancels it first: unless it is cancelled, or the event is over or not visible any more. */
export function isCancelledFirst(
  record: RegistrationRecord,
  event: EventTimes | undefined,
  now: Instant,
): event is EventTimes {
  return isActive(record) && event !== undefined && !isOver(event, now);
}
