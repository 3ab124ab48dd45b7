/** Processes scans one after the other. */
import type { CheckInOutcome, Scan } from '../../../contract/generated/types.ts';
import { DatabaseUnavailable } from '../../../storage/errors.ts';
import type { EventRecord } from '../../events/model.ts';
import type { Instant } from '../../shared/instants.ts';
import type { Seats } from '../../shared/seats/model.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import type { Stores } from '../dependencies.ts';
import { type Entry, isVoid, type RegistrationRecord, type ScanOutcome, statusOf } from '../model.ts';
import { look } from '../reclaim.ts';
import { seatsOf } from '../seats-of.ts';
import { hasCode, readCode } from '../ticket.ts';
import { afterScan, cutTime, isStored, outcomeOf } from './scans.ts';

export interface CheckInContext {
  readonly event: EventRecord;
  /** The counters as they were read; undefined if the event has never been published. */
  readonly seats: Seats | undefined;
  readonly at: Instant;
  readonly signal: AbortSignal;
  /** Whether enough time is left for another scan. */
  readonly hasTime: () => boolean;
}

/**
 * Processes scans in their order. If time runs out or the database fails, the rest is not processed: what was processed is told, and all
 * scans can be sent again.
 *
 * @throws DatabaseUnavailable if the database fails before anything was processed
 */
export async function checkIn(
  scans: readonly Scan[],
  stores: Stores,
  context: CheckInContext,
): Promise<CheckInOutcome[]> {
  const process = await prepare(scans, stores, context);
  const outcomes: CheckInOutcome[] = [];
  for (const scan of scans) {
    if (!context.hasTime()) break;
    try {
      outcomes.push(await process(scan));
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable) || outcomes.length === 0) throw error;
      break;
    }
  }
  return [...outcomes, ...scans.slice(outcomes.length).map(notProcessed)];
}

const notProcessed = ({ scanId }: Scan): CheckInOutcome => ({ scanId, outcome: 'not-processed' });

/** What the code and the number of a scan name: a registration for the event, whether or not it exists, or a reason why none. */
function targetOf({ code, number }: Scan, eventId: string): number | 'unknown-ticket' | 'other-event' {
  if (code === undefined) return number ?? 'unknown-ticket';
  const named = readCode(code);
  if (named === undefined || (number !== undefined && number !== named.number)) return 'unknown-ticket';
  return named.eventId === eventId ? named.number : 'other-event';
}

/** Reads the registrations of all scans at once. Resolves with the function that processes one of them. */
async function prepare(scans: readonly Scan[], stores: Stores, context: CheckInContext) {
  const { registrations, checkIns, seats } = stores;
  const { event, at, signal } = context;
  const { eventId } = event;
  const numbers = [...new Set(scans.map((scan) => targetOf(scan, eventId)))].filter(
    (target) => typeof target === 'number',
  );
  const entries = await registrations.getMany(
    numbers.map((number) => ({ eventId, number })),
    signal,
  );
  const known = new Map(numbers.map((number, index) => [number, entries[index]]));
  let counters = context.seats;
  let looked = false;

  /** The counters for a registration. Once in a request, it also looks whether somebody who waits can have a seat. */
  async function countersFor(record: RegistrationRecord): Promise<Seats> {
    counters = await seatsOf(record, counters, seats, signal);
    if (looked || statusOf(record, counters) !== 'waitlisted') return counters;
    looked = true;
    return (counters = await look(eventId, counters, stores, { at, signal }));
  }

  return async function process(scan: Scan): Promise<CheckInOutcome> {
    const { scanId } = scan;
    const target = targetOf(scan, eventId);
    if (typeof target === 'string') return { scanId, outcome: target };
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const record = ticketOf(known.get(target), scan);
      if (record === undefined) return { scanId, outcome: 'unknown-ticket' };
      const current = await countersFor(record);
      const earlier = record.scans?.[scanId];
      if (earlier !== undefined) return described(scanId, earlier.outcome, record, current);
      const outcome = outcomeOf(record, event, current);
      const arrived = { ...arrivedScan(scan, record, at), outcome };
      if (!isStored(arrived)) return described(scanId, outcome, record, current);
      const written = await checkIns.write(record, afterScan(record, arrived), signal);
      known.set(
        target,
        written.ok ? written.record : (written.current ?? (await registrations.get(eventId, target, signal))),
      );
      if (written.ok) return described(scanId, outcome, written.record, current);
    }
    return notProcessed(scan);
  };
}

function arrivedScan({ scanId, scannedAt, admitted }: Scan, { registeredAt }: RegistrationRecord, at: Instant) {
  return {
    scanId,
    scannedAt: cutTime(scannedAt, registeredAt, at),
    receivedAt: at,
    ...(admitted ? { admitted } : {}),
  } as const;
}

/** The registration of a scan; undefined if there is none, or the code is not its own. Erased ones have no ticket any more. */
function ticketOf(entry: Entry | undefined, { code }: Scan): RegistrationRecord | undefined {
  if (entry === undefined || isVoid(entry) || entry.erasedAt !== undefined) return undefined;
  return code === undefined || hasCode(entry, code) ? entry : undefined;
}

function described(
  scanId: string,
  outcome: ScanOutcome,
  record: RegistrationRecord,
  seats: Pick<Seats, 'confirmedUpTo'>,
): CheckInOutcome {
  const { number, name, checkedInAt } = record;
  return {
    scanId,
    outcome,
    number,
    ...(name === undefined ? {} : { name }),
    status: statusOf(record, seats),
    ...(checkedInAt === undefined ? {} : { checkedInAt }),
  };
}
