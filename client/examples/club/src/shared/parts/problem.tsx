import type { EventsApiError } from '@event-management/client';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useServices } from '../services.ts';
import { explainSignIn, SessionEnded } from '../session.ts';
import { type Message, texts } from '../texts.ts';
import { Button } from './button.tsx';
import { useOnce } from './use-once.ts';

function messageOf({ code, problem }: EventsApiError): Message {
  if (!problem) return texts.ownMessages[code] ?? texts.otherProblem;
  return texts.problems[code] ?? (texts.apiTexts ? [problem.title, problem.detail] : texts.otherProblem);
}

interface ProblemProps {
  readonly error: EventsApiError;
  /** Replaces the message of the API. */
  readonly message?: Message | undefined;
  /** The action of "Try again". Without it the button is not shown. */
  readonly retry?: (() => void) | undefined;
  /** Returns the input to keep during a new sign-in. */
  readonly draft?: (() => unknown) | undefined;
  readonly children?: ReactNode;
}

/** An error of the API, with its request id for support unless the visitor can correct it. It scrolls into view when it appears, because the visitor may be elsewhere on the page. */
export function Problem({ error, message = messageOf(error), retry, draft, children }: ProblemProps) {
  const [title, detail] = message;
  const notice = useRef<HTMLDivElement>(null);
  const { announce } = useServices();
  useLayoutEffect(() => {
    notice.current?.scrollIntoView({ block: 'nearest' });
    // What an earlier message says may no longer be true.
    announce('');
  }, [error]);
  const { code, cause } = error;
  const isCorrectable = (error.problem?.errors ?? []).length > 0;
  const isSignedOut = code === 'unauthenticated' && (cause === undefined || cause instanceof SessionEnded);
  return (
    <div ref={notice} className="notice problem" role="alert" tabIndex={-1}>
      <h2>{isSignedOut ? texts.signInEnded[0] : title}</h2>
      <p>{isSignedOut ? texts.signInEnded[1] : detail}</p>
      {children}
      {error.requestId && !isCorrectable && (
        <p className="request-id">
          {texts.requestId}: <code>{error.requestId}</code>
        </p>
      )}
      {isSignedOut ? <SignInAgain draft={draft} /> : retry && <Button onClick={retry}>{texts.tryAgain}</Button>}
    </div>
  );
}

function SignInAgain({ draft }: Pick<ProblemProps, 'draft'>) {
  const { signIn } = useServices();
  const [failure, setFailure] = useState<string>();
  const [once, busy] = useOnce();
  const leave = () => signIn(draft).catch((error: unknown) => setFailure(explainSignIn(error)));
  return (
    <>
      {failure && <p>{failure}</p>}
      <Button busy={busy} onClick={() => once(leave)}>
        {texts.signInAgain}
      </Button>
    </>
  );
}
