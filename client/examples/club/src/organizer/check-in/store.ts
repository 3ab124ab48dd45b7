/** The guest lists and scans on this device (IndexedDB). A scan is on the disk when it is saved, so that not even a power cut loses it. */
import type { CheckInOutcome, Event as ApiEvent, Registration } from '@event-management/client';
import { databaseName, type Keeper } from './kept.ts';

/** What the door needs of a registration: no address and no answers. */
export interface Guest extends Pick<Registration, 'number' | 'status'> {
  readonly name?: string | undefined;
  readonly codeDigest?: string | undefined;
  readonly checkedInAt?: string | undefined;
}

/** The guests of an event, as they were when they were loaded. */
export interface GuestList {
  readonly eventId: string;
  /** For whom it is kept: no one else sees it. */
  readonly keeper: Keeper;
  readonly event: Pick<ApiEvent, 'name' | 'timeZone' | 'endsAt'>;
  readonly guests: readonly Guest[];
  readonly loadedAt: string;
}

/** A ticket that this device has read. */
export interface Scan extends Pick<CheckInOutcome, 'outcome'> {
  readonly scanId: string;
  readonly eventId: string;
  readonly keeperId: string;
  readonly scannedAt: string;
  /** The registration, once it is known. */
  readonly number?: number | undefined;
  readonly name?: string | undefined;
  readonly checkedInAt?: string | undefined;
  /** The secret of the ticket, only as long as nothing else names the registration. */
  readonly code?: string | undefined;
  /** Whether the person was let in before the API was asked. */
  readonly admitted: boolean;
  /** When the API had processed it. */
  readonly sentAt?: string | undefined;
  readonly undoneAt?: string | undefined;
  /** When the API had undone it. */
  readonly undoSentAt?: string | undefined;
}

/** Keeps lists and scans. */
export interface Store {
  /** Whether a reload loses nothing; false where the browser allows no database, such as in some private windows. */
  readonly isDurable: boolean;
  list(eventId: string): Promise<GuestList | undefined>;
  saveList(list: GuestList): Promise<void>;
  scans(eventId: string): Promise<Scan[]>;
  saveScans(scans: readonly Scan[]): Promise<void>;
  /** Removes everything about an event. */
  remove(eventId: string): Promise<void>;
}

const lists = 'lists';
const scans = 'scans';
const byEvent = 'eventId';

const resultOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database failed.'));
  });

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(lists, { keyPath: 'eventId' });
    request.result.createObjectStore(scans, { keyPath: 'scanId' }).createIndex(byEvent, 'eventId');
  };
  return resultOf(request);
}

/** Opens the store; without a database, what it keeps is lost with the page. */
export async function openStore(): Promise<Store> {
  try {
    return storeOn(await openDatabase());
  } catch {
    return createMemory();
  }
}

function storeOn(database: IDBDatabase): Store {
  let isOpen = true;
  // A sign-out removes the database, also from another tab, which must not wait for this one.
  database.onversionchange = () => {
    isOpen = false;
    database.close();
  };

  /** Resolves when what `work` writes is on the disk. */
  async function write(work: (transaction: IDBTransaction) => void): Promise<void> {
    const transaction = database.transaction([lists, scans], 'readwrite', { durability: 'strict' });
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('The database failed.'));
      work(transaction);
    });
  }
  const read = (name: string) => database.transaction(name).objectStore(name);

  return {
    get isDurable() {
      return isOpen;
    },
    list: (eventId) => resultOf(read(lists).get(eventId) as IDBRequest<GuestList | undefined>),
    saveList: (list) => write((transaction) => transaction.objectStore(lists).put(list)),
    scans: (eventId) => resultOf(read(scans).index(byEvent).getAll(eventId) as IDBRequest<Scan[]>),
    saveScans: (changed) => write((transaction) => changed.forEach((scan) => transaction.objectStore(scans).put(scan))),
    remove: (eventId) =>
      write((transaction) => {
        transaction.objectStore(lists).delete(eventId);
        const found = transaction.objectStore(scans).index(byEvent).getAllKeys(eventId);
        found.onsuccess = () => found.result.forEach((key) => transaction.objectStore(scans).delete(key));
      }),
  };
}

function createMemory(): Store {
  const keptLists = new Map<string, GuestList>();
  const keptScans = new Map<string, Scan>();
  return {
    isDurable: false,
    list: (eventId) => Promise.resolve(keptLists.get(eventId)),
    saveList: async (list) => void keptLists.set(list.eventId, list),
    scans: async (eventId) => [...keptScans.values()].filter((scan) => scan.eventId === eventId),
    saveScans: async (changed) => changed.forEach((scan) => keptScans.set(scan.scanId, scan)),
    remove: async (eventId) => {
      keptLists.delete(eventId);
      for (const scan of keptScans.values()) if (scan.eventId === eventId) keptScans.delete(scan.scanId);
    },
  };
}
