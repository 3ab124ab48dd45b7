import type { EventsApiError } from '@event-management/client';
import type { ReactNode } from 'react';
import { type Message, texts } from '../texts.ts';
import { Heading } from './heading.tsx';
import { Problem } from './problem.tsx';

interface LoadFailureProps {
  readonly error: EventsApiError;
  /** A link that leads on. */
  readonly children: ReactNode;
  retry(): void;
}

/** The view of an event that could not be loaded. */
export function LoadFailure({ error, retry, children }: LoadFailureProps) {
  // The API rejects an id in a form other than its own, such as one that was copied without its end.
  const isNotFound = error.code === 'event-not-found' || error.code === 'invalid-request';
  return (
    <>
      {children}
      {isNotFound ? (
        <NotFound message={texts.noSuchEvent} />
      ) : (
        <>
          <Heading title={texts.eventNotShown} />
          <Problem error={error} retry={retry} />
        </>
      )}
    </>
  );
}

/** Says that there is nothing at an address. */
export function NotFound({ message: [title, detail] }: { readonly message: Message }) {
  return (
    <>
      <Heading title={title} />
      <p>{detail}</p>
    </>
  );
}
