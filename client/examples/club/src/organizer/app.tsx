import { Boundary } from '../shared/parts/boundary.tsx';
import { pageName } from '../shared/parts/heading.tsx';
import { lazyView } from '../shared/parts/lazy-view.tsx';
import { FeedsView } from '../shared/calendars/lazy-feeds-view.tsx';
import { SignInFirst } from '../shared/parts/sign-in-first.tsx';
import { useServices } from '../shared/services.ts';
import { texts as common } from '../shared/texts.ts';
import { BackToList } from './back-to-list.tsx';
import { keeperOf } from './check-in/kept.ts';
import { texts as checkInTexts } from './check-in/link-texts.ts';
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
const CheckInView = lazyView(
  checkInTexts.theCheckIn,
  async () => (await import('./check-in/check-in-view.tsx')).CheckInView,
);

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
  const { visitor } = useServices();
  // Without a sign-in, only what this device keeps can be shown.
  const keeper = visitor ?? (route.name === 'check-in' ? keeperOf(route.eventId) : undefined);
  if (!keeper) return <SignInFirst message={[pageName, texts.purpose]} />;
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
    case 'check-in':
      return <CheckInView key={route.eventId} eventId={route.eventId} keeper={{ id: keeper.id, name: keeper.name }} />;
    case 'guests':
      return <GuestsView key={route.eventId} eventId={route.eventId} filters={route.filters} />;
    case 'new-guest':
      return <NewGuestView key={route.eventId} eventId={route.eventId} />;
    case 'guest':
      return <GuestView key={`${route.eventId}/${route.number}`} eventId={route.eventId} number={route.number} />;
  }
}
