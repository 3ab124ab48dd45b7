import { Button } from './parts/button.tsx';
import { Heading } from './parts/heading.tsx';
import { useOnce } from './parts/use-once.ts';

interface WelcomeProps {
  /** Why the last attempt failed. */
  readonly problem?: string | undefined;
  signIn(): Promise<void>;
}

/** The page of a visitor who is not signed in. */
export function Welcome({ problem, signIn }: WelcomeProps) {
  const [once, busy] = useOnce();
  return (
    <main class="welcome">
      <Heading title="Organizer" />
      <p>Create events, publish them when they are ready, and keep them up to date.</p>
      {problem && (
        <p class="notice problem" role="alert">
          {problem}
        </p>
      )}
      <Button variant="primary" busy={busy} onClick={() => once(signIn)}>
        {problem ? 'Try again' : 'Sign in'}
      </Button>
    </main>
  );
}

/** The page if it cannot be started, such as without a configuration. */
export function StartFailure({ message }: { readonly message: string }) {
  return (
    <main class="welcome">
      <Heading title="Organizer" />
      <p class="notice problem" role="alert">
        {message}
      </p>
      <Button variant="primary" onClick={() => location.reload()}>
        Try again
      </Button>
    </main>
  );
}
