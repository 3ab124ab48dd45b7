import type { EventLists } from './list.ts';
import type { EventStore } from './store.ts';

/** What the handlers of events work with. */
export interface Services {
  readonly events: EventStore;
  readonly lists: EventLists;
  readonly now: () => Date;
}
