import type { Handlers } from '../../contract/binding.ts';
import type { Database } from '../../storage/database.ts';
import type { Instant } from '../shared/instants.ts';
import type { Seats } from '../shared/seats/model.ts';
import { createSeatsRepository } from '../shared/seats/repository.ts';
import { createCheckInRepository } from './check-ins/repository.ts';
import type { Dependencies, Stores } from './dependencies.ts';
import { eraseAll } from './erase.ts';
import { statusOfUser } from './find.ts';
import { createRegistrationLookup } from './lookup.ts';
import type { RegistrationLookup } from './model.ts';
import { cancelMyRegistration } from './operations/cancel-my-registration.ts';
import { cancelRegistration } from './operations/cancel-registration.ts';
import { createCheckIns } from './operations/create-check-ins.ts';
import { deleteCheckIn } from './operations/delete-check-in.ts';
import { createRegistration } from './operations/create-registration.ts';
import { deleteMyRegistration } from './operations/delete-my-registration.ts';
import { deleteRegistration } from './operations/delete-registration.ts';
import { getMyRegistration } from './operations/get-my-registration.ts';
import { getRegistration } from './operations/get-registration.ts';
import { listMyRegistrations } from './operations/list-my-registrations.ts';
import { listRegistrations } from './operations/list-registrations.ts';
import { registerForEvent } from './operations/register-for-event.ts';
import { updateRegistration } from './operations/update-registration.ts';
import { reclaim, reclaimSome } from './reclaim.ts';
import { createRegistrationRepository } from './repository.ts';

type RegistrationHandlers = Pick<
  Handlers,
  | 'getMyRegistration'
  | 'registerForEvent'
  | 'deleteMyRegistration'
  | 'cancelMyRegistration'
  | 'listRegistrations'
  | 'createRegistration'
  | 'getRegistration'
  | 'updateRegistration'
  | 'deleteRegistration'
  | 'cancelRegistration'
  | 'listMyRegistrations'
  | 'createCheckIns'
  | 'deleteCheckIn'
>;

export interface RegistrationStoreOptions {
  readonly database: Database;
  /** The name of the registrations table. */
  readonly tableName: string;
  /** Milliseconds of a monotonic clock; that of the process by default. */
  readonly elapsed?: () => number;
}

function createStores({ database, tableName, elapsed = () => performance.now() }: RegistrationStoreOptions): Stores {
  return {
    elapsed,
    registrations: createRegistrationRepository(database, tableName),
    checkIns: createCheckInRepository(database, tableName),
    seats: createSeatsRepository(database, tableName),
  };
}

/** What operations on events do with registrations. All but `reclaimSome` reject with `DatabaseUnavailable` if the database fails. */
export function createRegistrationUpkeep(options: RegistrationStoreOptions) {
  const stores = createStores(options);
  return {
    /** Gives unused seats to the next numbers, so that the counters are exact. */
    async reclaim(eventId: string, at: Instant, signal: AbortSignal): Promise<void> {
      await reclaim(eventId, stores, { at, signal });
    },
    /** The same for some seats, after a write: it never fails. Resolves with the counters afterwards. */
    reclaimSome: (eventId: string, seats: Seats, at: Instant, signal: AbortSignal) =>
      reclaimSome(eventId, seats, stores, { at, signal }),
    /** Whether a user has a confirmed registration for an event. */
    isConfirmed: async (eventId: string, userId: string, seats: Seats | undefined, signal: AbortSignal) =>
      (await statusOfUser({ eventId, userId, seats }, stores, signal)) === 'confirmed',
    /** How many registrations for an event are checked in. */
    countCheckIns: (eventId: string, signal: AbortSignal) => stores.checkIns.count(eventId, signal),
    /** Erases the registrations for an event that has been deleted. */
    eraseAll: (eventId: string, at: Instant, signal: AbortSignal) => eraseAll(eventId, stores, { at, signal }),
  };
}

/** What operations on calendars need to know of registrations. */
export function createRegistrations(options: RegistrationStoreOptions): RegistrationLookup {
  return createRegistrationLookup(createStores(options));
}

export interface RegistrationOptions extends RegistrationStoreOptions {
  readonly events: Dependencies['events'];
  readonly now: () => Date;
}

/** The handlers of all operations on registrations. They open no connection before their first call. */
export function createRegistrationHandlers({ events, now, ...options }: RegistrationOptions): RegistrationHandlers {
  const dependencies: Dependencies = { ...createStores(options), events, now };
  return {
    getMyRegistration: (call) => getMyRegistration(call, dependencies),
    registerForEvent: (call) => registerForEvent(call, dependencies),
    deleteMyRegistration: (call) => deleteMyRegistration(call, dependencies),
    cancelMyRegistration: (call) => cancelMyRegistration(call, dependencies),
    listRegistrations: (call) => listRegistrations(call, dependencies),
    createRegistration: (call) => createRegistration(call, dependencies),
    updateRegistration: (call) => updateRegistration(call, dependencies),
    getRegistration: (call) => getRegistration(call, dependencies),
    deleteRegistration: (call) => deleteRegistration(call, dependencies),
    cancelRegistration: (call) => cancelRegistration(call, dependencies),
    listMyRegistrations: (call) => listMyRegistrations(call, dependencies),
    createCheckIns: (call) => createCheckIns(call, dependencies),
    deleteCheckIn: (call) => deleteCheckIn(call, dependencies),
  };
}
