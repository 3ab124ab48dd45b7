/**
 * Registrations, and the concepts around them.
 *
 * - A *registration* is one person's for one event, named by its *number*. A user has at most one that is not cancelled for an
 *   event; registering again after a cancellation takes a new number. Its status follows from the number and the event's *seats*
 *   (src/domain/shared/seats/model.ts).
 * - An *attendee record* names the latest number of one user for one event. It is written before the registration, under the
 *   condition that no other request was faster: this is what keeps a double click from registering twice.
 * - A *void* is written in place of a registration for a number that is not used, so that a late writer cannot use it either.
 * - To *cancel* is to give up the number. The name and the address stay for the organizer. To *erase* is to remove everything
 *   personal; the number remains, because a missing number would count as a gap.
 *
 * `repository.ts` reads and writes, `reclaim.ts` gives seats that are free to the next number, `erase.ts` erases.
 */
import type { Registration, RegistrationCancellation } from '../../contract/generated/types.ts';
import { document } from '../../contract/generated/document.ts';
import { pick } from '../../lib/pick.ts';
import { etagOf, type Revision } from '../shared/etag.ts';
import type { Instant } from '../shared/instants.ts';
import { hasSeat, type Seats } from '../shared/seats/model.ts';

/** A registration as it is stored. */
export interface RegistrationRecord extends Revision {
  readonly eventId: string;
  readonly number: number;
  /** The person; absent once erased. */
  readonly userId?: string;
  readonly name?: string;
  readonly email?: string;
  /** The secret part of the ticket's code, 12 bytes in base64url; absent once cancelled. */
  readonly secret?: string;
  readonly cancellation?: RegistrationCancellation;
  readonly erasedAt?: Instant;
  readonly registeredAt: Instant;
  readonly updatedAt: Instant;
  /** The person left the waitlist, and the number is to be released as soon as it has a seat. */
  readonly toSettle?: true;
  /** The request that wrote the registration. */
  readonly requestId: string;
}

/** A number that is not used. */
export interface Void {
  readonly void: true;
  readonly eventId: string;
  readonly number: number;
  readonly at: Instant;
  /** As for a registration. */
  readonly toSettle?: true;
}

/** What holds a number. */
export type Entry = RegistrationRecord | Void;

/** The numbers of one user for one event. */
export interface AttendeeRecord {
  readonly latest: number;
  readonly numbers: readonly number[];
}

/** How many numbers a user can take for an event. */
export const maxNumbersPerUser = 20;

export function isVoid(entry: Entry): entry is Void {
  return 'void' in entry;
}

/** Whether a registration holds its number: it is not cancelled. */
export function isActive({ cancellation }: RegistrationRecord): boolean {
  return cancellation === undefined;
}

/** Whether an entry is the registration of this user. After a restore of the table, a number may hold a stranger's. */
export function isOf(entry: Entry | undefined, userId: string): entry is RegistrationRecord {
  return entry !== undefined && !isVoid(entry) && entry.userId === userId;
}

export function statusOf(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>): Registration['status'] {
  if (record.cancellation !== undefined) return 'cancelled';
  return hasSeat(record.number, seats) ? 'confirmed' : 'waitlisted';
}

const { schemas } = document.components as { schemas: Record<'Registration', { properties: object }> };
const members = Object.keys(schemas.Registration.properties) as (keyof Registration)[];

/** The registration as the contract describes it, without the code of its ticket: as its organizer sees it. */
export function toRegistration(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>): Registration {
  const status = statusOf(record, seats);
  const known: Partial<Registration> = {
    ...record,
    etag: etagOf(record),
    status,
    ...(status === 'waitlisted' ? { ahead: record.number - (seats.confirmedUpTo ?? 0) - 1 } : {}),
  };
  return pick(known, members) as Registration;
}

/** The registration as the person sees it: with the code of the ticket, once it has a seat. */
export function toOwnRegistration(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>): Registration {
  const registration = toRegistration(record, seats);
  if (registration.status !== 'confirmed' || record.secret === undefined) return registration;
  return pick({ ...registration, code: ticketCode(record, record.secret) }, members);
}

const codeVersion = 1;

/**
 * The code of a ticket in base64url: a version (1 byte), the event's id (16), the number (4) and the secret (12). It finds its
 * registration without an index, and cannot be guessed.
 */
export function ticketCode(
  { eventId, number }: Pick<RegistrationRecord, 'eventId' | 'number'>,
  secret: string,
): string {
  const head = Buffer.alloc(21);
  head.writeUInt8(codeVersion, 0);
  head.write(eventId.replaceAll('-', ''), 1, 'hex');
  head.writeUInt32BE(number, 17);
  return Buffer.concat([head, Buffer.from(secret, 'base64url')]).toString('base64url');
}

/** The response 200 with the caller's own registration. */
export function ownResponse(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>) {
  const body = toOwnRegistration(record, seats);
  return { status: 200, headers: { ETag: body.etag }, body } as const;
}

/** The response 200 with a registration for the caller's event. */
export function organizerResponse(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>) {
  const body = toRegistration(record, seats);
  return { status: 200, headers: { ETag: body.etag }, body } as const;
}
