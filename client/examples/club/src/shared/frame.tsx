import { createQueries } from '@event-management/client/tanstack-query';
import type { EventsClient } from '@event-management/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type MouseEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { forgetDrafts, storeDraft } from './drafts.ts';
import { Button } from './parts/button.tsx';
import { Dialog } from './parts/dialog.tsx';
import { pageName } from './parts/heading.tsx';
import { useToast } from './parts/toast.tsx';
import { ServicesContext } from './services.ts';
import type { Session } from './session.ts';
import { texts } from './texts.ts';

/** The client itself says what cannot be reached, so nothing waits for a connection. */
const always = { networkMode: 'always' } as const;
/** What was loaded is kept while the tab lives, so that a visitor returns to all pages of a list. */
const kept = { staleTime: 10_000, gcTime: Infinity };
const caches = new QueryClient({ defaultOptions: { queries: { ...always, ...kept }, mutations: always } });

/** What a sign-out would lose, as a question to the user. */
export interface Loss {
  readonly title: string;
  readonly detail: string;
  /** The labels of the buttons. */
  readonly confirm: string;
  readonly keep: string;
}

interface FrameProps {
  readonly api: EventsClient;
  readonly baseUrl: string;
  readonly session: Session | undefined;
  /** The address of the first view. */
  readonly home: string;
  /** What would be lost if the user signed out now; undefined if nothing. */
  readonly lostAtSignOut?: (() => Loss | undefined) | undefined;
  /** Called before the user is signed out. */
  readonly onSignOut?: (() => void | Promise<void>) | undefined;
  /** Links to further views. */
  readonly links?: ReactNode;
  readonly children: ReactNode;
  signIn(beforeRedirect?: () => void): Promise<void>;
}

/** What surrounds each view of a page: the header, the place for messages, and the services of the views. */
export function Frame(props: FrameProps) {
  const { api, baseUrl, session, home, links, lostAtSignOut, onSignOut, children, signIn } = props;
  const [loss, setLoss] = useState<Loss>();
  const main = useRef<HTMLElement>(null);
  const [toast, announce] = useToast();
  const visitor = session?.user;
  const queries = useMemo(() => createQueries(api, { user: visitor?.id }), [api, visitor]);

  function skip(event: MouseEvent): void {
    // The router owns the fragment of the address.
    event.preventDefault();
    main.current?.focus();
  }
  async function leave(): Promise<void> {
    forgetDrafts();
    await onSignOut?.();
    session?.signOut();
  }
  function askAndLeave(): void {
    const lost = lostAtSignOut?.();
    setLoss(lost);
    if (!lost) void leave();
  }
  const signInWith = (draft?: () => unknown) => signIn(() => draft && visitor && storeDraft(visitor.id, draft()));

  return (
    <QueryClientProvider client={caches}>
      <ServicesContext.Provider value={{ api, baseUrl, queries, visitor, announce, signIn: signInWith }}>
        <a className="skip" href="#main" onClick={skip}>
          {texts.skip}
        </a>
        <header className="bar">
          <a className="brand" href={home}>
            {pageName}
          </a>
          {links}
          {session ? (
            <span className="user">
              <bdi className="name">{session.user.name}</bdi>
              <Button variant="quiet" onClick={askAndLeave}>
                {texts.signOut}
              </Button>
            </span>
          ) : (
            <Button onClick={() => void signInWith()}>{texts.signIn}</Button>
          )}
        </header>
        <main id="main" ref={main} tabIndex={-1}>
          {children}
        </main>
        {loss && (
          <Dialog
            title={loss.title}
            confirmLabel={loss.confirm}
            closeLabel={loss.keep}
            confirm={() => void leave()}
            close={() => setLoss(undefined)}
          >
            <p>{loss.detail}</p>
          </Dialog>
        )}
        {toast}
      </ServicesContext.Provider>
    </QueryClientProvider>
  );
}
