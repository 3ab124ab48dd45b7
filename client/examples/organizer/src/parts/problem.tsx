import type { ClientCode, EventsApiError } from '@event-management/client';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useServices } from '../services.ts';
import { explainSignIn, SessionEnded } from '../session.ts';
import { Button } from './button.tsx';
import { useOnce } from './use-once.ts';

type Message = readonly [title: string, detail: string];

/** Messages for errors without a problem of the API: no response, or one from a proxy. */
const ownMessages: Readonly<Record<ClientCode, Message> & Partial<Record<EventsApiError['code'], Message>>> = {
  'network-error': ['The API cannot be reached', 'Check your connection, and try again.'],
  timeout: ['The API takes too long', 'It did not respond in time. Try again in a moment.'],
  aborted: ['This was stopped', 'Try again when you want it after all.'],
  // Not from the API: the issuer did not provide a new token.
  unauthenticated: ['Your sign-in cannot be renewed', 'The sign-in service is not responding. Try again in a moment.'],
  'unexpected-response': ['Unexpected response', 'A proxy or network device may be in the way. Try again.'],
  'too-many-requests': ['Too many requests', 'Wait a moment, and try again.'],
  'service-unavailable': ['The service is not available', 'Try again in a moment.'],
};
/** Messages for problems whose own text refers to `errors`, which the page shows elsewhere. */
const errorsMessages: Readonly<Record<string, Message>> = {
  'invalid-request': ['Some of your input is not valid', 'Correct it, and try again.'],
  'invalid-filter': ['Some of these filters are not valid', 'Correct them, and try again.'],
  'invalid-event': ['Some of your input is not valid', 'Correct it, and try again.'],
  'not-publishable': ['This event is not ready to be published', 'Add what is missing:'],
};
const defaultMessage: Message = [
  'Something went wrong',
  'Try again, and include the request id if you contact support.',
];

function messageOf({ code, problem }: EventsApiError): Message {
  if (!problem) return ownMessages[code] ?? defaultMessage;
  return errorsMessages[code] ?? [problem.title, problem.detail];
}

interface ProblemProps {
  readonly error: EventsApiError;
  /** Replaces the message of the API. */
  readonly message?: Message | undefined;
  /** The action of "Try again". Without it the button is not shown. */
  readonly retry?: (() => void) | undefined;
  /** Returns the input to keep during a new sign-in. */
  readonly draft?: (() => unknown) | undefined;
  readonly children?: ComponentChildren;
}

/** An error of the API, with its request id for support. It scrolls into view when it appears, because the visitor may be elsewhere on the page. */
export function Problem({ error, message = messageOf(error), retry, draft, children }: ProblemProps) {
  const [title, detail] = message;
  const notice = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => notice.current?.scrollIntoView({ block: 'nearest' }), [error]);
  const { code, cause } = error;
  const isSignedOut = code === 'unauthenticated' && (cause === undefined || cause instanceof SessionEnded);
  return (
    <div ref={notice} class="notice problem" role="alert" tabIndex={-1}>
      <h2>{isSignedOut ? 'Your sign-in has ended' : title}</h2>
      <p>{isSignedOut ? 'Sign in again to continue; what you entered is kept.' : detail}</p>
      {children}
      {error.requestId && (
        <p class="request-id">
          Request id: <code>{error.requestId}</code>
        </p>
      )}
      {isSignedOut ? <SignInAgain draft={draft} /> : retry && <Button onClick={retry}>Try again</Button>}
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
