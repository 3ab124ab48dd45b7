/**
 * Registrations, and the concepts around them.
 *
 * - A *registration* is one person's for one event, named by its *number*. A user has at most one that is not cancelled for an
 *   event; registering again after a cancellation takes a new number. Its status follows from the number and the event's *seats*
 *   (src/domain/shared/seats/model.ts).
 * - An *attendee record* names the latest number of one user for one event. It is written before the registration, under the
 *   condition that no other request was faster: this is what keeps a double click from registering twice.
 * - A *walk-in* is a person whom the organizer registers, at the door or on behalf of somebody without an account. Walk-ins take
 *   numbers like everybody. With an idempotency key, a *key record* names the number that the first request took: unlike an attendee
 *   record it never moves on to another registration, so that a retry after a cancellation does not register the person again.
 * - A *void* is written in place of a registration for a number that is not used, so that a late writer cannot use it either.
 * - To *cancel* is to give up the number. The name and the address stay for the organizer. To *erase* is to remove everything
 *   personal; the number remains, because a missing number would count as a gap.
 * - A *scan* of a ticket at the door *checks in* (check-ins/scans.ts).
 *
 * `repository.ts` reads and writes, `admission.ts` admits people, `reclaim.ts` gives seats that are free to the next number, `erase.ts`
 * erases.
 */
import { randomBytes } from 'node:crypto';
import { document } from '../../contract/generated/document.ts';
import type {
  CheckInOutcome,
  RegistrationCancellation,
  RegistrationDetails,
  RegistrationStatus,
} from '../../contract/generated/types.ts';
import type { Revision } from '../shared/etag.ts';
import type { Instant } from '../shared/instants.ts';
import { hasSeat, type Seats } from '../shared/seats/model.ts';

const { schemas } = document.components as { schemas: Record<'RegistrationDetails', { properties: object }> };

/** What a registration says about the person: compared, replaced and erased as a whole. */
export const detailMembers = Object.keys(schemas.RegistrationDetails.properties) as (keyof RegistrationDetails)[];

/** A registration as it is stored. Its answers are to the questions that the event had when they were given. */
export interface RegistrationRecord extends Revision, Partial<RegistrationDetails> {
  readonly eventId: string;
  readonly number: number;
  /** The person; absent once erased, and for people whom the organizer has registered. */
  readonly userId?: string;
  /** The secret part of the ticket's code, 12 bytes in base64url; absent once cancelled. */
  readonly secret?: string;
  /** The digest of the ticket's code, once the secret is gone: a ticket that is cancelled can still be recognized. */
  readonly codeDigest?: string;
  /** The scans of the ticket, by their ids. */
  readonly scans?: Readonly<Record<string, StoredScan>>;
  /** How many scans are not undone, with those that are not stored. */
  readonly scanCount?: number;
  /** The earliest time of a scan that is not undone. It remains when the registration is erased. */
  readonly checkedInAt?: Instant;
  /** Counts the changes of scans, which do not change the revision: a device at the door makes no organizer's change fail. */
  readonly scanRevision?: number;
  readonly cancellation?: RegistrationCancellation;
  readonly erasedAt?: Instant;
  readonly registeredAt: Instant;
  readonly updatedAt: Instant;
  /** The person left the waitlist, and the number is to be released as soon as it has a seat. */
  readonly toSettle?: true;
  /** The request that wrote the registration or its details; absent once erased, as the log names the user of a request. */
  readonly requestId?: string;
  /** The fingerprint of a request with an idempotency key; absent once erased, as it tells something of the person. */
  readonly fingerprint?: string;
}

/** What a scan of a registration's ticket leads to. */
export type ScanOutcome = Exclude<CheckInOutcome['outcome'], 'unknown-ticket' | 'other-event' | 'not-processed'>;

/** A scan of a ticket as it is stored. */
export interface StoredScan {
  /** The outcome that it had when it arrived. */
  readonly outcome: ScanOutcome;
  readonly scannedAt: Instant;
  readonly receivedAt: Instant;
  /** The person was let in before the outcome was known. */
  readonly admitted?: true;
  readonly undoneAt?: Instant;
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

/** A registration of a user. */
export interface RegistrationOfUser {
  readonly eventId: string;
  readonly status: RegistrationStatus;
}

/** What other domains can ask about registrations. */
export interface RegistrationLookup {
  /** The latest registrations of a user, without those that are cancelled, from an index that can lag. */
  ofUser(userId: string, limit: number, signal: AbortSignal): Promise<RegistrationOfUser[]>;
  /**
   * The status of a user's latest registration for an event, read consistently; undefined if there is none.
   *
   * @param seats the counters of the event that were read, if any
   */
  statusOf(
    eventId: string,
    userId: string,
    seats: Seats | undefined,
    signal: AbortSignal,
  ): Promise<RegistrationOfUser['status'] | undefined>;
}

/** What a new registration consists of. */
export type NewRecord = Pick<RegistrationRecord, 'eventId' | 'number' | 'userId' | 'requestId' | 'fingerprint'> &
  RegistrationDetails & { readonly at: Instant };

/** A registration as it is first written, with a new secret. */
export function newRecord({ at, ...members }: NewRecord): RegistrationRecord {
  return {
    ...members,
    secret: randomBytes(12).toString('base64url'),
    registeredAt: at,
    updatedAt: at,
    revision: 1,
    nonce: randomBytes(6).toString('hex'),
  };
}

/** Whether the organizer has registered the person, who then has no account here. */
export function isWalkIn({ userId, erasedAt }: RegistrationRecord): boolean {
  return userId === undefined && erasedAt === undefined;
}

export function statusOf(record: RegistrationRecord, seats: Pick<Seats, 'confirmedUpTo'>): RegistrationStatus {
  if (record.cancellation !== undefined) return 'cancelled';
  return hasSeat(record.number, seats) ? 'confirmed' : 'waitlisted';
}
