/** The filters of the list, and their conversion to the address and to the query of the API. */
import type { EventStatus, ListEventsInput } from '@event-management/client';
import { startOfDay } from '../time.ts';

export interface Filters {
  readonly whose: 'mine' | 'everyone';
  /** Empty means all. Only the visitor's own events can be filtered by status. */
  readonly statuses: readonly EventStatus[];
  readonly when: 'upcoming' | 'past' | 'between';
  /** Dates such as `2030-06-21`, or empty; both inclusive, in the time zone of the visitor. */
  readonly from: string;
  readonly to: string;
  readonly tag: string;
}

export const defaultFilters: Filters = { whose: 'mine', statuses: [], when: 'upcoming', from: '', to: '', tag: '' };

/** The label of each status. */
export const statusLabels: Readonly<Record<EventStatus, string>> = {
  draft: 'Draft',
  published: 'Published',
  cancelled: 'Cancelled',
};
export const statuses = Object.keys(statusLabels) as EventStatus[];

const oneOf = <T extends string>(value: string | null, allowed: readonly T[], fallback: T): T =>
  allowed.find((one) => one === value) ?? fallback;
const parseDay = (value: string | null) =>
  value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';

/** Reads filters from an address; unknown and invalid ones are ignored. */
export function filtersOf(query: URLSearchParams): Filters {
  return {
    whose: oneOf(query.get('whose'), ['mine', 'everyone'], defaultFilters.whose),
    statuses: statuses.filter((status) => query.getAll('status').includes(status)),
    when: oneOf(query.get('when'), ['upcoming', 'past', 'between'], defaultFilters.when),
    from: parseDay(query.get('from')),
    to: parseDay(query.get('to')),
    tag: query.get('tag') ?? '',
  };
}

/** The filters as a query for an address: only those that differ from the default. */
export function filtersToQuery({ whose, statuses: chosen, when, from, to, tag }: Filters): URLSearchParams {
  const query = new URLSearchParams();
  if (whose !== defaultFilters.whose) query.set('whose', whose);
  for (const status of chosen) query.append('status', status);
  if (when !== defaultFilters.when) query.set('when', when);
  if (when === 'between' && from !== '') query.set('from', from);
  if (when === 'between' && to !== '') query.set('to', to);
  if (tag !== '') query.set('tag', tag);
  return query;
}

/** The query for the API. "Upcoming" is its default without bounds; past events are listed latest first. */
export function toListInput({ whose, statuses: chosen, when, from, to, tag }: Filters, now: Date): ListEventsInput {
  return {
    ...(whose === 'mine' ? { organizerId: 'me' } : {}),
    ...(whose === 'mine' && chosen.length > 0 ? { status: [...chosen] } : {}),
    ...(when === 'past' ? { startsBefore: now.toISOString(), order: 'desc' as const } : {}),
    ...(when === 'between' && from !== '' ? { startsFrom: startOfDay(from) } : {}),
    ...(when === 'between' && to !== '' ? { startsBefore: startOfDay(to, 1) } : {}),
    ...(tag === '' ? {} : { tag }),
  };
}
