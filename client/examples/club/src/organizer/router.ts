/** The views of the page, and their addresses. */
import { goTo, useHash } from '../shared/navigation.ts';
import { defaultFilters, type Filters, filtersOf, filtersToQuery } from './list/filters.ts';

/** A view of the page. */
export type Route =
  | { readonly name: 'list'; readonly filters: Filters }
  | { readonly name: 'new' }
  | { readonly name: 'event' | 'edit'; readonly eventId: string };

/** The route of an address; an unknown address shows the list. */
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

/** The route of the current address, which may not be rendered yet. */
export const currentRoute = () => routeOf(location.hash);

/** Navigates to a route; `replace` replaces the current entry of the history. */
export const go = (route: Route, options?: { replace?: boolean }) => goTo(addressOf(route), options);

let lastList: Route = { name: 'list', filters: defaultFilters };

/** The route of the list with the filters that were last used. */
export const listRoute = () => lastList;

/** The current route, updated when the address changes. */
export function useRoute(): Route {
  const route = routeOf(useHash());
  if (route.name === 'list') lastList = route;
  return route;
}
