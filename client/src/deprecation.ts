import type { OperationId } from './generated/operations.ts';
import type { Logger } from './types.ts';

const warned = new Set<OperationId>();

/**
 * Logs a warning, once per operation, if the API reports that a call uses something deprecated (RFC 9745, RFC 8594): the
 * operation, a parameter or a field. This includes what was deprecated after this version of the package.
 */
export function warnOnce(operation: OperationId, { headers }: Response, logger: Logger): void {
  if (warned.has(operation) || !headers.has('deprecation')) return;
  warned.add(operation);
  logger.warn(`${operation} uses a deprecated feature. Sunset: ${headers.get('sunset') ?? 'unknown'}`);
}
