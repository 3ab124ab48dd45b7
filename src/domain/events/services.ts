import type { EventLists } from './list.ts';
import type { EventStore } from './repository.ts';

/** What the handlers of events work with. */
export interface Services {
  readonly events: EventStore;
  readonly lists: EventLists;
  readonly now: () => Date;
}
