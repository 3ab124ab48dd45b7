import type { Answer, Call } from '../../contract/binding.ts';
import { move } from '../change.ts';
import { instantOf } from '../instants.ts';
import { judgePublish } from '../rules.ts';
import type { Services } from '../services.ts';

/** Shows a draft to everybody. */
export async function publishEvent(call: Call<'publishEvent'>, services: Services): Promise<Answer<'publishEvent'>> {
  const now = instantOf(services.now());
  return move(call, services, {
    expect: { status: 'draft', hasLocation: true, startsAfter: now },
    set: { status: 'published' },
    judge: (event) => judgePublish(event, now),
  });
}
