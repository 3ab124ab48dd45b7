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
  | { readonly name: 'event' | 'ticket'; readonly eventId: string };

/** The route of an address; an unknown address shows the list of events. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === '/registrations') return { name: 'registrations' };
  if (path === '/calendars') return { name: 'calendars' };
  const [, kind, eventId] = /^\/(events|tickets)\/([\w-]+)$/.exec(path) ?? [];
  if (eventId !== undefined) return { name: kind === 'events' ? 'event' : 'ticket', eventId };
  const parameters = new URLSearchParams(query);
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
      return `#/events/${route.eventId}`;
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
