import { useMemo } from 'react';
import { Badges } from '../../shared/parts/badge.tsx';
import { registrationText } from '../../shared/parts/event-text.ts';
import { Button } from '../../shared/parts/button.tsx';
import { errorsByField } from '../../shared/parts/field-errors.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { addressOf, currentRoute, go } from '../router.ts';
import { useUser } from '../../shared/services.ts';
import { EventRow } from '../../shared/parts/event-row.tsx';
import { FilterBar } from './filter-bar.tsx';
import { defaultFilters, type Filters, isListed, toListQuery } from './filters.ts';
import { byMonth } from '../../shared/months.ts';
import { type Pages, usePages } from './use-pages.ts';

/** The list in all its states: loading, complete, empty, empty so far, and failed on the first or a later page. */
export function ListView({ filters: wanted }: { readonly filters: Filters }) {
  const user = useUser();
  const filters: Filters = user.isOrganizer ? wanted : { ...wanted, whose: 'everyone' };
  const key = JSON.stringify(filters);
  // "Past" is relative to the same reference time on all pages.
  const now = useMemo(() => new Date(), [key]);
  const query = useMemo(() => toListQuery(filters, now), [key]);
  const { loadMore, reload, ...pages } = usePages(query, (event) => isListed(filters, event));
  function change(changed: (now: Filters) => Partial<Filters>): void {
    const current = currentRoute();
    // The visitor may have left the list while a filter was being typed.
    if (current.name !== 'list') return;
    go({ name: 'list', filters: { ...current.filters, ...changed(current.filters) } }, { replace: true });
  }
  // Retrying with an invalid cursor would fail again.
  const retry = pages.events.length === 0 || pages.error?.code === 'invalid-cursor' ? reload : loadMore;

  return (
    <>
      <div className="title-row">
        <Heading title="Events" />
        {user.isOrganizer && (
          <a className="button primary" href={addressOf({ name: 'new' })}>
            New event
          </a>
        )}
      </div>
      <FilterBar filters={filters} errors={errorsByField(pages.error)} change={change} />
      <p className="hidden" role="status">
        {statusOf(pages)}
      </p>
      <Rows pages={pages} latestFirst={filters.when === 'past'} />
      {pages.loading && <Skeleton rows={pages.events.length === 0 ? 4 : 1} />}
      {pages.error && <Problem error={pages.error} retry={retry} />}
      {!pages.loading && !pages.error && <End pages={pages} filters={filters} loadMore={loadMore} />}
    </>
  );
}

function Rows({ pages: { events }, latestFirst }: { readonly pages: Pages; readonly latestFirst: boolean }) {
  return (
    <>
      {byMonth(events, latestFirst).map(({ month, events: inMonth }) => (
        <section className="month" key={month}>
          <h2>{month}</h2>
          <ul className="rows">
            {inMonth.map((event) => (
              <EventRow
                key={event.eventId}
                event={event}
                address={addressOf({ name: 'event', eventId: event.eventId })}
              >
                <Badges event={event} />
                <span className="guests">{registrationText(event)}</span>
              </EventRow>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface EndProps {
  readonly pages: Pages;
  readonly filters: Filters;
  loadMore(): void;
}

/** What is shown below the loaded events. */
function End({ pages: { events, hasMore }, filters, loadMore }: EndProps) {
  if (hasMore && events.length === 0) {
    return (
      <div className="notice empty">
        <h2>Nothing found so far</h2>
        <p>A part of the events was searched, and there are more.</p>
        <Button onClick={loadMore}>Search on</Button>
      </div>
    );
  }
  if (hasMore)
    return (
      <p className="more">
        <Button onClick={loadMore}>Show more</Button>
      </p>
    );
  if (events.length === 0) return <Empty filters={filters} />;
  return (
    <p className="end">{events.length === 1 ? 'That is the only one.' : `That is all: ${events.length} events.`}</p>
  );
}

function Empty({ filters }: { readonly filters: Filters }) {
  const user = useUser();
  const isFiltered =
    addressOf({ name: 'list', filters: { ...filters, whose: 'mine' } }) !==
    addressOf({ name: 'list', filters: defaultFilters });
  return (
    <div className="notice empty">
      <h2>{isFiltered ? 'No event fits these filters' : 'No upcoming events'}</h2>
      {isFiltered ? (
        <>
          <p>Try fewer of them, or another time.</p>
          <a
            className="button"
            href={addressOf({ name: 'list', filters: { ...defaultFilters, whose: filters.whose } })}
          >
            Clear the filters
          </a>
        </>
      ) : user.isOrganizer && filters.whose === 'mine' ? (
        <>
          <p>A new one begins as a draft that only you can see.</p>
          <a className="button primary" href={addressOf({ name: 'new' })}>
            Create an event
          </a>{' '}
          <a className="button" href={addressOf({ name: 'list', filters: { ...filters, when: 'past' } })}>
            Past events
          </a>
        </>
      ) : (
        <p>As soon as somebody publishes an event, it appears here.</p>
      )}
    </div>
  );
}

function Skeleton({ rows }: { readonly rows: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} />
      ))}
    </div>
  );
}

/** Describes the state of the list for screen readers. */
function statusOf({ events, loading, hasMore, error }: Pages): string {
  if (loading) return 'Loading events';
  if (error) return '';
  return `${events.length} ${events.length === 1 ? 'event' : 'events'}${hasMore ? ', and there are more' : ''}`;
}
