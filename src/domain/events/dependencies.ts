import type { EventLists } from './list.ts';
import type { EventRepository } from './repository.ts';

/** What the operations on events work with. */
export interface Dependencies {
  readonly events: EventRepository;
  readonly lists: EventLists;
  readonly now: () => Date;
}
