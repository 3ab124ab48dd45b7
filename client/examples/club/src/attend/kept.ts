/** What this device keeps of what the visitor has seen, so that it can be shown without a network. It is removed when its owner signs out. */
import type { EventsApiError } from '@event-management/client';
import { useEffect, useRef } from 'react';
import { isOutage } from '../shared/offline/outage.ts';
import { useServices } from '../shared/services.ts';

const prefix = 'kept:';

/** Something as it was when it was last loaded. */
export type Kept<Content> = Content & {
  /** When that was (RFC 3339). */
  readonly keptAt: string;
  /** The id of the user whose it is. */
  readonly owner: string;
};

function keep(name: string, kept: Kept<object>): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(kept));
  } catch {
    // The storage is full, or not allowed. What was loaded is shown all the same.
  }
}

/** What is stored on this device, unless it belongs to a user other than the visitor. A device that is offline may have no visitor. */
function find<Content>(name: string, visitor: string | undefined): Kept<Content> | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(prefix + name) ?? 'null') as Kept<Content> | null;
    return kept && [undefined, kept.owner].includes(visitor) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** What a view has loaded. */
interface Loaded<Content> {
  readonly content: Content | undefined;
  /** When it was loaded, in milliseconds. */
  readonly loadedAt: number;
  /** Why it could not be loaded now. */
  readonly error: EventsApiError | undefined;
}

/** What takes its place. */
interface Substitute<Content> {
  readonly kept: Kept<Content>;
  /** Why it could not be loaded; undefined without a sign-in. */
  readonly outage: EventsApiError | undefined;
}

/**
 * Keeps what a view has loaded.
 *
 * @returns what was kept, if it cannot be loaded because there is no connection or no sign-in; undefined if it can, or if this device has nothing
 */
export function useKept<Content extends object>(
  name: string,
  { content, loadedAt, error }: Loaded<Content>,
): Substitute<Content> | undefined {
  const { visitor } = useServices();
  useEffect(() => {
    if (content && visitor) keep(name, { ...content, keptAt: new Date(loadedAt).toISOString(), owner: visitor.id });
  }, [loadedAt]);
  const outage = useRef<EventsApiError>(undefined);
  if (error) outage.current = isOutage(error) ? error : undefined;
  // Else it stays while the visitor tries again.
  else if (content) outage.current = undefined;
  const kept = !visitor || outage.current ? find<Content>(name, visitor?.id) : undefined;
  return kept && { kept, outage: outage.current };
}

/** Removes everything from this device. */
export function forgetKept(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
