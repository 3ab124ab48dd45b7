import { createEventsClient } from '@event-management/client';
import { render } from 'preact';
import { App } from './app.tsx';
import { type Config, loadConfig } from './config.ts';
import { completeSignIn, explainSignIn, signIn } from './session.ts';
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
  try {
    const [session] = await Promise.all([completeSignIn(config), prepareTime()]);
    if (!session) return renderWelcome(config);
    const api = createEventsClient({ baseUrl: config.apiBaseUrl, token: session.token });
    render(<App api={api} session={session} signInAgain={(beforeRedirect) => signIn(config, beforeRedirect)} />, page);
  } catch (error) {
    renderWelcome(config, explainSignIn(error));
  }
}

start().catch((error: Error) => render(<StartFailure message={error.message} />, page));
