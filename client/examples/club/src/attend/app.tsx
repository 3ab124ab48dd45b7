import { Boundary } from '../shared/parts/boundary.tsx';
import { texts } from '../shared/texts.ts';
import { CalendarsView } from './registrations/calendars-view.tsx';
import { EventView } from './event/event-view.tsx';
import { FindView } from './find/find-view.tsx';
import { RegistrationsView } from './registrations/registrations-view.tsx';
import { addressOf, home, type Route, useRoute } from './router.ts';
import { TicketView } from './ticket/ticket-view.tsx';

const allEvents = (
  <a className="button quiet" href={home}>
    {texts.allEvents}
  </a>
);

/** The view of the current address. */
export function View() {
  const route = useRoute();
  return (
    <Boundary address={addressOf(route)} home={allEvents}>
      <RouteView route={route} />
    </Boundary>
  );
}

function RouteView({ route }: { readonly route: Route }) {
  switch (route.name) {
    case 'find':
      return <FindView q={route.q} tag={route.tag} />;
    case 'registrations':
      return <RegistrationsView />;
    case 'calendars':
      return <CalendarsView />;
    case 'event':
      return <EventView key={route.eventId} eventId={route.eventId} registers={route.registers} />;
    case 'ticket':
      return <TicketView key={route.eventId} eventId={route.eventId} />;
  }
}
