/** Properties of an event as text. */
import type { Event as ApiEvent, Location } from '@event-management/client';
import { isolated } from './bidi.ts';

/** `Harbour Stage, Uferstraße 12, and online`, or that the location is to be announced. */
export function locationText(location: Location | undefined): string {
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

/** `12 of 400 registered`, or `12 registered` if there is no limit. */
export function registrationText({
  registeredCount,
  capacity,
}: Pick<ApiEvent, 'registeredCount' | 'capacity'>): string {
  const registered = count.format(registeredCount);
  return capacity === undefined ? `${registered} registered` : `${registered} of ${count.format(capacity)} registered`;
}
