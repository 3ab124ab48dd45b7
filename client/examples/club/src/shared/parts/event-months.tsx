import type { Event as ApiEvent } from '@event-management/client';
import type { ReactNode } from 'react';
import { byMonth, type Order } from '../months.ts';
import { EventRow } from './event-row.tsx';

interface EventMonthsProps {
  readonly events: readonly ApiEvent[];
  readonly order: Order;
  /** The address of the view of an event. */
  addressOf(event: ApiEvent): string;
  /** The address of the list with only the events that have a tag. */
  tagged(tag: string): string;
  /** What the right side of a row says about the state of an event. */
  stateOf(event: ApiEvent): ReactNode;
}

/** The rows of a list, by month. */
export function EventMonths({ events, order, addressOf, tagged, stateOf }: EventMonthsProps) {
  return byMonth(events, order).map(({ month, events: inMonth }) => (
    <section className="month" key={month}>
      <h2>{month}</h2>
      <ul className="rows">
        {inMonth.map((event) => (
          <EventRow key={event.eventId} event={event} address={addressOf(event)} tagged={tagged}>
            {stateOf(event)}
          </EventRow>
        ))}
      </ul>
    </section>
  ));
}
