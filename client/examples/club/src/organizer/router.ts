/** The views of the page, and their addresses. */
import { goTo, useHash } from '../shared/navigation.ts';
import { type GuestFilters, guestFiltersOf, guestFiltersToQuery, noGuestFilters } from './guests/filters.ts';
import { defaultFilters, type Filters, filtersOf, filtersToQuery } from './list/filters.ts';

/** A view of the page. */
export type Route =
  | { readonly name: 'list'; readonly filters: Filters }
  | { readonly name: 'new' | 'calendars' }
  | { readonly name: 'event' | 'preview' | 'check-in' | 'new-guest'; readonly eventId: string }
  | { readonly name: 'edit'; readonly eventId: string; readonly field?: string | undefined }
  | { readonly name: 'guests'; readonly eventId: string; readonly filters: GuestFilters }
  | { readonly name: 'guest'; readonly eventId: string; readonly number: number };

/** The route of an address; an unknown address shows the list. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === '/new') return { name: 'new' };
  if (path === '/calendars') return { name: 'calendars' };
  const [, eventId, view = 'event'] = /^\/events\/([\w-]+)(?:\/(edit|preview|check-in))?$/.exec(path) ?? [];
  if (eventId !== undefined)
    return view === 'edit' ? editRouteOf(eventId, query) : { name: view as 'event' | 'preview' | 'check-in', eventId };
  return guestsRouteOf(path, query) ?? { name: 'list', filters: filtersOf(new URLSearchParams(query)) };
}

/** The route of the form of an event, and of the field that has the focus there. */
function editRouteOf(eventId: string, query: string): Route {
  const field = new URLSearchParams(query).get('field');
  return { name: 'edit', eventId, ...(field && { field }) };
}

/** The route of the guest list of an event, of a guest, or of the form for another one. */
function guestsRouteOf(path: string, query: string): Route | undefined {
  const [, eventId, guest] = /^\/events\/([\w-]+)\/guests(?:\/(new|[1-9]\d{0,9}))?$/.exec(path) ?? [];
  if (eventId === undefined) return undefined;
  if (guest === undefined) return { name: 'guests', eventId, filters: guestFiltersOf(new URLSearchParams(query)) };
  return guest === 'new' ? { name: 'new-guest', eventId } : { name: 'guest', eventId, number: Number(guest) };
}

function withQuery(address: string, parameters: URLSearchParams): string {
  const query = parameters.toString();
  return query === '' ? address : `${address}?${query}`;
}

/** The address of a route, for links. */
export function addressOf(route: Route): string {
  switch (route.name) {
    case 'new':
      return '#/new';
    case 'calendars':
      return '#/calendars';
    case 'event':
      return `#/events/${route.eventId}`;
    case 'preview':
      return `#/events/${route.eventId}/preview`;
    case 'edit':
      return withQuery(`#/events/${route.eventId}/edit`, new URLSearchParams(route.field && { field: route.field }));
    case 'check-in':
      return `#/events/${route.eventId}/check-in`;
    case 'guests':
      return withQuery(`#/events/${route.eventId}/guests`, guestFiltersToQuery(route.filters));
    case 'new-guest':
      return `#/events/${route.eventId}/guests/new`;
    case 'guest':
      return `#/events/${route.eventId}/guests/${route.number}`;
    case 'list':
      return withQuery('#/', filtersToQuery(route.filters));
  }
}

/** The route of the current address, which may not be rendered yet. */
export const currentRoute = () => routeOf(location.hash);

/** Navigates to a route; `replace` replaces the current entry of the history. */
export const go = (route: Route, options?: { replace?: boolean }) => goTo(addressOf(route), options);

let lastList: Route = { name: 'list', filters: defaultFilters };

/** The route of the list with the filters that were last used. */
export const listRoute = () => lastList;

let lastGuests: Route | undefined;

/** The route of the guest list of an event, with the filters that were last used. */
export const guestsRoute = (eventId: string): Route =>
  lastGuests?.name === 'guests' && lastGuests.eventId === eventId
    ? lastGuests
    : { name: 'guests', eventId, filters: noGuestFilters };

/** The current route, updated when the address changes. */
export function useRoute(): Route {
  const route = routeOf(useHash());
  if (route.name === 'list') lastList = route;
  if (route.name === 'guests') lastGuests = route;
  return route;
}
