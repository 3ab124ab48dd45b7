import type { Handlers } from '../../contract/binding.ts';
import { getHealth } from './operations/get-health.ts';

/** The handler of the health check. */
export function createHealthHandlers(): Pick<Handlers, 'getHealth'> {
  return { getHealth };
}
