import type { Answer, Call } from '../../../contract/binding.ts';
import { move } from '../transition.ts';
import { judgeUnpublish } from '../rules.ts';
import type { Services } from '../services.ts';

/** Makes a published event a draft again, while nobody is registered. */
export async function unpublishEvent(
  call: Call<'unpublishEvent'>,
  services: Services,
): Promise<Answer<'unpublishEvent'>> {
  return move(call, services, () => ({
    expect: { status: 'published', registeredAtMost: 0 },
    set: { status: 'draft' },
    judge: judgeUnpublish,
  }));
}
