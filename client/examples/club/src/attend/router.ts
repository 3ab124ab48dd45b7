/** The views of the page, and their addresses. */
import { useHash } from '../shared/navigation.ts';

/** What to search for. */
export interface Search {
  readonly q: string;
  readonly tag: string;
}

export type Route =
  | ({ readonly name: 'find' } & Search)
  | { readonly name: 'registrations' | 'calendars' }
  | { readonly name: 'ticket'; readonly eventId: string }
  | {
      readonly name: 'event';
      readonly eventId: string;
      /** Whether the form in which one registers is open. */
      readonly registers?: boolean;
    };

/** The route of an address; an unknown address shows the list of events. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === '/registrations') return { name: 'registrations' };
  if (path === '/calendars') return { name: 'calendars' };
  const [, kind, eventId] = /^\/(events|tickets)\/([\w-]+)$/.exec(path) ?? [];
  const parameters = new URLSearchParams(query);
  if (eventId !== undefined)
    return kind === 'events'
      ? { name: 'event', eventId, ...(parameters.has('register') && { registers: true }) }
      : { name: 'ticket', eventId };
  return { name: 'find', q: parameters.get('q') ?? '', tag: parameters.get('tag') ?? '' };
}

/** The address of a route, for links. */
export function addressOf(route: Route): string {
  switch (route.name) {
    case 'registrations':
      return '#/registrations';
    case 'calendars':
      return '#/calendars';
    case 'event':
      return `#/events/${route.eventId}${route.registers ? '?register' : ''}`;
    case 'ticket':
      return `#/tickets/${route.eventId}`;
    case 'find': {
      const given = Object.entries({ q: route.q, tag: route.tag }).filter(([, value]) => value !== '');
      return given.length === 0 ? '#/' : `#/?${new URLSearchParams(given).toString()}`;
    }
  }
}

export const home = addressOf({ name: 'find', q: '', tag: '' });

/** The route of the current address, updated when the address changes. */
export const useRoute = (): Route => routeOf(useHash());
