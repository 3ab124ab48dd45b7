import type { Event } from '../../contract/generated/types.ts';
import type { EventRecord } from '../events/model.ts';
import type { Instant } from '../shared/instants.ts';
import type { Seats } from '../shared/seats/model.ts';
import type { SeatsRepository } from '../shared/seats/repository.ts';
import type { RegistrationRepository } from './repository.ts';

/** An event with its counters, which a draft may not have. */
export interface FoundEvent {
  readonly event: EventRecord;
  readonly seats: Seats | undefined;
}

/** What registrations need to know of events; the composition root passes it. */
export interface Events {
  /** The event, if the caller may see it. */
  find(
    eventId: string,
    caller: string,
    signal: AbortSignal,
  ): Promise<FoundEvent | { readonly problem: 'event-not-found' }>;
  /** The event, if it is the caller's. */
  findOwn(
    eventId: string,
    caller: string,
    signal: AbortSignal,
  ): Promise<FoundEvent | { readonly problem: 'event-not-found' | 'not-event-organizer' }>;
  /** The events as the caller sees them, in order; undefined where the caller does not. */
  describe(
    eventIds: readonly string[],
    caller: string,
    at: Instant,
    signal: AbortSignal,
  ): Promise<(Event | undefined)[]>;
}

/** What reclaiming, cancelling and erasing work with. */
export interface Stores {
  readonly registrations: RegistrationRepository;
  readonly seats: SeatsRepository;
}

/** What the operations on registrations work with. */
export interface Dependencies extends Stores {
  readonly events: Events;
  readonly now: () => Date;
}
