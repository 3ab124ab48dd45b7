/** The filters of the list, and their conversion to the address and to the query of the API. */
import type { Event as ApiEvent, EventStatus, ListEventsInput } from '@event-management/client';
import { texts } from '../../shared/texts.ts';
import { firstInstantAfter, firstInstantOf, isDay, localTimeOf } from '../../shared/time.ts';

export interface Filters {
  readonly whose: 'mine' | 'everyone';
  /** Empty means all. Only the visitor's own events can be filtered by status. */
  readonly statuses: readonly EventStatus[];
  readonly when: 'upcoming' | 'past' | 'between';
  /** Dates such as `2030-06-21`, or empty; both inclusive, in the time zone of each event, as the rows show it. */
  readonly from: string;
  readonly to: string;
  /** What to search for. */
  readonly q: string;
  readonly tag: string;
  /** As rows, or on the page of a month. */
  readonly view: 'list' | 'month';
  /** Such as `2030-06`; empty for the current month. */
  readonly month: string;
}

export const defaultFilters: Filters = {
  whose: 'mine',
  statuses: [],
  when: 'upcoming',
  from: '',
  to: '',
  q: '',
  tag: '',
  view: 'list',
  month: '',
};

export const statuses = Object.keys(texts.status) as EventStatus[];

const oneOf = <T extends string>(value: string | null, allowed: readonly T[], fallback: T): T =>
  allowed.find((one) => one === value) ?? fallback;
const parseDay = (value: string | null) => (value !== null && /^\d{4}-/.test(value) && isDay(value) ? value : '');

/** Reads filters from an address; unknown and invalid ones are ignored. */
export function filtersOf(query: URLSearchParams): Filters {
  return {
    whose: oneOf(query.get('whose'), ['mine', 'everyone'], defaultFilters.whose),
    statuses: statuses.filter((status) => query.getAll('status').includes(status)),
    when: oneOf(query.get('when'), ['upcoming', 'past', 'between'], defaultFilters.when),
    from: parseDay(query.get('from')),
    to: parseDay(query.get('to')),
    q: query.get('q') ?? '',
    tag: query.get('tag') ?? '',
    view: oneOf(query.get('view'), ['list', 'month'], defaultFilters.view),
    month: parseDay(`${query.get('month') ?? ''}-01`).slice(0, 7),
  };
}

/** The filters as a query for an address: only those that differ from the default. */
export function filtersToQuery(filters: Filters): URLSearchParams {
  const { whose, statuses: chosen, when, from, to, q, tag, view, month } = filters;
  const query = new URLSearchParams();
  if (whose !== defaultFilters.whose) query.set('whose', whose);
  for (const status of chosen) query.append('status', status);
  if (when !== defaultFilters.when) query.set('when', when);
  if (when === 'between' && from !== '') query.set('from', from);
  if (when === 'between' && to !== '') query.set('to', to);
  if (q !== '') query.set('q', q);
  if (tag !== '') query.set('tag', tag);
  if (view !== defaultFilters.view) query.set('view', view);
  if (view === 'month' && month !== '') query.set('month', month);
  return query;
}

/** The filters without those that leave events out. */
export const cleared = ({ whose, view, month }: Filters): Filters => ({ ...defaultFilters, whose, view, month });

/** Whether some events are left out that the default would show. The page of a month has its own time. */
export function isFiltered({ statuses: chosen, when, q, tag, view }: Filters): boolean {
  return chosen.length > 0 || q !== '' || tag !== '' || (view === 'list' && when !== defaultFilters.when);
}

/** Whether the last day is before the first one. */
export const isReversed = ({ when, from, to }: Filters) => when === 'between' && from !== '' && to !== '' && to < from;

/** The first instant of the next day (UTC): the same until then, so that a list of the past keeps its pages. */
const endOfDay = (now: Date) => `${new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;

/** The query for the API. "Upcoming" is its default without bounds; past events are listed latest first. */
export function toListQuery(filters: Filters, now: Date): ListEventsInput {
  const { when, from, to } = filters;
  const common = commonInput(filters);
  if (when === 'upcoming') return common;
  if (when === 'past') return { ...common, startsBefore: endOfDay(now), order: 'desc' };
  return {
    ...common,
    ...(from === '' ? {} : { startsFrom: firstInstantOf(from) }),
    ...(to === '' ? {} : { startsBefore: firstInstantAfter(to) }),
  };
}

/** What limits every view of the list: everything except the time. */
export function commonInput({ whose, statuses: chosen, q, tag }: Filters): ListEventsInput {
  return {
    ...(whose === 'mine' ? { organizerId: 'me' } : {}),
    ...(whose === 'mine' && chosen.length > 0 ? { status: [...chosen] } : {}),
    // The API searches for two characters or more.
    ...(q.trim().length < 2 ? {} : { q: q.trim() }),
    ...(tag.trim() === '' ? {} : { tag: tag.trim() }),
  };
}

/** Whether an event that the API returned belongs into the list: it does not know the day at the place of an event. */
export function isListed({ when, from, to }: Filters, event: ApiEvent): boolean {
  if (when === 'upcoming') return event.phase !== 'ended';
  if (when === 'past') return event.phase === 'ended';
  const day = localTimeOf(event.startsAt, event.timeZone).slice(0, 10);
  return (from === '' || day >= from) && (to === '' || day <= to);
}
