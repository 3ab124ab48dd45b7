import type { ClientCode, EventsApiError } from '@event-management/client';
import type { ComponentChildren } from 'preact';
import { useServices } from '../services.ts';

/** What the client itself says when there is no answer of the API to show. */
const ownWords: Readonly<Record<ClientCode, readonly [title: string, detail: string]>> = {
  'network-error': ['The API cannot be reached', 'Check your connection, and try again.'],
  timeout: ['The API takes too long', 'It did not answer in time. Try again in a moment.'],
  aborted: ['This was stopped', 'Try again when you want it after all.'],
  'unexpected-response': ['The answer is not the API\'s', 'Something between this page and the API answered instead of it.'],
};

function wordsOf({ code, problem, message }: EventsApiError): readonly [title: string, detail: string] {
  if (problem) return [problem.title, problem.detail];
  return (ownWords as Readonly<Record<string, readonly [string, string]>>)[code] ?? ['Something went wrong', message];
}

interface ProblemProps {
  readonly error: EventsApiError;
  /** In place of the API's own words. */
  readonly words?: readonly [title: string, detail: string] | undefined;
  /** What "Try again" does. Without it there is no such button. */
  readonly again?: (() => void) | undefined;
  readonly children?: ComponentChildren;
}

/** An error of the API, with its request id for whoever is asked for help. */
export function Problem({ error, words = wordsOf(error), again, children }: ProblemProps) {
  const { signInAgain } = useServices();
  const [title, detail] = words;
  const isSignedOut = error.code === 'unauthenticated';
  return (
    <div class="notice problem" role="alert">
      <h2>{isSignedOut ? 'Your sign-in has ended' : title}</h2>
      <p>{isSignedOut ? 'Sign in again to go on where you are.' : detail}</p>
      {children}
      {error.requestId && <p class="request-id">Request id: <code>{error.requestId}</code></p>}
      {isSignedOut ? <button type="button" onClick={signInAgain}>Sign in again</button> : again && <button type="button" onClick={again}>Try again</button>}
    </div>
  );
}
