import type { Answer, Call } from '../../../contract/binding.ts';
import { create } from '../create.ts';
import { fromCreate, impossibilities } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Creates a draft. */
export async function createEvent(
  call: Call<'createEvent'>,
  dependencies: Dependencies,
): Promise<Answer<'createEvent'>> {
  const content = fromCreate(call.body);
  const errors = impossibilities(content, call.body);
  if (errors.length > 0) return { problem: 'invalid-event', errors };
  return create(call, dependencies, content, call.body);
}
