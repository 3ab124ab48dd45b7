/** A scanner for one device at the door. It works without a network, and continues after a restart. */
import type { CheckInOutcome, EventsClient } from '@event-management/client';
import { ticketCode, ticketDigest } from '@event-management/client/tickets';

/** What the scanner needs of `Storage`. */
interface Store {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A ticket that the device has read; the form in which the API takes it. */
interface Scan {
  readonly scanId: string;
  readonly code: string;
  readonly scannedAt: string;
}

/** What the device knows of a confirmed registration. */
interface Guest {
  readonly number: number;
  readonly name?: string | undefined;
  checkedInAt?: string | undefined;
}

/** What the door sees of a ticket. */
export interface ScanResult extends Partial<Guest> {
  /** What the API says; if it does not respond, what the device knows. */
  readonly outcome: CheckInOutcome['outcome'] | 'not-a-ticket';
  /** For `admit`, if the person is let in although the outcome is not `checked-in`. */
  readonly scan?: Scan;
}

/**
 * @param storage keeps the list and the scans that the API has not processed: `localStorage` in a page
 * @param report called with the outcome of each scan that was made without the API
 */
export function createScanner(
  api: EventsClient,
  eventId: string,
  storage: Store,
  report: (outcome: CheckInOutcome) => void,
) {
  const listKey = `guests/${eventId}`;
  const scanKey = `scan/${eventId}/`;
  let guests = new Map(JSON.parse(storage.getItem(listKey) ?? '[]') as [digest: string, guest: Guest][]);
  let online = true;
  let syncing: Promise<void> | undefined;

  const saveList = () => storage.setItem(listKey, JSON.stringify([...guests]));

  /** The stored scans, in the order in which they were made. There is a key for each, so that two tabs do not overwrite each other. */
  function queue(): Scan[] {
    return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      .filter((key) => key.startsWith(scanKey))
      .map((key) => JSON.parse(storage.getItem(key) ?? '') as Scan)
      .sort((one, other) => one.scannedAt.localeCompare(other.scannedAt));
  }

  /** Remembers who is inside, for the time until the list is loaded again. */
  function mark(outcomes: readonly CheckInOutcome[]): void {
    const times = new Map(outcomes.map(({ number, checkedInAt }) => [number, checkedInAt]));
    for (const guest of guests.values()) if (times.has(guest.number)) guest.checkedInAt = times.get(guest.number);
    saveList();
  }

  /** Stores a scan of a person who is let in. When this returns, neither a lost network nor a restart loses it. */
  function admit(scan: Scan): void {
    storage.setItem(scanKey + scan.scanId, JSON.stringify({ ...scan, admitted: true }));
  }

  /** Decides without the API. Somebody with a valid ticket is let in at once. */
  async function decide(scan: Scan): Promise<ScanResult> {
    const guest = guests.get(await ticketDigest(scan.code));
    // Registered after the list was loaded, cancelled before that, for another event, or not a ticket of this API.
    if (!guest) return { outcome: 'unknown-ticket', scan };
    const isInside = guest.checkedInAt !== undefined || queue().some(({ code }) => code === scan.code);
    if (!isInside) admit(scan);
    return { ...guest, outcome: isInside ? 'already-checked-in' : 'checked-in', scan };
  }

  /** Asks the API, unless the last attempt failed; the door cannot wait for long. */
  async function scan(text: string): Promise<ScanResult> {
    const code = ticketCode(text);
    if (code === undefined) return { outcome: 'not-a-ticket' };
    const made = { scanId: crypto.randomUUID(), code, scannedAt: new Date().toISOString() };
    if (!online) return decide(made);
    const options = { deadlineMs: 2_000, maxRetries: 0 };
    const { data } = await api.createCheckIns(eventId, { scans: [made] }, options).result();
    const outcome = data?.outcomes[0];
    online = outcome !== undefined && outcome.outcome !== 'not-processed';
    if (!outcome || !online) return decide(made);
    mark([outcome]);
    return { ...outcome, scan: made };
  }

  /** Sends the stored scans. One is removed when the API has processed it; after a lost response it is sent again, with the same id. */
  async function upload(): Promise<void> {
    for (let batch = queue(); batch.length > 0; batch = queue()) {
      const { outcomes } = await api.createCheckIns(eventId, { scans: batch.slice(0, 100) });
      const processed = outcomes.filter(({ outcome }) => outcome !== 'not-processed');
      if (processed.length === 0) return;
      mark(processed);
      for (const outcome of processed) {
        report(outcome);
        storage.removeItem(scanKey + outcome.scanId);
      }
    }
  }

  /** Replaces the list when all pages are loaded. Those who wait are included, because they move up while the pages are read. */
  async function load(): Promise<void> {
    const loaded: typeof guests = new Map();
    const query = { status: ['confirmed' as const, 'waitlisted' as const], limit: 1_000 };
    for await (const { codeDigest, number, name, checkedInAt } of api.listRegistrations(eventId, query))
      if (codeDigest) loaded.set(codeDigest, { number, name, checkedInAt });
    guests = loaded;
    saveList();
  }

  /** Sends the stored scans, then loads the list. Rejects with an `EventsApiError`, and keeps everything. */
  async function sync(): Promise<void> {
    await upload();
    await load();
    online = true;
  }

  return { scan, admit, sync: () => (syncing ??= sync().finally(() => (syncing = undefined))) };
}
