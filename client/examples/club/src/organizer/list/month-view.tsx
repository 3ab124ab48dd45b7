import type { Event as ApiEvent } from '@event-management/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { distinctEvents } from '../../shared/distinct-events.ts';
import { locale } from '../../shared/language.ts';
import { errorsByField } from '../../shared/parts/field-errors.ts';
import { ListEnd } from '../../shared/parts/list-end.tsx';
import { useServices } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { datePartsOf, ownTimeZone, timeOf, timeZoneLabel } from '../../shared/time.ts';
import { addressOf } from '../router.ts';
import { FilterBar } from './filter-bar.tsx';
import { commonInput, type Filters } from './filters.ts';
import { currentMonth, daysOf, firstDayOfWeek, firstInstantOfMonth, monthAfter, weeksOf } from './month.ts';
import { texts } from './texts.ts';

/** The events of a month on its page, in the time zone of the visitor. */
export function MonthView({ filters }: { readonly filters: Filters }) {
  const { queries } = useServices();
  const timeZone = ownTimeZone();
  const month = filters.month || currentMonth(timeZone);
  const [from, to] = [month, monthAfter(month, 1)].map((one) => firstInstantOfMonth(one, timeZone)) as [string, string];
  const list = useInfiniteQuery({
    ...queries.listEvents.infinite({ ...commonInput(filters), endsAfter: from, startsBefore: to, limit: 100 }),
    refetchOnMount: 'always',
  });
  const events = distinctEvents(list.data?.pages.flatMap(({ items }) => items) ?? []);
  const addressIn = (other: string) => addressOf({ name: 'list', filters: { ...filters, month: other } });
  const name = (one: string) => datePartsOf(`${one}-15T12:00:00Z`, 'UTC').month;
  return (
    <>
      <FilterBar filters={filters} errors={errorsByField(list.error ?? undefined)} />
      <div className="month-title">
        <h2 id="month">{name(month)}</h2>
        <a className="button" href={addressIn(monthAfter(month, -1))} aria-label={name(monthAfter(month, -1))}>
          ←
        </a>
        <a className="button" href={addressIn('')}>
          {texts.thisMonth}
        </a>
        <a className="button" href={addressIn(monthAfter(month, 1))} aria-label={name(monthAfter(month, 1))}>
          →
        </a>
        <span className="zone">{texts.timesIn(timeZoneLabel(from, timeZone))}</span>
      </div>
      <Calendar month={month} events={events} timeZone={timeZone} />
      <ListEnd
        list={list}
        all
        count={events.length}
        what={texts.theEvents}
        countText={texts.count(events.length)}
        empty={texts.noneInMonth}
      />
    </>
  );
}

interface CalendarProps {
  readonly month: string;
  readonly events: readonly ApiEvent[];
  readonly timeZone: string;
}

/** A table of weeks. On a phone it is a list of the days with events, so the roles are explicit. */
function Calendar({ month, events, timeZone }: CalendarProps) {
  const weeks = weeksOf(month, firstDayOfWeek(locale));
  // A week from Monday to Sunday, which begins with the same day as the table.
  const weekdays = Array.from({ length: 7 }, (_, day) => `2030-06-${17 + ((firstDayOfWeek(locale) - 1 + day) % 7)}`);
  const today = Temporal.Now.plainDateISO(timeZone).toString();
  const placed = events.map((event) => [event, ...daysOf(event, timeZone)] as const);
  return (
    <table role="table" className="calendar" aria-labelledby="month">
      <thead role="rowgroup">
        <tr role="row">
          {weekdays.map((day) => (
            <th key={day} role="columnheader" scope="col">
              {weekdayOf(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {weeks.map((week, index) => (
          <tr key={index} role="row">
            {week.map((day, weekday) => {
              const onDay = day === undefined ? [] : placed.filter(([, first, last]) => first <= day && day <= last);
              return (
                <td
                  key={weekday}
                  role="cell"
                  className={day === today ? 'today' : onDay.length === 0 ? 'free' : undefined}
                >
                  {day !== undefined && (
                    <time dateTime={day} aria-current={day === today ? 'date' : undefined}>
                      <span className="weekday">{weekdayOf(day)} </span>
                      {Number(day.slice(8))}
                    </time>
                  )}
                  {onDay.length > 0 && (
                    <ul>
                      {onDay.map(([event, first]) => (
                        <li key={event.eventId}>
                          <Entry event={event} timeZone={timeZone} continues={first !== day} />
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const weekdayOf = (day: string) => datePartsOf(`${day}T12:00:00Z`, 'UTC').weekday;

interface EntryProps {
  readonly event: ApiEvent;
  readonly timeZone: string;
  /** Whether the event has started on an earlier day. */
  readonly continues: boolean;
}

function Entry({ event: { eventId, name, startsAt, status }, timeZone, continues }: EntryProps) {
  return (
    <a className={`entry ${status}`} href={addressOf({ name: 'event', eventId })}>
      <span className="zone">{continues ? texts.continues : timeOf(startsAt, timeZone)}</span> <bdi>{name}</bdi>
      {status !== 'published' && <span className="entry-status"> {common.status[status]}</span>}
    </a>
  );
}
