import { Boundary } from '../shared/parts/boundary.tsx';
import { lazyView } from '../shared/parts/lazy-view.tsx';
import { FeedsView } from '../shared/calendars/lazy-feeds-view.tsx';
import { texts as common } from '../shared/texts.ts';
import { BackToList } from './back-to-list.tsx';
import { defaultFilters } from './list/filters.ts';
import { ListView } from './list/list-view.tsx';
import { addressOf, type Route, useRoute } from './router.ts';
import { texts } from './texts.ts';

// The list is loaded with the page.
const EventView = lazyView(common.theEvent, async () => (await import('./event/event-view.tsx')).EventView);
const PreviewView = lazyView(common.theEvent, async () => (await import('./event/preview-view.tsx')).PreviewView);
const NewView = lazyView(texts.theForm, async () => (await import('./form/form-views.tsx')).NewView);
const EditView = lazyView(texts.theForm, async () => (await import('./form/form-views.tsx')).EditView);
const GuestsView = lazyView(texts.theGuests, async () => (await import('./guests/guests-view.tsx')).GuestsView);
const GuestView = lazyView(texts.theGuest, async () => (await import('./guests/guest-view.tsx')).GuestView);
const NewGuestView = lazyView(texts.theForm, async () => (await import('./guests/new-guest-view.tsx')).NewGuestView);

const home = (
  <a className="button quiet" href={addressOf({ name: 'list', filters: defaultFilters })}>
    {common.allEvents}
  </a>
);

/** The view of the current address. */
export function View() {
  const route = useRoute();
  return (
    <Boundary address={addressOf(route)} home={home}>
      <RouteView route={route} />
    </Boundary>
  );
}

function RouteView({ route }: { readonly route: Route }) {
  switch (route.name) {
    case 'list':
      return <ListView filters={route.filters} />;
    case 'calendars':
      return <FeedsView source={{ kind: 'published-by', organizerId: 'me' }} back={<BackToList />} />;
    case 'new':
      return <NewView />;
    case 'event':
      return <EventView key={route.eventId} eventId={route.eventId} />;
    case 'preview':
      return <PreviewView key={route.eventId} eventId={route.eventId} />;
    case 'edit':
      return <EditView key={route.eventId} eventId={route.eventId} field={route.field} />;
    case 'guests':
      return <GuestsView key={route.eventId} eventId={route.eventId} filters={route.filters} />;
    case 'new-guest':
      return <NewGuestView key={route.eventId} eventId={route.eventId} />;
    case 'guest':
      return <GuestView key={`${route.eventId}/${route.number}`} eventId={route.eventId} number={route.number} />;
  }
}
