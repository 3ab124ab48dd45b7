import { createEventsClient, type EventsClient } from '@event-management/client';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConfigError, type Config, loadConfig } from './config.ts';
import { Frame, type Loss } from './frame.tsx';
import { keepPage } from './offline/keep-page.ts';
import { completeSignIn, explainSignIn, type Session, signIn } from './session.ts';
import { prepareTime } from './time.ts';
import { StartFailure, Welcome } from './welcome.tsx';
import { texts } from './texts.ts';

/** A page of this example. */
interface Page {
  /** What it is for, as the visitor reads it before the sign-in. */
  readonly purpose: string;
  /** Whether the view of the current address shows nothing to a visitor who has not signed in. */
  needsSignIn(): boolean;
  /** The event that the current address leads to, if any. */
  readonly eventId?: () => string | undefined;
  /** The address of its first view. */
  readonly home: string;
  /** What would be lost if the user signed out now; undefined if nothing. */
  readonly lostAtSignOut?: () => Loss | undefined;
  /** Removes what the page keeps of the user on this device. */
  readonly onSignOut?: () => void | Promise<void>;
  /** Links to further views, for the header. */
  readonly links?: ReactNode;
  /** The view of the current address. */
  readonly View: () => ReactNode;
}

/** Starts a page: loads its configuration, completes a sign-in, and renders it. */
export function startPage(page: Page): void {
  const root = createRoot(document.getElementById('app') as HTMLElement);
  const render = (content: ReactNode) => root.render(content);
  start(page, render)
    .catch((error: unknown) => {
      const isExpected = error instanceof ConfigError;
      if (!isExpected) reportError(error);
      render(<StartFailure message={isExpected ? error.message : texts.cannotStart} />);
    })
    .finally(keepPage);
}

async function start(page: Page, render: (content: ReactNode) => void): Promise<void> {
  const config = await loadConfig();
  const prepared = prepareTime();
  prepared.catch(() => {});
  let session: Session | undefined;
  try {
    session = await completeSignIn(config);
  } catch (error) {
    return renderWelcome(page, config, render, explainSignIn(error));
  }
  if (!session && page.needsSignIn()) return renderWelcome(page, config, render);
  await prepared;
  const { View, home, links, lostAtSignOut, onSignOut } = page;
  render(
    <Frame
      {...{ session, home, links, lostAtSignOut, onSignOut }}
      api={clientFor(config, session)}
      baseUrl={config.apiBaseUrl}
      signIn={(beforeRedirect) => signIn(config, beforeRedirect)}
    >
      <View />
    </Frame>,
  );
}

/** A visitor who has not signed in reads what is public. */
function clientFor({ apiBaseUrl: baseUrl }: Config, session: Session | undefined): EventsClient {
  return createEventsClient({ baseUrl, token: session ? session.token : () => undefined });
}

/** Shows the sign-in button, and why the last sign-in failed. */
function renderWelcome(page: Page, config: Config, render: (content: ReactNode) => void, problem?: string): void {
  const startSignIn = () =>
    signIn(config).catch((error: unknown) => renderWelcome(page, config, render, explainSignIn(error)));
  const eventName = async () => {
    const eventId = page.eventId?.();
    return eventId && (await clientFor(config, undefined).getEvent(eventId).result()).data?.name;
  };
  render(<Welcome key={problem} purpose={page.purpose} {...{ problem, eventName }} signIn={startSignIn} />);
}
