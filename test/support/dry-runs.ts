import { document } from '../../src/contract/generated/document.ts';
import type { OperationId } from '../../src/contract/operations.ts';

interface DescribedOperation {
  readonly operationId?: OperationId;
  readonly parameters?: readonly { readonly $ref?: string }[];
}

/** The operations that take `dryRun`, as the contract says. */
export const dryRunOperations: ReadonlySet<OperationId> = new Set(
  Object.values(document.paths).flatMap((item) =>
    Object.values(item as Record<string, DescribedOperation>).flatMap(({ operationId, parameters = [] }) =>
      operationId !== undefined && parameters.some(({ $ref }) => $ref?.endsWith('/DryRun')) ? [operationId] : [],
    ),
  ),
);
