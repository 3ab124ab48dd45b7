/** Where the visitor is, kept in the fragment of the address: the page works on any static host, and "back" works. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { type Filters, filtersOf, filtersToQuery, noFilters } from './list/filters.ts';

/** What the page can show. */
export type Route =
  | { readonly name: 'list'; readonly filters: Filters }
  | { readonly name: 'new' }
  | { readonly name: 'event' | 'edit'; readonly eventId: string };

/** What an address shows; an unknown one shows the list. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === '/new') return { name: 'new' };
  const [, eventId, edit] = /^\/events\/([\w-]+)(\/edit)?$/.exec(path) ?? [];
  if (eventId !== undefined) return { name: edit ? 'edit' : 'event', eventId };
  return { name: 'list', filters: filtersOf(new URLSearchParams(query)) };
}

/** The address of a route, for links. */
export function addressOf(route: Route): string {
  switch (route.name) {
    case 'new':
      return '#/new';
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

/** What the address shows by now, drawn or not. */
export const currentRoute = () => routeOf(location.hash);

/** Goes to a route; `replace` leaves no step to come back to. */
export function go(route: Route, { replace = false } = {}): void {
  if (replace) location.replace(addressOf(route));
  else location.hash = addressOf(route);
}

/** Returns whether the visitor has to stay for now; `leave` continues the navigation. */
type Hold = (leave: () => void) => boolean;
let hold: Hold | undefined;

/** Registers a question before the route changes. Returns a function that removes it. */
export function holdRoute(asked: Hold): () => void {
  hold = asked;
  return () => (hold = undefined);
}

let lastList: Route = { name: 'list', filters: noFilters };

/** The list as the visitor left it. */
export const listRoute = () => lastList;

/** The route of the moment. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useLayoutEffect(() => {
    const leave = () => {
      hold = undefined;
      history.back();
    };
    const follow = () => {
      // The browser has already navigated. The address is pushed on top, so leaving later goes one step back.
      if (location.hash !== hash && hold?.(leave)) history.pushState(null, '', hash || '#/');
      else setHash(location.hash);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [hash]);
  const route = routeOf(hash);
  if (route.name === 'list') lastList = route;
  return route;
}
