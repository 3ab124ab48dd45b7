import type { Handlers } from '../../contract/binding.ts';
import type { Database } from '../../storage/database.ts';
import type { Dependencies } from './dependencies.ts';
import type { TableNames } from '../../storage/tables.ts';
import { createSeatsRepository } from '../shared/seats/repository.ts';
import { createEventLists } from './list.ts';
import { createEventLookup } from './lookup.ts';
import type { EventLookup } from './model.ts';
import { cancelEvent } from './operations/cancel-event.ts';
import { createEvent } from './operations/create-event.ts';
import { deleteEvent } from './operations/delete-event.ts';
import { duplicateEvent } from './operations/duplicate-event.ts';
import { getEvent } from './operations/get-event.ts';
import { listEvents } from './operations/list-events.ts';
import { publishEvent } from './operations/publish-event.ts';
import { unpublishEvent } from './operations/unpublish-event.ts';
import { updateEvent } from './operations/update-event.ts';
import { createEventRepository } from './repository.ts';

type EventHandlers = Pick<
  Handlers,
  | 'listEvents'
  | 'createEvent'
  | 'getEvent'
  | 'updateEvent'
  | 'deleteEvent'
  | 'publishEvent'
  | 'unpublishEvent'
  | 'cancelEvent'
  | 'duplicateEvent'
>;

export interface EventOptions {
  readonly database: Database;
  readonly tableNames: Pick<TableNames, 'events' | 'registrations'>;
  readonly now: () => Date;
}

function createStores({ database, tableNames }: EventOptions) {
  return {
    events: createEventRepository(database, tableNames.events),
    lists: createEventLists(database, tableNames.events),
    seats: createSeatsRepository(database, tableNames.registrations),
  };
}

/** What operations on registrations need to know of events. */
export function createEvents(options: EventOptions): EventLookup {
  return createEventLookup({ ...createStores(options), now: options.now });
}

/** The handlers of all operations on events. They open no connection before their first call. */
export function createEventHandlers(options: EventOptions & Pick<Dependencies, 'registrations'>): EventHandlers {
  const { registrations, now } = options;
  const dependencies: Dependencies = { ...createStores(options), registrations, now };
  return {
    listEvents: (call) => listEvents(call, dependencies),
    createEvent: (call) => createEvent(call, dependencies),
    getEvent: (call) => getEvent(call, dependencies),
    updateEvent: (call) => updateEvent(call, dependencies),
    deleteEvent: (call) => deleteEvent(call, dependencies),
    publishEvent: (call) => publishEvent(call, dependencies),
    unpublishEvent: (call) => unpublishEvent(call, dependencies),
    cancelEvent: (call) => cancelEvent(call, dependencies),
    duplicateEvent: (call) => duplicateEvent(call, dependencies),
  };
}
