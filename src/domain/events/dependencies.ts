import type { Instant } from '../shared/instants.ts';
import type { Seats } from '../shared/seats/model.ts';
import type { SeatsRepository } from '../shared/seats/repository.ts';
import type { EventLists } from './list.ts';
import type { EventRepository } from './repository.ts';

/** What events need of registrations; the composition root passes it. */
export interface Registrations {
  /** Gives unused seats to the next numbers, so that the counters are exact. */
  reclaim(eventId: string, at: Instant, signal: AbortSignal): Promise<void>;
  /** The same for some seats, after a write: it never fails. Resolves with the counters afterwards. */
  reclaimSome(eventId: string, seats: Seats, at: Instant, signal: AbortSignal): Promise<Seats>;
  /** Whether a user has a confirmed registration for an event. */
  isConfirmed(eventId: string, userId: string, seats: Seats | undefined, signal: AbortSignal): Promise<boolean>;
  /** How many registrations for an event are checked in. */
  countCheckIns(eventId: string, signal: AbortSignal): Promise<number>;
  /** Erases the registrations for an event that has been deleted. */
  eraseAll(eventId: string, at: Instant, signal: AbortSignal): Promise<void>;
}

/** What the operations on events work with. */
export interface Dependencies {
  readonly events: EventRepository;
  readonly seats: SeatsRepository;
  readonly lists: EventLists;
  readonly registrations: Registrations;
  readonly now: () => Date;
}
