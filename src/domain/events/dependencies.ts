import type { EventLists } from './list.ts';
import type { EventStore } from './repository.ts';

/** What the operations of events work with. */
export interface Dependencies {
  readonly events: EventStore;
  readonly lists: EventLists;
  readonly now: () => Date;
}
