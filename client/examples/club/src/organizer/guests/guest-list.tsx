import type { Event as ApiEvent } from '@event-management/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useKeptPosition } from '../../shared/kept-position.ts';
import { ListEnd } from '../../shared/parts/list-end.tsx';
import { useServices } from '../../shared/services.ts';
import { addressOf, currentRoute, go } from '../router.ts';
import { texts } from '../texts.ts';
import { type GuestFilters, isFound, isSearch, noGuestFilters, toGuestQuery } from './filters.ts';
import { GuestFilterBar } from './guest-filter-bar.tsx';
import { GuestRow } from './guest-row.tsx';

interface GuestListProps {
  readonly event: ApiEvent;
  readonly filters: GuestFilters;
}

/** Changes the current filters, which may be newer than the rendered ones. */
function change(changed: (now: GuestFilters) => Partial<GuestFilters>): void {
  const current = currentRoute();
  // The organizer may have left the list while a search was being typed.
  if (current.name !== 'guests') return;
  go({ ...current, filters: { ...current.filters, ...changed(current.filters) } }, { replace: true });
}

/** The registrations for an event by number, with filters. A search loads all of them, because the API has none. */
export function GuestList({ event, filters }: GuestListProps) {
  const { queries } = useServices();
  const list = useInfiniteQuery({
    ...queries.listRegistrations.infinite(event.eventId, toGuestQuery(filters)),
    placeholderData: keepPreviousData,
  });
  useKeptPosition(addressOf({ name: 'guests', eventId: event.eventId, filters }));
  const loaded = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const searches = isSearch(filters);
  const shown = searches ? loaded.filter((guest) => isFound(guest, filters.q)) : loaded;
  const isFiltered = JSON.stringify(filters) !== JSON.stringify(noGuestFilters);
  const isDone = !list.isPending && !list.hasNextPage;
  const summary = searches
    ? isDone
      ? texts.found(shown.length, loaded.length)
      : texts.searching(loaded.length)
    : texts.guestCount(loaded.length);

  return (
    <>
      <GuestFilterBar
        filters={filters}
        clear={isFiltered ? addressOf({ name: 'guests', eventId: event.eventId, filters: noGuestFilters }) : undefined}
        change={change}
      />
      {searches && loaded.length > 0 && (list.isFetching || !list.error) && (
        <p className="hint guest-summary">{summary}</p>
      )}
      <ul className="rows">
        {shown.map((guest) => (
          <GuestRow key={guest.number} guest={guest} event={event} />
        ))}
      </ul>
      <ListEnd
        list={list}
        all={searches}
        count={shown.length}
        what={texts.theGuests}
        countText={summary}
        empty={isFiltered ? texts.noGuestFound : texts.noGuests}
      />
    </>
  );
}
