/** Access of organizers to events. */
import { firstProblem } from '../shared/requirement.ts';
import type { EventRecord } from './model.ts';
import { requires, requiresMatch } from './requirements.ts';

interface Access {
  readonly event: EventRecord;
}
interface NoAccess {
  readonly problem: 'event-not-found' | 'not-event-organizer';
}
interface NoMatch {
  readonly problem: 'precondition-failed';
  readonly headers: { readonly ETag: string };
}

/**
 * The event that a caller may use as its organizer, or the problem: 404 if it does not exist or is invisible to the caller, 403 if
 * it is another organizer's.
 */
export function organizerAccess(event: EventRecord | undefined, caller: string): Access | NoAccess {
  if (event === undefined) return { problem: 'event-not-found' };
  return firstProblem([requires.organizer(caller)], event) ?? { event };
}

/** The event that a caller may change, or the problem: those of {@link organizerAccess}, then 412 if If-Match does not match. */
export function accessTo(
  event: EventRecord | undefined,
  caller: string,
  ifMatch: string | undefined,
): Access | NoAccess | NoMatch {
  const access = organizerAccess(event, caller);
  if ('problem' in access) return access;
  return firstProblem(requiresMatch(ifMatch), access.event) ?? access;
}
