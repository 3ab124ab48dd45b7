import type { OperationId } from './generated/operations.ts';

const warned = new Set<OperationId>();

/**
 * Warns on the console, once per operation, if the API reports that a call uses something deprecated (RFC 9745, RFC 8594): the
 * operation, a parameter or a field. This includes what was deprecated after this version of the package.
 */
export function warnOnce(operation: OperationId, { headers }: Response): void {
  if (warned.has(operation) || !headers.has('deprecation')) return;
  warned.add(operation);
  // eslint-disable-next-line no-console -- developers read deprecation warnings there
  console.warn(`${operation} uses a deprecated feature. Sunset:`, headers.get('sunset') ?? 'unknown');
}
