import type { EventsApiError } from '@event-management/client';
import { Button } from '../shared/parts/button.tsx';
import { SignInButton } from '../shared/parts/sign-in-first.tsx';
import { texts as common } from '../shared/texts.ts';
import { dateTimeOf, ownTimeZone } from '../shared/time.ts';
import { texts } from './texts.ts';

interface KeptNoticeProps {
  readonly keptAt: string;
  /** Why it could not be loaded; undefined without a sign-in. */
  readonly outage: EventsApiError | undefined;
  readonly busy: boolean;
  /** What was kept, such as "This is the ticket as it was on …". */
  text(time: string): string;
  retry(): void;
}

/** Says how old the data from this device is, and loads it again on request. */
export function KeptNotice({ keptAt, outage, busy, text, retry }: KeptNoticeProps) {
  const isSignedOut = !outage || outage.code === 'unauthenticated';
  const reason = !navigator.onLine ? texts.offline : isSignedOut ? texts.signedOut : texts.unreachable;
  return (
    <div className="notice">
      <p role="status">
        {reason} {text(dateTimeOf(keptAt, ownTimeZone()))}
      </p>
      {isSignedOut ? (
        <SignInButton label={outage ? common.signInAgain : common.signIn} />
      ) : (
        <Button busy={busy} onClick={retry}>
          {common.tryAgain}
        </Button>
      )}
    </div>
  );
}
