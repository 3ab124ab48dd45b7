import type { EventLookup } from '../events/model.ts';
import type { SeatsRepository } from '../shared/seats/repository.ts';
import type { CheckInRepository } from './check-ins/repository.ts';
import type { RegistrationRepository } from './repository.ts';

/** What reclaiming, cancelling, erasing and checking in work with. */
export interface Stores {
  readonly registrations: RegistrationRepository;
  readonly checkIns: CheckInRepository;
  readonly seats: SeatsRepository;
  /** Milliseconds of a monotonic clock. */
  readonly elapsed: () => number;
}

/** What the operations on registrations work with. */
export interface Dependencies extends Stores {
  /** The composition root passes it. */
  readonly events: EventLookup;
  readonly now: () => Date;
}
