import type { EventLookup } from '../events/model.ts';
import type { RegistrationLookup } from '../registrations/model.ts';
import type { FeedRepository } from './repository.ts';

/** What the operations on calendars work with. */
export interface Dependencies {
  readonly feeds: FeedRepository;
  /** The composition root passes these. */
  readonly events: EventLookup;
  readonly registrations: RegistrationLookup;
  readonly now: () => Date;
}
