import type { EventsClient } from '@event-management/client';
import { useRef, useState } from 'preact/hooks';
import { storeDraft } from './drafts.ts';
import { EventView } from './event/event-view.tsx';
import { EditView, NewView } from './form/form-views.tsx';
import { defaultFilters } from './list/filters.ts';
import { ListView } from './list/list-view.tsx';
import { Boundary } from './parts/boundary.tsx';
import { addressOf, type Route, useRoute } from './router.ts';
import { ServicesContext } from './services.ts';
import type { Session } from './session.ts';
import { TicketView } from './tickets/ticket-view.tsx';
import { TicketsView } from './tickets/tickets-view.tsx';

interface AppProps {
  readonly api: EventsClient;
  readonly session: Session;
  signInAgain(beforeRedirect: () => void): Promise<void>;
}

/** The view of the current address. */
function View() {
  const route = useRoute();
  return (
    <Boundary address={addressOf(route)}>
      <RouteView route={route} />
    </Boundary>
  );
}

function RouteView({ route }: { readonly route: Route }) {
  switch (route.name) {
    case 'list':
      return <ListView filters={route.filters} />;
    case 'new':
      return <NewView />;
    case 'tickets':
      return <TicketsView />;
    case 'ticket':
      return <TicketView key={route.eventId} eventId={route.eventId} />;
    case 'event':
      return <EventView key={route.eventId} eventId={route.eventId} />;
    case 'edit':
      return <EditView key={route.eventId} eventId={route.eventId} />;
  }
}

/** The page of a signed-in user. */
export function App({ api, session, signInAgain }: AppProps) {
  const [message, setMessage] = useState('');
  const main = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function announce(text: string): void {
    setMessage(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setMessage(''), 6_000);
  }
  function signInWith(draft?: () => unknown): Promise<void> {
    return signInAgain(() => draft && storeDraft(session.user.id, draft()));
  }
  function skip(event: Event): void {
    // The router owns the fragment of the address.
    event.preventDefault();
    main.current?.focus();
  }

  return (
    <ServicesContext.Provider value={{ api, user: session.user, announce, signInAgain: signInWith }}>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <header class="bar">
        <a class="brand" href={addressOf({ name: 'list', filters: defaultFilters })}>
          Organizer
        </a>
        <a class="my-tickets" href={addressOf({ name: 'tickets' })}>
          My tickets
        </a>
        <span class="user">
          <bdi class="name">{session.user.name}</bdi>
          <button type="button" class="quiet" onClick={() => session.signOut()}>
            Sign out
          </button>
        </span>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <View />
      </main>
      <div class="toast" role="status" aria-live="polite">
        {message && <p>{message}</p>}
      </div>
    </ServicesContext.Provider>
  );
}
