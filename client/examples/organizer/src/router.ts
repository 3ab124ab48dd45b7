/** Routes in the fragment of the address, so that the page works on any static host and "back" works. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { defaultFilters, type Filters, filtersOf, filtersToQuery } from './list/filters.ts';

/** A view of the page. */
export type Route =
  | { readonly name: 'list'; readonly filters: Filters }
  | { readonly name: 'new' | 'tickets' }
  | { readonly name: 'event' | 'edit' | 'ticket'; readonly eventId: string };

/** The route of an address; an unknown address shows the list. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === '/new') return { name: 'new' };
  if (path === '/tickets') return { name: 'tickets' };
  const [, ticketOf] = /^\/tickets\/([\w-]+)$/.exec(path) ?? [];
  if (ticketOf !== undefined) return { name: 'ticket', eventId: ticketOf };
  const [, eventId, edit] = /^\/events\/([\w-]+)(\/edit)?$/.exec(path) ?? [];
  if (eventId !== undefined) return { name: edit ? 'edit' : 'event', eventId };
  return { name: 'list', filters: filtersOf(new URLSearchParams(query)) };
}

/** The address of a route, for links. */
export function addressOf(route: Route): string {
  switch (route.name) {
    case 'new':
      return '#/new';
    case 'tickets':
      return '#/tickets';
    case 'ticket':
      return `#/tickets/${route.eventId}`;
    case 'event':
      return `#/events/${route.eventId}`;
    case 'edit':
      return `#/events/${route.eventId}/edit`;
    case 'list': {
      const query = filtersToQuery(route.filters).toString();
      return query === '' ? '#/' : `#/?${query}`;
    }
  }
}

/** The route of the current address, which may not be rendered yet. */
export const currentRoute = () => routeOf(location.hash);

/** Navigates to a route; `replace` replaces the current entry of the history. */
export function go(route: Route, { replace = false } = {}): void {
  if (replace) location.replace(addressOf(route));
  else location.hash = addressOf(route);
}

/** Returns whether to block the navigation; `leave` continues it later. */
type Blocker = (leave: () => void) => boolean;
let blocker: Blocker | undefined;

/** Registers a function that can block changes of the route. Returns a function that removes it. */
export function blockNavigation(next: Blocker): () => void {
  blocker = next;
  return () => (blocker = undefined);
}

let lastList: Route = { name: 'list', filters: defaultFilters };

/** The route of the list with the filters that were last used. */
export const listRoute = () => lastList;

/** The current route, updated when the address changes. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useLayoutEffect(() => {
    const leave = () => {
      blocker = undefined;
      history.back();
    };
    const follow = () => {
      // The browser has already navigated. The address is pushed on top, so leaving later goes one step back.
      if (location.hash !== hash && blocker?.(leave)) history.pushState(null, '', hash || '#/');
      else setHash(location.hash);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [hash]);
  const route = routeOf(hash);
  if (route.name === 'list') lastList = route;
  return route;
}
