import type { Answer, Call } from '../../../contract/binding.ts';
import { move } from '../transition.ts';
import { judgePublish } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Shows a draft to everybody. */
export async function publishEvent(
  call: Call<'publishEvent'>,
  dependencies: Dependencies,
): Promise<Answer<'publishEvent'>> {
  return move(call, dependencies, (at) => ({
    expect: { status: 'draft', hasLocation: true, startsAfter: at },
    set: { status: 'published' },
    judge: (event) => judgePublish(event, at),
  }));
}
