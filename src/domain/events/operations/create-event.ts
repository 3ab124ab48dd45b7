import type { Call, OperationResult } from '../../../contract/binding.ts';
import { create } from '../create.ts';
import type { Dependencies } from '../dependencies.ts';
import { contentFromRequest, semanticErrors } from '../rules.ts';

/** Creates a draft. */
export async function createEvent(
  call: Call<'createEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'createEvent'>> {
  const content = contentFromRequest(call.body);
  const errors = semanticErrors(content, call.body);
  if (errors.length > 0) return { problem: 'invalid-event', errors };
  return create(call, dependencies, content, call.body);
}
