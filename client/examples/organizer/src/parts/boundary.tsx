import type { ComponentChildren } from 'preact';
import { useErrorBoundary, useLayoutEffect } from 'preact/hooks';
import { defaultFilters } from '../list/filters.ts';
import { addressOf } from '../router.ts';
import { Button } from './button.tsx';
import { Heading } from './heading.tsx';

interface BoundaryProps {
  /** The address of the view. At another address it is rendered again. */
  readonly address: string;
  readonly children: ComponentChildren;
}

/** Replaces a view that throws while it is rendered, and reports the exception like an uncaught one. */
export function Boundary({ address, children }: BoundaryProps) {
  const [error, reset] = useErrorBoundary((thrown: unknown) => reportError(thrown)) as [unknown, () => void];
  useLayoutEffect(() => {
    if (error !== undefined) reset();
  }, [address]);
  if (error === undefined) return <>{children}</>;
  return (
    <>
      <Heading title="This view cannot be shown" />
      <div class="notice problem" role="alert">
        <p>Something on this page does not work. Your events are not affected.</p>
        <Button onClick={reset}>Try again</Button>{' '}
        <a class="button quiet" href={addressOf({ name: 'list', filters: defaultFilters })}>
          All events
        </a>
      </div>
    </>
  );
}
