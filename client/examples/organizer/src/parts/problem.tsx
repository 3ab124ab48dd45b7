import type { ClientCode, EventsApiError } from '@event-management/client';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useServices } from '../services.ts';
import { explainSignIn } from '../session.ts';
import { Button } from './button.tsx';
import { useOnce } from './use-once.ts';

type Words = readonly [title: string, detail: string];

/** For what the API itself has no words: no answer at all, or one that something in front of it made. */
const ownWords: Readonly<Record<ClientCode, Words> & Partial<Record<EventsApiError['code'], Words>>> = {
  'network-error': ['The API cannot be reached', 'Check your connection, and try again.'],
  timeout: ['The API takes too long', 'It did not answer in time. Try again in a moment.'],
  aborted: ['This was stopped', 'Try again when you want it after all.'],
  // Where the API has not said so, the issuer was asked for a fresh token in vain.
  unauthenticated: ['Your sign-in cannot be renewed', 'The sign-in service does not answer. Try again in a moment.'],
  'unexpected-response': [
    "The answer is not the API's",
    'Something between this page and the API answered instead of it.',
  ],
  'too-many-requests': ['Too many requests', 'Wait a moment, and try again.'],
  'service-unavailable': ['The service is not available', 'Try again in a moment.'],
};
const noWords: Words = [
  'Something went wrong',
  'It is not your fault. Try again, and quote the request id when you ask for help.',
];

function wordsOf({ code, problem }: EventsApiError): Words {
  return problem ? [problem.title, problem.detail] : (ownWords[code] ?? noWords);
}

interface ProblemProps {
  readonly error: EventsApiError;
  /** In place of the API's own words. */
  readonly words?: Words | undefined;
  /** What "Try again" does. Without it there is no such button. */
  readonly again?: (() => void) | undefined;
  /** What was typed, and must outlive a new sign-in. */
  readonly draft?: (() => unknown) | undefined;
  readonly children?: ComponentChildren;
}

/** An error of the API, with its request id for whoever is asked for help. */
export function Problem({ error, words = wordsOf(error), again, draft, children }: ProblemProps) {
  const [title, detail] = words;
  const isSignedOut = error.code === 'unauthenticated' && error.cause === undefined;
  return (
    <div class="notice problem" role="alert">
      <h2>{isSignedOut ? 'Your sign-in has ended' : title}</h2>
      <p>{isSignedOut ? 'Sign in again to go on where you are.' : detail}</p>
      {children}
      {error.requestId && (
        <p class="request-id">
          Request id: <code>{error.requestId}</code>
        </p>
      )}
      {isSignedOut ? <SignInAgain draft={draft} /> : again && <Button onClick={again}>Try again</Button>}
    </div>
  );
}

function SignInAgain({ draft }: Pick<ProblemProps, 'draft'>) {
  const { signInAgain } = useServices();
  const [failure, setFailure] = useState<string>();
  const [once, busy] = useOnce();
  const leave = () => signInAgain(draft).catch((error: unknown) => setFailure(explainSignIn(error)));
  return (
    <>
      {failure && <p>{failure}</p>}
      <Button busy={busy} onClick={() => once(leave)}>
        Sign in again
      </Button>
    </>
  );
}
