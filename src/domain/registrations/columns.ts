import type { Registration } from '../../contract/generated/types.ts';
import type { Column } from '../../lib/csv.ts';

/** The columns of an event's registrations as a table, for its organizer. The codes of tickets are not among them. */
export const columns: readonly Column<Registration>[] = [
  { name: 'number', valueOf: ({ number }) => number },
  { name: 'status', valueOf: ({ status }) => status },
  { name: 'name', valueOf: ({ name }) => name },
  { name: 'email', valueOf: ({ email }) => email },
  { name: 'registeredAt', valueOf: ({ registeredAt }) => registeredAt },
  { name: 'checkedInAt', valueOf: ({ checkedInAt }) => checkedInAt },
  { name: 'cancelledAt', valueOf: ({ cancellation }) => cancellation?.at },
];
