import type { Call, OperationResult } from '../../../contract/binding.ts';
import { document } from '../../../contract/generated/document.ts';

/** Says that the process runs. It touches neither tables nor keys. */
export async function getHealth(_call: Call<'getHealth'>): Promise<OperationResult<'getHealth'>> {
  return { status: 200, body: { status: 'ok', version: document.info.version } };
}
