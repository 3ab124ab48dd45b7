import type { OperationId } from './generated/operations.ts';

const warned = new Set<OperationId>();

/**
 * Warns the developer, once for each operation, of what the API says is going away (RFC 9745, RFC 8594): the operation itself, a parameter
 * or a member. So it warns also of what was retired after this package was made.
 */
export function warnOnce(operation: OperationId, { headers }: Response): void {
  if (warned.has(operation) || !headers.has('deprecation')) return;
  warned.add(operation);
  // eslint-disable-next-line no-console -- a warning is what this is
  console.warn(`${operation} uses what is deprecated. Sunset:`, headers.get('sunset') ?? 'unknown');
}
