import type { OperationId } from './generated/operations.ts';
import type { OperationEntry } from './types.ts';

const warned = new Set<OperationId>();

/**
 * Warns the developer, once for each operation, of what will go away: of an operation that was deprecated already when this package was made, and of
 * whatever the API itself announces (RFC 9745, RFC 8594), which may be a parameter or a member, or be newer than the package.
 */
export function warnOnce(operation: OperationId, { deprecated }: OperationEntry, { headers }: Response): void {
  if (warned.has(operation) || !(deprecated || headers.has('deprecation'))) return;
  warned.add(operation);
  const sunset = headers.get('sunset');
  const what = deprecated ? 'is deprecated' : 'uses something that is deprecated';
  // eslint-disable-next-line no-console -- a warning is what this is
  console.warn(`@event-management/client: ${operation} ${what}${sunset ? `, and goes away on ${sunset}` : ''}. See the documentation of the API.`);
}
