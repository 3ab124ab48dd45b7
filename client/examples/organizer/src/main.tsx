import { createEventsClient } from '@event-management/client';
import { render } from 'preact';
import { App } from './app.tsx';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { completeSignIn, explainSignIn, type Session, signIn } from './session.ts';
import { prepareTime } from './time.ts';
import { StartFailure, Welcome } from './welcome.tsx';

const page = document.getElementById('app') as HTMLElement;

/** Shows the sign-in button, and why the last sign-in failed. */
function renderWelcome(config: Config, problem?: string): void {
  const startSignIn = () => signIn(config).catch((error: unknown) => renderWelcome(config, explainSignIn(error)));
  render(<Welcome key={problem} problem={problem} signIn={startSignIn} />, page);
}

async function start(): Promise<void> {
  const config = await loadConfig();
  const prepared = prepareTime();
  prepared.catch(() => {});
  let session: Session | undefined;
  try {
    session = await completeSignIn(config);
  } catch (error) {
    return renderWelcome(config, explainSignIn(error));
  }
  if (!session) return renderWelcome(config);
  await prepared;
  const api = createEventsClient({ baseUrl: config.apiBaseUrl, token: session.token });
  render(<App api={api} session={session} signInAgain={(beforeRedirect) => signIn(config, beforeRedirect)} />, page);
}

start().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError;
  if (!isExpected) reportError(error);
  const message = isExpected ? error.message : 'This page could not be started. Try again, or use another browser.';
  render(<StartFailure message={message} />, page);
});
