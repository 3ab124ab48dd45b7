// Copied by `make generate` from src/domain/events/filters.ts; do not edit.
/** Rules about the filters of a list of events. */
import type { FieldError } from '../schemas.ts';
import { isInRange } from './instants.ts';
import { yearOutOfRange } from './times.ts';

/** The filters that are times. Without any of them, the list has what has not ended. */
export const filterTimes = ['startsFrom', 'startsBefore', 'endsAfter'] as const;

/** Filters with their times as instants. */
type Filters = { readonly [Name in (typeof filterTimes)[number]]?: string | undefined } & {
  readonly status?: unknown;
};

/** The errors of filters that are syntactically valid. @param own whether they ask for the caller's own events */
export function filterErrors(filters: Filters, own: boolean): FieldError[] {
  const years = filterTimes.flatMap((name): FieldError[] => {
    const time = filters[name];
    return time === undefined || isInRange(time) ? [] : [{ parameter: name, ...yearOutOfRange }];
  });
  if (filters.status === undefined || own) return years;
  const detail = 'Filter by status only together with your own organizerId.';
  return [{ parameter: 'status', code: 'status-needs-own-organizer', detail }, ...years];
}
