/** Parts of an event in words, for people. */
import type { Event as ApiEvent, Location } from '@event-management/client';

/** `Harbour Stage, Uferstraße 12`, and whether it is online; a place that is not known yet is said to be so. */
export function placeOf(location: Location | undefined): string {
  switch (location?.kind) {
    case undefined:
      return 'Place to be announced';
    case 'venue':
      return `${location.name}, ${location.address}`;
    case 'online':
      return 'Online';
    case 'hybrid':
      return `${location.name}, ${location.address}, and online`;
  }
}

const count = new Intl.NumberFormat('en-GB');

/** `12 of 400 registered`, or `12 registered` where there is no limit. */
export function guestsOf({ registeredCount, capacity }: Pick<ApiEvent, 'registeredCount' | 'capacity'>): string {
  const registered = count.format(registeredCount);
  return capacity === undefined ? `${registered} registered` : `${registered} of ${count.format(capacity)} registered`;
}
