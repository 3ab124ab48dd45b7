import { useState } from 'react';
import { Button } from './button.tsx';
import { useOnce } from './use-once.ts';
import { useServices } from '../services.ts';
import { explainSignIn } from '../session.ts';
import { type Message, texts } from '../texts.ts';

/** Takes the place of what only a signed-in visitor can see. */
export function SignInFirst({ message: [title, detail] }: { readonly message: Message }) {
  return (
    <div className="notice empty">
      <h2>{title}</h2>
      <p>{detail}</p>
      <SignInButton label={texts.signIn} />
    </div>
  );
}

interface SignInButtonProps {
  readonly label: string;
  /** Called before the visitor leaves this view. */
  before?(): void;
}

/** Starts a sign-in that returns to this view, or says why it cannot. */
export function SignInButton({ label, before }: SignInButtonProps) {
  const { signIn } = useServices();
  const [failure, setFailure] = useState<string>();
  const [once, busy] = useOnce();
  return (
    <>
      {failure && (
        <p className="field-error" role="alert">
          {failure}
        </p>
      )}
      <Button
        variant="primary"
        busy={busy}
        onClick={() => {
          before?.();
          once(() => signIn().catch((error: unknown) => setFailure(explainSignIn(error))));
        }}
      >
        {label}
      </Button>
    </>
  );
}
