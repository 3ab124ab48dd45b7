/**
 * Which guest lists this device keeps for the door, and whose they are: what the page must know before it loads anything of the check-in.
 * There is a user's id and name, but no token and no guest; those are in the database of `store.ts`.
 */

/** The user for whom a list is kept. */
export interface Keeper {
  readonly id: string;
  readonly name: string;
}

interface Kept {
  readonly keeper: Keeper;
  /** When the list is removed (RFC 3339). */
  readonly until: string;
  /** How many scans the API does not have yet. */
  readonly unsent: number;
}

const prefix = 'check-in:';
const keptAfterEndMs = 24 * 3_600_000;

/** The name of the database with the lists and scans. */
export const databaseName = 'check-in';

function keptOf(eventId: string): Kept | undefined {
  try {
    return (JSON.parse(localStorage.getItem(prefix + eventId) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}

const keptEvents = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));

/** Notes that a list is on this device; a device without room for the note needs a sign-in after a reload. */
export function markKept(eventId: string, keeper: Keeper, endsAt: string, unsent: number): void {
  const until = new Date(new Date(endsAt).getTime() + keptAfterEndMs).toISOString();
  try {
    localStorage.setItem(prefix + eventId, JSON.stringify({ keeper, until, unsent } satisfies Kept));
  } catch {
    // The storage is full, or not allowed.
  }
}

/** Removes the note about a list. */
export const unmarkKept = (eventId: string) => localStorage.removeItem(prefix + eventId);

/** The user for whom the list of an event is kept; undefined if there is none on this device. */
export const keeperOf = (eventId: string): Keeper | undefined => keptOf(eventId)?.keeper;

/** How many scans on this device the API does not have yet. */
export const unsentScans = () => keptEvents().reduce((sum, eventId) => sum + (keptOf(eventId)?.unsent ?? 0), 0);

/** Removes all lists and scans from this device. */
export async function forgetCheckIns(): Promise<void> {
  keptEvents().forEach(unmarkKept);
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

/** Removes the lists of events that ended a day ago, unless a scan was not sent yet. */
export async function removeExpired(now = new Date()): Promise<void> {
  const expired = keptEvents().filter((eventId) => {
    const { until, unsent } = keptOf(eventId) ?? { until: '', unsent: 0 };
    return until < now.toISOString() && unsent === 0;
  });
  if (expired.length === 0) return;
  const { openStore } = await import('./store.ts');
  const store = await openStore();
  for (const eventId of expired) {
    await store.remove(eventId);
    unmarkKept(eventId);
  }
}
