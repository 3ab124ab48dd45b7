import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { checks, type Flaw, flawed, requestWith, setStage, type Stage } from '../support/invalid-inputs.ts';
import { expectProblem } from '../support/problems.ts';
import { concert } from '../support/events.ts';

describe.each(transports)('a request that is wrong in several ways (%s)', (transport) => {
  let api: TestApi;
  let stage: Stage;
  beforeAll(async () => {
    api = await startTestApi(transport);
    stage = await setStage(api);
  });
  afterAll(() => api.stop());

  describe.each(flawed.map((one) => [one.operationId, one] as const))('for %s', (_id, operation) => {
    const code = (flaw: Flaw) => (flaw === 'conflict' ? operation.conflict : flaw);

    it.each(operation.flaws)('gets %s before all that is looked at later', async (flaw) => {
      const later = operation.flaws.slice(operation.flaws.indexOf(flaw) + 1);
      const sets = [[], ...later.map((one) => [one])]
        .map((others) => [flaw, ...others])
        .filter((all) => !operation.impossible?.(all));
      const answered = await Promise.all(
        sets.map(async (all) => [all.join(' and '), codeOf((await api.send(requestWith(all, operation, stage))).body)]),
      );
      expect(Object.fromEntries(answered)).toEqual(
        Object.fromEntries(sets.map((all) => [all.join(' and '), code(flaw)])),
      );
    });

    it('gets the first of everything at once, and the next when that is mended', async () => {
      let flaws = operation.flaws.filter((flaw, at, all) => !operation.impossible?.([flaw, ...all.slice(at + 1)]));
      while (flaws.length > 0) {
        const response = await api.send(requestWith(flaws, operation, stage));
        expect([flaws[0], codeOf(response.body)]).toEqual([flaws[0], code(flaws[0] as Flaw)]);
        flaws = flaws.slice(1);
      }
    });
  });

  it('gets a consumed key before the question whether the body is another one', async () => {
    const body = { ...concert, name: 'Another Night' };
    expectProblem(
      await api.send({
        method: 'POST',
        path: '/events',
        body,
        headers: { 'Idempotency-Key': stage.consumedKey },
        as: 'organizer',
      }),
      'idempotency-key-consumed',
    );
  });

  it('gets 405 with what the path has, and needs no token for that', async () => {
    const response = await api.send({
      method: 'PUT',
      path: `/events/${stage.ok}`,
      body: '{',
      headers: { 'Content-Type': 'text/plain' },
    });
    expectProblem(response, 'method-not-allowed');
    expect(response.headers).toMatchObject({ allow: 'DELETE, GET, HEAD, OPTIONS, PATCH' });
  });

  it('learns nothing about its body without a token', async () => {
    const bodies = ['{', JSON.stringify(concert), '[]', 'x'.repeat(70_000), undefined];
    const answers = await Promise.all(
      bodies.map((body) =>
        api.send({ method: 'POST', path: '/events', body, headers: { 'Content-Type': 'application/json' } }),
      ),
    );
    for (const response of answers) expectProblem(response, 'unauthenticated');
  });
});

it('is tried with every check', () => {
  const tried = new Set(flawed.flatMap(({ flaws }) => flaws));
  expect(checks.filter((flaw) => !tried.has(flaw))).toEqual([]);
});

function codeOf(body: unknown): unknown {
  return (body as { code?: unknown } | undefined)?.code;
}
