import type { ClientCode, EventsApiError } from '@event-management/client';
import type { ComponentChildren } from 'preact';
import { useServices } from '../services.ts';

type Words = readonly [title: string, detail: string];

/** For what the API itself has no words: no answer at all, or one that something in front of it made. */
const ownWords: Readonly<Record<ClientCode, Words> & Partial<Record<EventsApiError['code'], Words>>> = {
  'network-error': ['The API cannot be reached', 'Check your connection, and try again.'],
  timeout: ['The API takes too long', 'It did not answer in time. Try again in a moment.'],
  aborted: ['This was stopped', 'Try again when you want it after all.'],
  'unexpected-response': ['The answer is not the API\'s', 'Something between this page and the API answered instead of it.'],
  'too-many-requests': ['Too many requests', 'Wait a moment, and try again.'],
  'service-unavailable': ['The service is not available', 'Try again in a moment.'],
};
const noWords: Words = ['Something went wrong', 'It is not your fault. Try again, and quote the request id when you ask for help.'];

function wordsOf({ code, problem }: EventsApiError): Words {
  return problem ? [problem.title, problem.detail] : (ownWords[code] ?? noWords);
}

interface ProblemProps {
  readonly error: EventsApiError;
  /** In place of the API's own words. */
  readonly words?: Words | undefined;
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
