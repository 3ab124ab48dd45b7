/** Registrations as the contract describes them, to the person and to the organizer of the event. */
import { document } from '../../contract/generated/document.ts';
import type { Registration } from '../../contract/generated/types.ts';
import { pick } from '../../lib/pick.ts';
import { meetingUrlOf } from '../events/model.ts';
import { etagOf } from '../shared/etag.ts';
import type { Seats } from '../shared/seats/model.ts';
import { organizerActions, ownActions, type OwnState, type State } from './actions.ts';
import { isWalkIn, type RegistrationRecord, statusOf } from './model.ts';
import { codeDigestOf, ticketCode } from './ticket.ts';

const { schemas } = document.components as { schemas: Record<'Registration', { properties: object }> };
const members = Object.keys(schemas.Registration.properties) as (keyof Registration)[];
const membersWithout = (...hidden: readonly (keyof Registration)[]) => members.filter((name) => !hidden.includes(name));
const organizerMembers = membersWithout('code', 'meetingUrl');
const ownMembers = membersWithout('codeDigest', 'scanCount');

/** The counters that tell whether a number has a seat. An event that was never published has none, and no registrations. */
const countersOf = ({ seats }: Pick<State, 'seats'>): Pick<Seats, 'confirmedUpTo'> => seats ?? {};

/** A registration as everybody sees it who may see it. */
function described(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>) {
  const status = statusOf(record, seats);
  return {
    ...record,
    etag: etagOf(record),
    status,
    ...(status === 'waitlisted' ? { ahead: record.number - (seats.confirmedUpTo ?? 0) - 1 } : {}),
  };
}

/** The registration as its organizer sees it: with the digest of the ticket's code, once it has a seat, and without the code. */
export function toRegistration(record: RegistrationRecord, state: State): Registration {
  const { codeDigest: _, ...known } = described(record, countersOf(state));
  const digest = known.status === 'confirmed' ? codeDigestOf(record) : undefined;
  const shown: Partial<Registration> = {
    ...known,
    ...(digest === undefined ? {} : { codeDigest: digest }),
    allowedActions: organizerActions(record, state),
  };
  return pick(shown, organizerMembers) as Registration;
}

/** The registration of a walk-in as its organizer gets it alone: with the code of the ticket, as the person has no account to get it. */
export function toWalkInRegistration(record: RegistrationRecord, state: State): Registration {
  return pick({ ...toRegistration(record, state), ...codeOf(record, countersOf(state)) }, members);
}

/** The registration as the person sees it: with the code of the ticket and the URL of an online meeting, once it has a seat. */
export function toOwnRegistration(record: RegistrationRecord, state: OwnState): Registration {
  const seats = countersOf(state);
  const shown: Partial<Registration> = {
    ...described(record, seats),
    ...codeOf(record, seats),
    ...meetingOf(record, state),
    allowedActions: ownActions(record, state),
  };
  return pick(shown, ownMembers) as Registration;
}

function codeOf(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>): Pick<Registration, 'code'> {
  const { secret } = record;
  return statusOf(record, seats) === 'confirmed' && secret !== undefined ? { code: ticketCode(record, secret) } : {};
}

function meetingOf(record: RegistrationRecord, state: OwnState): Pick<Registration, 'meetingUrl'> {
  const url = state.event && meetingUrlOf(state.event);
  return statusOf(record, countersOf(state)) === 'confirmed' && url !== undefined ? { meetingUrl: url } : {};
}

/** The response 200 with the caller's own registration. */
export function ownResponse(record: RegistrationRecord, state: OwnState) {
  const body = toOwnRegistration(record, state);
  return { status: 200, headers: { ETag: body.etag }, body } as const;
}

/** The response 200 with a registration for the caller's event; with the code of the ticket if it is asked for and of a walk-in. */
export function organizerResponse(record: RegistrationRecord, state: State, { withCode } = { withCode: false }) {
  const body = withCode && isWalkIn(record) ? toWalkInRegistration(record, state) : toRegistration(record, state);
  return { status: 200, headers: { ETag: body.etag }, body } as const;
}
