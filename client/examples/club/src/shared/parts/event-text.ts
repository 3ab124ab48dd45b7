/** Properties of an event as text. */
import type { Event as ApiEvent, EventLocation } from '@event-management/client';
import { locale } from '../language.ts';
import { texts } from '../texts.ts';
import { isolated } from './bidi.ts';

/** `Harbour Stage, Uferstraße 12, and online`, or that the location is to be announced. */
export function locationText(location: EventLocation | undefined): string {
  switch (location?.kind) {
    case undefined:
      return texts.noPlace;
    case 'venue':
      return placeText(location);
    case 'online':
      return texts.online;
    case 'hybrid':
      return texts.andOnline(placeText(location));
  }
}

/** The name and the address of a place, on one line. */
const placeText = ({ name, address }: { readonly name: string; readonly address: string }) =>
  `${isolated(name)}, ${isolated(address.split(/\s*\n\s*/).join(', '))}`;

const counts = new Intl.NumberFormat(locale);

/** A number, with the separators of the visitor's language. */
export const formatCount = (count: number) => counts.format(count);

/** `12 of 400 registered`, or `12 registered` if there is no limit; with `, 3 waiting` and `, 5 checked in` if there are some. */
export function registrationText({
  registeredCount,
  capacity,
  waitlistedCount = 0,
  checkedInCount = 0,
}: Pick<ApiEvent, 'registeredCount' | 'capacity' | 'waitlistedCount' | 'checkedInCount'>): string {
  const registered = formatCount(registeredCount);
  const waiting = waitlistedCount === 0 ? '' : texts.waiting(formatCount(waitlistedCount));
  const arrived = checkedInCount === 0 ? '' : texts.arrived(formatCount(checkedInCount));
  return `${capacity === undefined ? texts.registered(registered) : texts.registeredOf(registered, formatCount(capacity))}${waiting}${arrived}`;
}
