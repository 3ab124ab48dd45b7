/** The filters of the guest list, and their conversion to the address and to the query of the API. */
import type { ListRegistrationsInput, RegistrationStatus } from '@event-management/client';
import { plainText } from '../../shared/plain-text.ts';
import { texts } from '../../shared/texts.ts';

export interface GuestFilters {
  /** Empty means all. */
  readonly statuses: readonly RegistrationStatus[];
  readonly checkedIn: 'all' | 'yes' | 'no';
  /** A part of the name or of the address, or the number. */
  readonly q: string;
}

export const noGuestFilters: GuestFilters = { statuses: [], checkedIn: 'all', q: '' };

export const registrationStatuses = Object.keys(texts.registrationStatus) as RegistrationStatus[];

/** The page size for a search, which needs all registrations: the largest that the API has. */
const searchLimit = 1_000;

/** Reads filters from an address; unknown and invalid ones are ignored. */
export function guestFiltersOf(query: URLSearchParams): GuestFilters {
  const checkedIn = (['yes', 'no'] as const).find((one) => one === query.get('checked-in'));
  return {
    statuses: registrationStatuses.filter((status) => query.getAll('status').includes(status)),
    checkedIn: checkedIn ?? 'all',
    q: query.get('q') ?? '',
  };
}

/** The filters as a query for an address: only those that are set. */
export function guestFiltersToQuery({ statuses, checkedIn, q }: GuestFilters): URLSearchParams {
  const query = new URLSearchParams();
  for (const status of statuses) query.append('status', status);
  if (checkedIn !== 'all') query.set('checked-in', checkedIn);
  if (q !== '') query.set('q', q);
  return query;
}

/** Whether there is something to search for, for which all registrations must be loaded. */
export const isSearch = ({ q }: GuestFilters) => q.trim() !== '';

/** The query for the API, which cannot search. */
export function toGuestQuery(filters: GuestFilters): ListRegistrationsInput {
  const { statuses, checkedIn } = filters;
  return {
    ...(statuses.length === 0 ? {} : { status: [...statuses] }),
    ...(checkedIn === 'all' ? {} : { checkedIn: checkedIn === 'yes' }),
    ...(isSearch(filters) ? { limit: searchLimit } : {}),
  };
}

/** Whether a search finds a registration: by its number, or by all words in its name and address. */
export function isFound(
  {
    number,
    name = '',
    email = '',
  }: { readonly number: number; readonly name?: string | undefined; readonly email?: string },
  q: string,
): boolean {
  const text = plainText(`${name} ${email}`);
  return (
    `${number}` === q.trim() ||
    plainText(q)
      .trim()
      .split(/\s+/)
      .every((word) => text.includes(word))
  );
}
