/** Tickets that this device keeps, so that they can be shown at the door without a network. They are removed when their owner signs out. */
import type { Event as ApiEvent, Registration } from '@event-management/client';

const prefix = 'ticket:';

/** A registration of the visitor, and its event. */
export interface Ticket {
  readonly event: ApiEvent;
  readonly registration: Registration;
}

/** A ticket as it was when it was last loaded. */
export interface KeptTicket extends Ticket {
  /** When that was (RFC 3339). */
  readonly keptAt: string;
  /** The id of the user whose ticket it is. */
  readonly owner: string;
}

/** Keeps a ticket; a device without room for it does not. */
export function keepTicket(ticket: Ticket, owner: string): void {
  try {
    const kept: KeptTicket = { ...ticket, keptAt: new Date().toISOString(), owner };
    localStorage.setItem(`${prefix}${ticket.event.eventId}`, JSON.stringify(kept));
  } catch {
    // The storage is full, or not allowed. The ticket is shown all the same.
  }
}

/**
 * The ticket for an event; undefined if this device has none.
 *
 * @param visitor the id of the user who has signed in, who sees no ticket of another one. At the door, a device may be offline: then there is none
 */
export function keptTicket(eventId: string, visitor: string | undefined): KeptTicket | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(`${prefix}${eventId}`) ?? 'null') as KeptTicket | null;
    return kept && [undefined, kept.owner].includes(visitor) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Removes all tickets from this device. */
export function forgetTickets(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
