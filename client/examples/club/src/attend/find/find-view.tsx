import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { distinctEvents } from '../../shared/distinct-events.ts';
import { useKeptPosition } from '../../shared/kept-position.ts';
import { goTo } from '../../shared/navigation.ts';
import { EventMonths } from '../../shared/parts/event-months.tsx';
import { errorsByField } from '../../shared/parts/field-errors.ts';
import { Heading } from '../../shared/parts/heading.tsx';
import { ListEnd } from '../../shared/parts/list-end.tsx';
import { TextFilter } from '../../shared/parts/text-filter.tsx';
import { SignInFirst } from '../../shared/parts/sign-in-first.tsx';
import { useServices } from '../../shared/services.ts';
import { addressOf, home, type Search } from '../router.ts';
import { texts } from '../texts.ts';
import { SeatBadge } from './seat-badge.tsx';

/** The events that a visitor can find, those that run now first. */
export function FindView(search: Search) {
  const { visitor } = useServices();
  useKeptPosition(addressOf({ name: 'find', ...search }));
  return (
    <>
      <div className="title-row">
        <Heading title={texts.find} />
      </div>
      {visitor ? <Results {...search} /> : <SignInFirst message={texts.signInToFind} />}
    </>
  );
}

function Results(search: Search) {
  const { queries } = useServices();
  // The API searches for two characters or more.
  const q = search.q.trim().length < 2 ? {} : { q: search.q.trim() };
  const tag = search.tag === '' ? {} : { tag: search.tag };
  const list = useInfiniteQuery({
    ...queries.listEvents.infinite({ ...q, ...tag }),
    placeholderData: keepPreviousData,
  });
  const events = distinctEvents(list.data?.pages.flatMap(({ items }) => items) ?? []);
  const isSearch = search.q !== '' || search.tag !== '';
  const change = (changed: Partial<Search>) =>
    goTo(addressOf({ name: 'find', ...search, ...changed }), { replace: true });
  return (
    <>
      <search className="filters search-only">
        <TextFilter
          name="q"
          label={texts.search}
          placeholder={texts.findHint}
          value={search.q}
          errors={errorsByField(list.error ?? undefined)['q']}
          set={(text) => change({ q: text })}
        />
        {search.tag !== '' && (
          <p className="chosen-tag">
            {texts.tag}: <bdi>{search.tag}</bdi>
          </p>
        )}
        {isSearch && (
          <a className="button quiet" href={home}>
            {texts.clear}
          </a>
        )}
      </search>
      <EventMonths
        events={events}
        order={{ nowFirst: true }}
        addressOf={({ eventId }) => addressOf({ name: 'event', eventId })}
        tagged={(tag) => addressOf({ name: 'find', ...search, tag })}
        stateOf={(event) => <SeatBadge event={event} />}
      />
      <ListEnd
        list={list}
        count={events.length}
        what={texts.theEvents}
        countText={texts.events(events.length)}
        empty={isSearch ? texts.noneFound : texts.noneYet}
      />
    </>
  );
}
