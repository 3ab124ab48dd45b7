import { startTestApi, type TestApi, transports } from '../support/api.ts';
import {
  type Check,
  checkedOperations,
  checks,
  requestFailing,
  createFixtures,
  type Fixtures,
} from '../support/invalid-inputs.ts';
import { expectProblem } from '../support/problems.ts';
import { concert } from '../support/events.ts';
import { sampled } from '../support/sample.ts';

describe.each(transports)('a request with several errors (%s)', (transport) => {
  let api: TestApi;
  let fixtures: Fixtures;
  beforeAll(async () => {
    api = await startTestApi(transport);
    fixtures = await createFixtures(api);
  });
  afterAll(() => api.stop());

  describe.each(sampled(checkedOperations).map((one) => [one.operationId, one] as const))(
    'for %s',
    (_id, operation) => {
      const code = (check: Check) => (check === 'conflict' ? operation.conflict : check);

      it.each(operation.checks)('gets %s before the code of any later check', async (check) => {
        const later = operation.checks.slice(operation.checks.indexOf(check) + 1);
        const sets = [[], ...later.map((one) => [one])]
          .map((others) => [check, ...others])
          .filter((all) => !operation.incompatible?.(all));
        const codes = await Promise.all(
          sets.map(async (all) => [
            all.join(' and '),
            codeOf((await api.send(requestFailing(all, operation, fixtures))).body),
          ]),
        );
        expect(Object.fromEntries(codes)).toEqual(
          Object.fromEntries(sets.map((all) => [all.join(' and '), code(check)])),
        );
      });

      it('gets the code of the first failed check, and the next code once that error is fixed', async () => {
        let failed = operation.checks.filter(
          (check, at, all) => !operation.incompatible?.([check, ...all.slice(at + 1)]),
        );
        while (failed.length > 0) {
          const response = await api.send(requestFailing(failed, operation, fixtures));
          expect([failed[0], codeOf(response.body)]).toEqual([failed[0], code(failed[0] as Check)]);
          failed = failed.slice(1);
        }
      });
    },
  );

  it('gets idempotency-key-consumed even if the body differs from that of the first request', async () => {
    const body = { ...concert, name: 'Another Night' };
    expectProblem(
      await api.send({
        method: 'POST',
        path: '/events',
        body,
        headers: { 'Idempotency-Key': fixtures.consumedKey },
        as: 'organizer',
      }),
      'idempotency-key-consumed',
    );
  });

  it('gets 405 with the allowed methods, even without a token', async () => {
    const response = await api.send({
      method: 'PUT',
      path: `/events/${fixtures.ok}`,
      body: '{',
      headers: { 'Content-Type': 'text/plain' },
    });
    expectProblem(response, 'method-not-allowed');
    expect(response.headers).toMatchObject({ allow: 'DELETE, GET, HEAD, OPTIONS, PATCH' });
  });

  it('gets 401 for an invalid token before anything else is checked, also where a token is optional', async () => {
    const headers = { Authorization: 'Bearer garbage' };
    for (const path of ['/events/x', `/events/${fixtures.ok}?color=red`, `/events/${fixtures.ok}`])
      expect(await api.send({ path, headers })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    // Without one, what the path names comes after the request itself.
    expectProblem(await api.send({ path: `/events/${fixtures.ok}?color=red` }), 'invalid-request', {
      errors: [['color', 'unknown-parameter']],
    });
    expectProblem(await api.send({ path: `/events/${fixtures.ok}` }), 'event-not-found');
  });

  it('gets 401 without a token, regardless of its body', async () => {
    const bodies = ['{', JSON.stringify(concert), '[]', 'x'.repeat(70_000), undefined];
    const responses = await Promise.all(
      bodies.map((body) =>
        api.send({ method: 'POST', path: '/events', body, headers: { 'Content-Type': 'application/json' } }),
      ),
    );
    for (const response of responses) expectProblem(response, 'unauthenticated');
  });
});

it('the tests of the order of checks cover every check', () => {
  const tried = new Set(checkedOperations.flatMap((operation) => operation.checks));
  expect(checks.filter((check) => !tried.has(check))).toEqual([]);
});

function codeOf(body: unknown): unknown {
  return (body as { code?: unknown } | undefined)?.code;
}
