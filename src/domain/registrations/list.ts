/** Pages of an event's registrations. */
import type { RegistrationStatus } from '../../contract/generated/types.ts';
import { jsonBytes } from '../../lib/json-bytes.ts';
import type { Seats } from '../shared/seats/model.ts';
import { isVoid, type RegistrationRecord, statusOf } from './model.ts';
import type { NumberRange, RegistrationRepository } from './repository.ts';

export interface PageRequest {
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly status?: readonly RegistrationStatus[] | undefined;
  /** Whether registrations are checked in; both by default. */
  readonly checkedIn?: boolean | undefined;
  /** The number after which the page starts; absent for the first page. */
  readonly after?: number | undefined;
}

export interface RegistrationPage {
  readonly records: RegistrationRecord[];
  /** The number after which the next page starts; absent at the end of the list. */
  readonly lastNumber?: number;
}

/** How many numbers one request reads at most. A page may therefore be short, or empty, and have a next one. */
const maxRead = 2_000;

/** How many bytes of data a page has at most: a response of a function can have 6 MB, in which each quotation mark counts twice. */
export const maxPageBytes = 3_000_000;

/** How many numbers the second and each further call reads at least: few of them may have the status, or be used at all. */
const minRead = 100;

/**
 * Reads a page of registrations, consistently.
 *
 * @param seats tell which numbers have a seat
 */
export async function pageOf(
  eventId: string,
  { order, limit, status, checkedIn, after }: PageRequest,
  seats: Seats,
  registrations: RegistrationRepository,
  signal: AbortSignal,
): Promise<RegistrationPage> {
  const all = rangeOf(status, seats);
  const isEmpty = ({ from, to }: Required<Bounds>) => from > to;
  const pageEndingAt = (records: RegistrationRecord[], last: number | undefined): RegistrationPage =>
    last === undefined || isEmpty(rangeAfter(all, last, order)) ? { records } : { records, lastNumber: last };

  const records: RegistrationRecord[] = [];
  let bytes = 0;
  let last = after;
  for (let read = 0; read < maxRead;) {
    const range = rangeAfter(all, last, order);
    if (isEmpty(range)) return { records };
    const missing = limit - records.length;
    const count = read === 0 ? missing : Math.max(missing, minRead);
    const page = await registrations.page(eventId, { ...range, order, limit: count }, signal);
    for (const entry of page.entries) {
      if (isVoid(entry) || status?.includes(statusOf(entry, seats)) === false) continue;
      if (checkedIn !== undefined && checkedIn !== (entry.checkedInAt !== undefined)) continue;
      bytes += jsonBytes(entry);
      if (bytes > maxPageBytes) return pageEndingAt(records, before(entry.number, order));
      records.push(entry);
      if (records.length === limit) return pageEndingAt(records, entry.number);
    }
    last = page.lastNumber;
    if (last === undefined) return { records };
    read += page.entries.length;
  }
  return pageEndingAt(records, last);
}

/** The numbers that can have one of these statuses. */
function rangeOf(status: PageRequest['status'], { confirmedUpTo = Infinity, lastNumber }: Seats): Required<Bounds> {
  const wants = (one: RegistrationStatus) => status?.includes(one) ?? true;
  if (wants('cancelled')) return { from: 1, to: lastNumber };
  return {
    from: wants('confirmed') ? 1 : Math.min(confirmedUpTo, lastNumber) + 1,
    to: wants('waitlisted') ? lastNumber : Math.min(confirmedUpTo, lastNumber),
  };
}

/** The number that precedes another one in a list. */
const before = (number: number, order: 'asc' | 'desc') => (order === 'asc' ? number - 1 : number + 1);

type Bounds = Pick<NumberRange, 'from' | 'to'>;

function rangeAfter({ from, to }: Required<Bounds>, last: number | undefined, order: 'asc' | 'desc'): Required<Bounds> {
  if (last === undefined) return { from, to };
  return order === 'asc' ? { from: Math.max(from, last + 1), to } : { from, to: Math.min(to, last - 1) };
}
