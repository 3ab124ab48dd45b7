import type { Event as ApiEvent } from '@event-management/client';
import type { ReactNode } from 'react';
import { texts } from '../registration/texts.ts';
import { Badges } from './badge.tsx';
import { Details } from './details.tsx';
import { Heading } from './heading.tsx';

interface GuestEventProps {
  readonly event: ApiEvent;
  /** What the visitor can do: register, or see the own registration. */
  readonly panel: ReactNode;
  /** The address of the list with only the events that have a tag. */
  readonly tagged?: (tag: string) => string;
}

/** An event as guests see it. */
export function GuestEvent({ event, panel, tagged }: GuestEventProps) {
  return (
    <>
      <div className="event-title">
        {(event.phase !== 'upcoming' || event.status === 'cancelled') && <Badges event={event} />}
        <Heading title={event.name}>
          <bdi>{event.name}</bdi>
        </Heading>
      </div>
      <section className={event.status === 'cancelled' ? 'panel cancelled' : 'panel'} aria-label={texts.register}>
        {panel}
      </section>
      <Details event={event} tagged={tagged} />
    </>
  );
}
