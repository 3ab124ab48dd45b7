import { isDeepStrictEqual } from 'node:util';
import type { Call, OperationResult } from '../../../contract/binding.ts';
import { withoutNull } from '../../../lib/without-null.ts';
import { etagOf } from '../../shared/etag.ts';
import { instantOf } from '../../shared/instants.ts';
import { isAt, preconditionOf } from '../../shared/precondition.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import type { Dependencies } from '../dependencies.ts';
import { findRegistration } from '../find.ts';
import { detailsProblem, isChangeable } from '../rules.ts';
import { organizerResponse } from '../view.ts';

/** Changes name, address and answers of a registration for one of the caller's events. */
export async function updateRegistration(
  call: Call<'updateRegistration'>,
  dependencies: Dependencies,
): Promise<OperationResult<'updateRegistration'>> {
  const { body, headers, requestId, signal } = call;
  const at = instantOf(dependencies.now());
  const required = preconditionOf(headers['If-Match']);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const found = await findRegistration(call, dependencies);
    if ('problem' in found) return found;
    const { event, record } = found;
    const state = { ...found, at };
    if (required !== undefined && !isAt(record, required))
      return { problem: 'precondition-failed', headers: { ETag: etagOf(record) } };
    if (!isChangeable(record)) return { problem: 'registration-cancelled' };
    if (isDeepStrictEqual(withoutNull({ ...record, ...body }), record)) return organizerResponse(record, state);
    // Answers that stay as they are were valid when they were accepted. They can be removed at any time.
    if (body.answers && !isDeepStrictEqual(body.answers, record.answers)) {
      const invalid = detailsProblem(event, { answers: body.answers });
      if (invalid) return invalid;
    }
    const written = await dependencies.registrations.updateDetails(record, body, { at, requestId, signal });
    if (written.ok) return organizerResponse(written.record, state);
  }
  return { problem: 'concurrent-change' };
}
