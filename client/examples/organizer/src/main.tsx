import { createEventsClient } from '@event-management/client';
import { render } from 'preact';
import { App } from './app.tsx';
import { type Config, loadConfig } from './config.ts';
import { completeSignIn, explainSignIn, signIn } from './session.ts';
import { prepareTime } from './time.ts';
import { Failed, Welcome } from './welcome.tsx';

const page = document.getElementById('app') as HTMLElement;

/** Shows the sign-in button, and why the last sign-in failed. */
function welcome(config: Config, problem?: string): void {
  const leave = () => signIn(config).catch((error: unknown) => welcome(config, explainSignIn(error)));
  render(<Welcome key={problem} problem={problem} signIn={leave} />, page);
}

async function start(): Promise<void> {
  const config = await loadConfig();
  try {
    const [session] = await Promise.all([completeSignIn(config), prepareTime()]);
    if (!session) return welcome(config);
    const api = createEventsClient({ baseUrl: config.apiBaseUrl, token: session.token });
    render(<App api={api} session={session} signInAgain={(leaving) => signIn(config, leaving)} />, page);
  } catch (error) {
    welcome(config, explainSignIn(error));
  }
}

start().catch((error: Error) => render(<Failed message={error.message} />, page));
