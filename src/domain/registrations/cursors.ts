import { createCursorCodec } from '../shared/cursor.ts';
import { instantPattern } from '../shared/instants.ts';

/** What a list of an event's registrations is narrowed to, in one spelling: statuses sorted. */
export interface Filters {
  readonly eventId: string;
  readonly status?: readonly string[];
  readonly checkedIn?: boolean;
  readonly order: 'asc' | 'desc';
  /** The names of the columns, if the list is a table. */
  readonly columns?: readonly string[];
}

/** The cursors of an event's registrations, which are sorted by number. */
export const eventRegistrations = createCursorCodec<Filters>(/^[1-9]\d{0,9}$/);

/** The cursors of a user's registrations, which are sorted by `<registeredAt>#<eventId>#<number>`. */
export const myRegistrations = createCursorCodec<object>(
  new RegExp(`^${instantPattern}#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}#[1-9]\\d{0,9}$`),
);
