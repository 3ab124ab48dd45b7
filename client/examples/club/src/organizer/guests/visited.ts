/** The guest that was shown last, so that the list continues there. */
import type { Registration } from '@event-management/client';

type Guest = Pick<Registration, 'eventId' | 'number'>;
let visited: Guest | undefined;

export const markVisited = (guest: Guest) => void (visited = guest);

/** The number of the guest of this event that was shown last; once. */
export function takeVisited(eventId: string): number | undefined {
  const number = visited?.eventId === eventId ? visited.number : undefined;
  visited = undefined;
  return number;
}
