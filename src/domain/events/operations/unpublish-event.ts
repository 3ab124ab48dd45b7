import type { Answer, Call } from '../../../contract/binding.ts';
import { move } from '../transition.ts';
import { judgeUnpublish } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Makes a published event a draft again, while nobody is registered. */
export async function unpublishEvent(
  call: Call<'unpublishEvent'>,
  dependencies: Dependencies,
): Promise<Answer<'unpublishEvent'>> {
  return move(call, dependencies, () => ({
    expect: { status: 'published', registeredAtMost: 0 },
    set: { status: 'draft' },
    judge: judgeUnpublish,
  }));
}
