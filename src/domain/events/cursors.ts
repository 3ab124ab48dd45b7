import { createCursorCodec } from '../shared/cursor.ts';
import { instantPattern } from '../shared/instants.ts';

/** What a list of events is narrowed to, in one spelling: instants in UTC, `me` resolved, statuses sorted, texts folded. */
export interface Filters {
  readonly organizerId?: string;
  readonly status?: readonly string[];
  readonly startsFrom?: string;
  readonly startsBefore?: string;
  readonly endsAfter?: string;
  readonly tag?: string;
  readonly words?: readonly string[];
  readonly order: 'asc' | 'desc';
}

/** The cursors of lists of events, which are sorted by `<startsAt>#<eventId>`. */
export const cursors = createCursorCodec<Filters>(
  new RegExp(`^${instantPattern}#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
);
