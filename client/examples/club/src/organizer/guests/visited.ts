/** The guest that was shown last, so that the list continues there. */
import type { Registration } from '@event-management/client';

type Guest = Pick<Registration, 'eventId' | 'number'>;
let visited: Guest | undefined;

export const markVisited = (guest: Guest) => void (visited = guest);

/** Whether this guest was shown last; true once. */
export function takeVisited({ eventId, number }: Guest): boolean {
  const matches = visited?.eventId === eventId && visited.number === number;
  if (matches) visited = undefined;
  return matches;
}
