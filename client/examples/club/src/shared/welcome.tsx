import { useEffect, useState } from 'react';
import { isolated } from './parts/bidi.ts';
import { Button } from './parts/button.tsx';
import { Heading, pageName } from './parts/heading.tsx';
import { useOnce } from './parts/use-once.ts';
import { texts } from './texts.ts';

interface WelcomeProps {
  /** What the page is for. */
  readonly purpose: string;
  /** Why the last attempt failed. */
  readonly problem?: string | undefined;
  /** The name of the event that the address leads to, where anyone can see it. */
  eventName(): Promise<string | undefined>;
  signIn(): Promise<void>;
}

/** The page of a visitor who is not signed in. */
export function Welcome({ purpose, problem, eventName, signIn }: WelcomeProps) {
  const [once, busy] = useOnce();
  const [name, setName] = useState<string>();
  useEffect(() => void eventName().then(setName), []);
  return (
    <main className="welcome">
      <Heading title={pageName} />
      <p>{purpose}</p>
      {name !== undefined && <p>{texts.leadsTo(isolated(name))}</p>}
      {problem && (
        <p className="notice problem" role="alert">
          {problem}
        </p>
      )}
      <Button variant="primary" busy={busy} onClick={() => once(signIn)}>
        {problem ? texts.tryAgain : texts.signIn}
      </Button>
    </main>
  );
}

/** The page if it cannot be started, such as without a configuration. */
export function StartFailure({ message }: { readonly message: string }) {
  return (
    <main className="welcome">
      <Heading title={pageName} />
      <p className="notice problem" role="alert">
        {message}
      </p>
      <Button variant="primary" onClick={() => location.reload()}>
        {texts.tryAgain}
      </Button>
    </main>
  );
}
