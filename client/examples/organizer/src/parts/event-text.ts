/** Properties of an event as text. */
import type { Event as ApiEvent, EventLocation } from '@event-management/client';
import { isolated } from './bidi.ts';

/** `Harbour Stage, Uferstraße 12, and online`, or that the location is to be announced. */
export function locationText(location: EventLocation | undefined): string {
  switch (location?.kind) {
    case undefined:
      return 'Place to be announced';
    case 'venue':
      return `${isolated(location.name)}, ${isolated(location.address)}`;
    case 'online':
      return 'Online';
    case 'hybrid':
      return `${isolated(location.name)}, ${isolated(location.address)}, and online`;
  }
}

const count = new Intl.NumberFormat('en-GB');

/** `12 of 400 registered`, or `12 registered` if there is no limit; with `, 3 waiting` if somebody waits. */
export function registrationText({
  registeredCount,
  capacity,
  waitlistedCount = 0,
}: Pick<ApiEvent, 'registeredCount' | 'capacity' | 'waitlistedCount'>): string {
  const limit = capacity === undefined ? '' : ` of ${count.format(capacity)}`;
  const waiting = waitlistedCount === 0 ? '' : `, ${count.format(waitlistedCount)} waiting`;
  return `${count.format(registeredCount)}${limit} registered${waiting}`;
}
