/**
 * The door: decides about tickets, with the API or without. It follows the scanner of the guide "Checking people in", and adds what a page
 * needs: people without a ticket, undoing, and what became of each scan.
 */
import { type EventsApiError, type EventsClient, isEventsApiError } from '@event-management/client';
import { ticketCode, ticketDigest } from '@event-management/client/tickets';
import { isOutage } from '../../shared/offline/outage.ts';
import { SessionEnded } from '../../shared/session.ts';
import { type Keeper, markKept, unmarkKept } from './kept.ts';
import type { Guest, GuestList, Scan, Store } from './store.ts';

/** What the page shows of the door. */
export interface DoorState {
  readonly list: GuestList | undefined;
  /** The scans that checked somebody in on this device, or let them in; the newest first. */
  readonly scans: readonly Scan[];
  /** `refused`: the API does not let this user check people in; `error` says why. */
  readonly connection: 'connecting' | 'online' | 'offline' | 'signed-out' | 'refused';
  readonly error?: EventsApiError | undefined;
  readonly isDurable: boolean;
}

interface DoorOptions {
  readonly api: EventsClient;
  readonly eventId: string;
  readonly keeper: Keeper;
  readonly isSignedIn: boolean;
  readonly store: Store;
}

export type Door = Awaited<ReturnType<typeof createDoor>>;

/** How long somebody at the door waits for the API; then the device decides. */
const patience = { deadlineMs: 2_000, maxRetries: 0 };
const maxBatch = 100;
const maxPage = 1_000;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the API does not know yet what became of a scan. */
const isQueued = ({ admitted, sentAt }: Scan) => admitted && sentAt === undefined;
const isUndoQueued = ({ undoneAt, undoSentAt }: Scan) => undoneAt !== undefined && undoSentAt === undefined;

/** How many scans, or undone ones, the API does not have yet. */
export const unsentOf = (scans: readonly Scan[]) => scans.filter((scan) => isQueued(scan) || isUndoQueued(scan)).length;

/** Since when a person is inside; undefined if not. What this device did after the list was loaded counts more than the list. */
export function insideSince({ number, checkedInAt }: Guest, { list, scans }: DoorState): string | undefined {
  const newer = scans.filter(
    (scan) => scan.number === number && (isQueued(scan) || (scan.sentAt ?? '') > (list?.loadedAt ?? '')),
  );
  const since = newer
    .filter(({ undoneAt }) => undoneAt === undefined)
    .map((scan) => scan.checkedInAt ?? scan.scannedAt);
  if (since.length > 0) return [checkedInAt ?? '9', ...since].sort()[0];
  const isUndone = scans.some(
    (scan) => scan.number === number && scan.outcome === 'checked-in' && (scan.undoneAt ?? '') > (list?.loadedAt ?? ''),
  );
  return isUndone ? undefined : checkedInAt;
}

/** How many people are inside. */
export function insideCount(state: DoorState): number {
  const scanned = new Set(state.scans.map(({ number }) => number));
  const guests = state.list?.guests ?? [];
  return guests.filter((guest) => (scanned.has(guest.number) ? insideSince(guest, state) : guest.checkedInAt)).length;
}

