import { useInfiniteQuery } from '@tanstack/react-query';
import { texts as feedTexts } from '../../shared/calendars/texts.ts';
import { distinctEvents } from '../../shared/distinct-events.ts';
import { useKeptPosition } from '../../shared/kept-position.ts';
import { Badges } from '../../shared/parts/badge.tsx';
import { EventMonths } from '../../shared/parts/event-months.tsx';
import { registrationText } from '../../shared/parts/event-text.ts';
import { errorsByField } from '../../shared/parts/field-errors.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { lazyPart } from '../../shared/parts/lazy-view.tsx';
import { ListEnd, Nothing } from '../../shared/parts/list-end.tsx';
import { useServices, useUser } from '../../shared/services.ts';
import { addressOf } from '../router.ts';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, isFiltered, isListed, toListQuery } from './filters.ts';
import { texts } from './texts.ts';

const MonthView = lazyPart(texts.theEvents, async () => (await import('./month-view.tsx')).MonthView);

/** The events of the organizer or of everyone, with filters. */
export function ListView({ filters: wanted }: { readonly filters: Filters }) {
  const user = useUser();
  useKeptPosition(addressOf({ name: 'list', filters: wanted }));
  const filters: Filters = user.isOrganizer ? wanted : { ...wanted, whose: 'everyone' };
  return (
    <>
      <div className="title-row">
        <Heading title={texts.events} />
        {user.isOrganizer && (
          <a className="button primary" href={addressOf({ name: 'new' })}>
            {texts.newEvent}
          </a>
        )}
      </div>
      <nav className="views" aria-label={texts.view}>
        {(['list', 'month'] as const).map((view) => (
          <a
            key={view}
            href={addressOf({ name: 'list', filters: { ...wanted, view } })}
            aria-current={filters.view === view ? 'page' : undefined}
          >
            {texts.views[view]}
          </a>
        ))}
        {user.isOrganizer && (
          <a className="feeds" href={addressOf({ name: 'calendars' })}>
            {feedTexts.title}
          </a>
        )}
      </nav>
      {filters.view === 'month' ? <MonthView filters={filters} /> : <Results filters={filters} />}
    </>
  );
}

/** The list in all its states: loading, complete, empty, empty so far, and failed on the first or a later page. */
function Results({ filters }: { readonly filters: Filters }) {
  const { queries } = useServices();
  const list = useInfiniteQuery({
    ...queries.listEvents.infinite(toListQuery(filters, new Date())),
    // A form may have changed an event since.
    refetchOnMount: 'always',
  });
  const loaded = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const events = distinctEvents(loaded.filter((event) => isListed(filters, event)));
  return (
    <>
      <FilterBar filters={filters} errors={errorsByField(list.error ?? undefined)} />
      <EventMonths
        events={events}
        order={{ latestFirst: filters.when === 'past', nowFirst: filters.when === 'upcoming' }}
        addressOf={({ eventId }) => addressOf({ name: 'event', eventId })}
        tagged={(tag) => addressOf({ name: 'list', filters: { ...filters, tag } })}
        stateOf={(event) => (
          <>
            <Badges event={event} />
            <span className="guests">{registrationText(event)}</span>
          </>
        )}
      />
      <ListEnd
        list={list}
        count={events.length}
        what={texts.theEvents}
        countText={list.hasNextPage ? texts.countSoFar(events.length) : texts.count(events.length)}
        empty={<Empty filters={filters} />}
        end={texts.all(events.length)}
      />
    </>
  );
}

function Empty({ filters }: { readonly filters: Filters }) {
  const user = useUser();
  if (isFiltered(filters)) return <Nothing message={texts.noneFits} />;
  if (!user.isOrganizer || filters.whose === 'everyone') return <Nothing message={texts.noneOfOthers} />;
  return (
    <Nothing message={texts.noneUpcoming}>
      <a className="button primary" href={addressOf({ name: 'new' })}>
        {texts.create}
      </a>{' '}
      <a className="button" href={addressOf({ name: 'list', filters: { ...filters, when: 'past' } })}>
        {texts.pastEvents}
      </a>
    </Nothing>
  );
}
