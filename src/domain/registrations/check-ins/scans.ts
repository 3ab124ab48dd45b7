/**
 * Rules about scans: pure functions.
 *
 * - A *scan* is one reading of a ticket at the door, named by the device that made it. It is *stored* if the ticket is valid, or if the
 *   person was *admitted* already; otherwise it is *refused* and changes nothing.
 * - A stored scan keeps the outcome that it had when it arrived, so that it has the same one whenever it is sent again.
 * - A stored scan is *live* until it is *undone*. It is marked as undone rather than removed: sent again, it does not check in again.
 * - A registration is *checked in* while it has a live scan, from the earliest time of a live scan.
 *
 * Which of two scans comes first therefore decides their outcomes, and nothing else: in any order, they end in the same state.
 */
import type { EventRecord } from '../../events/model.ts';
import { type Instant, toInstant } from '../../shared/instants.ts';
import type { Seats } from '../../shared/seats/model.ts';
import { type RegistrationRecord, type ScanOutcome, statusOf, type StoredScan } from '../model.ts';

/** What scans change of a registration. */
export type CheckInState = Pick<RegistrationRecord, 'scans' | 'scanCount' | 'checkedInAt'>;

/** How many scans are stored with one registration. Further ones are counted only. */
export const maxScans = 20;

/** A scan as it arrives, with its time in `cutTime`'s range. */
export interface ArrivedScan extends Omit<StoredScan, 'undoneAt'> {
  readonly scanId: string;
}

/** The time of a scan: not after now, because clocks of devices run ahead, and not before the registration. */
export function cutTime(scannedAt: string, registeredAt: Instant, now: Instant): Instant {
  const latest = Date.parse(scannedAt) < Date.parse(now) ? toInstant(scannedAt) : now;
  return Date.parse(latest) < Date.parse(registeredAt) ? registeredAt : latest;
}

/** The outcome of a scan that arrives now. Whether the ticket is valid comes before whether it was scanned already. */
export function outcomeOf(
  record: RegistrationRecord,
  { status: eventStatus }: Pick<EventRecord, 'status'>,
  seats: Pick<Seats, 'confirmedUpTo'>,
): ScanOutcome {
  if (eventStatus === 'cancelled') return 'event-cancelled';
  const status = statusOf(record, seats);
  if (status !== 'confirmed') return status;
  return record.checkedInAt === undefined ? 'checked-in' : 'already-checked-in';
}

/** Whether a scan is stored. */
export function isStored({ outcome, admitted }: Pick<StoredScan, 'outcome' | 'admitted'>): boolean {
  return admitted === true || outcome === 'checked-in' || outcome === 'already-checked-in';
}

const isLive = ({ undoneAt }: StoredScan) => undoneAt === undefined;

/** Whether a registration has a scan to undo. */
export function hasLiveScan({ scans = {} }: Pick<RegistrationRecord, 'scans'>): boolean {
  return Object.values(scans).some(isLive);
}

/** The state of a registration after a scan that is stored, or counted only because there are too many. */
export function afterScan(record: CheckInState, { scanId, ...scan }: ArrivedScan): CheckInState {
  const { scans = {}, scanCount = 0 } = record;
  const isFull = Object.keys(scans).length >= maxScans;
  if (isFull && record.checkedInAt !== undefined) return stateOf(scans, scanCount + 1);
  // Only scans that are undone are left: the first of them makes room.
  const kept = isFull ? withoutFirst(scans) : scans;
  return stateOf({ ...kept, [scanId]: scan }, scanCount + 1);
}

/** The state of a registration after one of its scans is undone; undefined if it has been undone before. */
export function afterUndo(record: CheckInState, scanId: string, at: Instant): CheckInState | undefined {
  const { scans = {}, scanCount = 0 } = record;
  const scan = scans[scanId];
  if (scan === undefined || !isLive(scan)) return undefined;
  return stateOf({ ...scans, [scanId]: { ...scan, undoneAt: at } }, scanCount - 1);
}

function stateOf(scans: Readonly<Record<string, StoredScan>>, scanCount: number): CheckInState {
  const [checkedInAt] = Object.values(scans)
    .filter(isLive)
    .map(({ scannedAt }) => scannedAt)
    .sort();
  return checkedInAt === undefined ? { scans } : { scans, scanCount, checkedInAt };
}

function withoutFirst(scans: Readonly<Record<string, StoredScan>>): Readonly<Record<string, StoredScan>> {
  const [first] = Object.entries(scans).sort(([, one], [, other]) => (one.receivedAt < other.receivedAt ? -1 : 1));
  return Object.fromEntries(Object.entries(scans).filter(([scanId]) => scanId !== first?.[0]));
}