/** Opens the door of an event with what this device keeps of it. */
export async function createDoor({ api, eventId, keeper, isSignedIn, store }: DoorOptions) {
  const keptList = await store.list(eventId);
  const keptScans = (await store.scans(eventId)).filter(({ keeperId }) => keeperId === keeper.id);
  let state: DoorState = {
    list: keptList?.keeper.id === keeper.id ? keptList : undefined,
    scans: keptScans.sort((one, other) => other.scannedAt.localeCompare(one.scannedAt)),
    connection: isSignedIn ? 'connecting' : 'signed-out',
    isDurable: store.isDurable,
  };
  let syncing: Promise<void> | undefined;
  let isForgotten = false;
  const listeners = new Set<() => void>();

  function update(changed: Partial<DoorState>): void {
    if (isForgotten) return;
    state = { ...state, ...changed, isDurable: store.isDurable && (changed.isDurable ?? state.isDurable) };
    const { list, scans, isDurable } = state;
    if (list && isDurable) markKept(eventId, keeper, list.event.endsAt, unsentOf(scans));
    listeners.forEach((listener) => listener());
  }

  /** Saves scans, and then shows them. */
  async function save(changed: readonly Scan[]): Promise<void> {
    try {
      await store.saveScans(changed);
    } catch {
      // No room, or another tab has signed out. The API still gets them from this page.
      update({ isDurable: false });
    }
    const ids = new Set(changed.map(({ scanId }) => scanId));
    const others = state.scans.filter(({ scanId }) => !ids.has(scanId));
    update({ scans: [...changed, ...others].sort((one, other) => other.scannedAt.localeCompare(one.scannedAt)) });
  }

  function fail(error: EventsApiError): void {
    const isEnded =
      error.code === 'unauthenticated' && (error.cause === undefined || error.cause instanceof SessionEnded);
    const connection = isEnded ? 'signed-out' : isOutage(error) ? 'offline' : 'refused';
    update({ connection, error: connection === 'refused' ? error : undefined });
  }

  async function guestOf(ticket: Ticket): Promise<Guest | undefined> {
    const guests = state.list?.guests ?? [];
    if ('number' in ticket) return guests.find(({ number }) => number === ticket.number);
    const digest = await ticketDigest(ticket.code);
    return guests.find(({ codeDigest }) => codeDigest === digest);
  }

  /** Lets a person in; the API learns of it as soon as it can be reached. */
  async function admit(scan: Scan): Promise<Scan> {
    const admitted = { ...scan, admitted: true };
    await save([admitted]);
    void sync();
    return admitted;
  }

  /** Decides without the API. Somebody with a valid ticket is let in at once. */
  async function decide(scan: Scan, guest: Guest | undefined): Promise<Scan> {
    if (!guest) return { ...scan, outcome: 'unknown-ticket' };
    // The number names the registration, so the secret need not be kept.
    const known: Scan = { ...scan, code: undefined, number: guest.number, name: guest.name };
    if (guest.status !== 'confirmed') return { ...known, outcome: guest.status };
    const checkedInAt = insideSince(guest, state);
    if (checkedInAt !== undefined) return { ...known, outcome: 'already-checked-in', checkedInAt };
    return admit({ ...known, outcome: 'checked-in', checkedInAt: scan.scannedAt });
  }

  /** Asks the API, unless it could not be reached at the last attempt: the door cannot wait for long. */
  async function check(ticket: Ticket): Promise<Scan> {
    // The camera may be faster than the first list.
    if (state.connection === 'connecting') await Promise.race([sync(), sleep(patience.deadlineMs)]);
    const guest = await guestOf(ticket);
    const named = { scanId: crypto.randomUUID(), scannedAt: new Date().toISOString(), ...ticket };
    const scan: Scan = { ...named, eventId, keeperId: keeper.id, admitted: false, outcome: 'not-processed' };
    if (state.connection !== 'online' || !navigator.onLine) return decide(scan, guest);
    const { data, error } = await api.createCheckIns(eventId, { scans: [named] }, patience).result();
    if (error) fail(error);
    const outcome = data?.outcomes[0];
    if (!outcome || outcome.outcome === 'not-processed') return decide(scan, guest);
    const processed: Scan = { ...scan, ...outcome, code: undefined, sentAt: new Date().toISOString() };
    if (outcome.outcome === 'checked-in') await save([processed]);
    // For `admit`, which needs the code of a ticket that the API does not know.
    return outcome.outcome === 'checked-in' ? processed : { ...processed, code: scan.code, sentAt: undefined };
  }

  /** Sends the queue in batches. After a lost response they are sent again, with the same ids. */
  async function upload(): Promise<void> {
    for (;;) {
      const batch = state.scans.filter(isQueued).slice(-maxBatch).reverse();
      if (batch.length === 0) break;
      const { outcomes } = await api.createCheckIns(eventId, {
        scans: batch.map(({ scanId, scannedAt, admitted, number, code }) =>
          number === undefined
            ? { scanId, scannedAt, admitted, code: code as string }
            : { scanId, scannedAt, admitted, number },
        ),
      });
      const sentAt = new Date().toISOString();
      const processed = batch.flatMap((scan) => {
        const outcome = outcomes.find(({ scanId }) => scanId === scan.scanId);
        return !outcome || outcome.outcome === 'not-processed'
          ? []
          : [{ ...scan, ...outcome, code: undefined, sentAt }];
      });
      if (processed.length === 0) break;
      await save(processed);
    }
    for (const scan of state.scans.filter((one) => isUndoQueued(one) && !isQueued(one))) {
      if (scan.number !== undefined) {
        const { error } = await api.deleteCheckIn({ eventId, number: scan.number, scanId: scan.scanId }).result();
        if (error && error.code !== 'check-in-not-found') throw error;
      }
      await save([{ ...scan, undoSentAt: new Date().toISOString() }]);
    }
  }

  /** Replaces the list when all pages are loaded. */
  async function load(): Promise<void> {
    const loadedAt = new Date().toISOString();
    const { name, timeZone, endsAt } = await api.getEvent(eventId);
    const guests: Guest[] = [];
    for await (const one of api.listRegistrations(eventId, { limit: maxPage })) {
      const { number, status, codeDigest, checkedInAt } = one;
      guests.push({ number, name: one.name, status, codeDigest, checkedInAt });
    }
    const list: GuestList = { eventId, keeper, event: { name, timeZone, endsAt }, guests, loadedAt };
    if (isForgotten) return;
    await store.saveList(list).catch(() => update({ isDurable: false }));
    update({ list });
  }

  async function sendAndLoad(): Promise<void> {
    if (!isSignedIn) return update({ connection: navigator.onLine ? 'signed-out' : 'offline' });
    try {
      await upload();
      await load();
      // The last response may arrive after the network is gone.
      update({ connection: navigator.onLine ? 'online' : 'offline', error: undefined });
    } catch (error) {
      if (!isEventsApiError(error)) throw error;
      fail(error);
    }
  }

  /** Sends what is queued, then loads the list. What fails is tried again next time. */
  function sync(): Promise<void> {
    syncing ??= sendAndLoad().finally(() => (syncing = undefined));
    return syncing;
  }

  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Reads a ticket; undefined if the text is not that of one. */
    async scan(text: string): Promise<Scan | undefined> {
      const code = ticketCode(text);
      return code === undefined ? undefined : check({ code });
    },
    /** Checks in a person without a ticket. */
    checkIn: (number: number) => check({ number }),
    admit,
    /** Undoes a scan of this device, at once or when the API can be reached. */
    async undo(scan: Scan): Promise<void> {
      await save([{ ...scan, undoneAt: new Date().toISOString() }]);
      await sync();
    },
    sync,
    /** The browser knows that there is no network. */
    disconnect: () => update({ connection: 'offline' }),
    /** Removes everything about the event from this device. */
    async forget(): Promise<void> {
      isForgotten = true;
      await store.remove(eventId);
      unmarkKept(eventId);
    },
  };
}

/** What names a registration. */
type Ticket = { readonly code: string } | { readonly number: number };
