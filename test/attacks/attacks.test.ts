/**
 * Requests that are made from the contract alone: valid ones are done, or refused for what stands in the database; with one fault they are refused
 * with 400 that names it, and nothing has changed. More and the same again: make test ARGS=test/attacks ATTACK_RUNS=100 ATTACK_SEED=1
 */
import fc, { type Arbitrary } from 'fast-check';
import type { FaultCode } from '../../src/contract/generated/types.ts';
import { operations } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, transports } from '../support/api.ts';
import { cancelled, draft, type Event, published } from '../support/events.ts';
import { expectProblem, faultsOf } from '../support/problems.ts';
import { nobodysEventId } from '../support/requests.ts';
import { type Attack, attacksOn, validRequests } from './requests.ts';

const seed = Number(process.env['ATTACK_SEED'] || Date.now() % 2 ** 31);
const runs = Number(process.env['ATTACK_RUNS'] || 10);
/** Valid requests are few kinds, and each has many parts. */
const validRuns = 5 * runs;
/** For all runs of one test, in milliseconds, with what it takes to make a failure small. */
const time = 20_000 + 100 * runs;

const attacks = operations.flatMap((operation) => attacksOn(operation).map((one) => ({ ...one, title: `${operation.operationId}, ${one.title}` })));

describe.each(transports)('attacks (%s)', (transport) => {
  let api: TestApi;
  let target: Event;
  /** Made once: to sign one for each request would take longer than the request. */
  let authorization: string;
  let cases = 0;
  beforeAll(async () => {
    api = await startTestApi(transport);
    target = await published(api);
    authorization = `Bearer ${await api.issuer.tokenFor('organizer')}`;
  });
  afterAll(async () => {
    await api.stop();
    process.stderr.write(`${cases} requests made from the contract (${transport}). The same again: make test ATTACK_SEED=${seed} ATTACK_RUNS=${runs}\n`);
  });

  /** Tries many; a failure says which one, made as small as it can be, and the seed. */
  function forAny<T>(values: Arbitrary<T>, numRuns: number, test: (value: T) => Promise<void>): Promise<void> {
    cases += numRuns;
    return fc.assert(fc.asyncProperty(values, test), { seed, numRuns, interruptAfterTimeLimit: time, markInterruptAsFailure: true });
  }
  function send(request: TestRequest) {
    return api.send({ ...request, headers: { authorization, ...request.headers } });
  }
  /** All events of the organizer, of whom nobody else is there. */
  async function everything(): Promise<unknown> {
    const { status, body } = await send({ path: '/events?organizerId=me&limit=100&startsAfter=2000-01-01T00:00:00Z' });
    expect(status).toBe(200);
    return body as unknown;
  }

  it.each(attacks)('are refused: $title', async ({ code, attacks: attacksOnEvent }) => {
    const before = await everything();
    await forAny(attacksOnEvent(target.eventId), runs, ({ request, fault }) => expectRefused(request, fault, code));
    expect(await everything()).toEqual(before);
  }, 2 * time);

  async function expectRefused(request: TestRequest, fault: Attack['fault'], code: FaultCode): Promise<void> {
    const response = await send(request);
    const place = 'pointer' in fault ? fault.pointer : fault.parameter;
    const faults = faultsOf(response);
    // One place may have several faults: what is too short seldom has the right form.
    expect(faults).toContainEqual([place, code]);
    expectProblem(response, 'invalid-request', { faults: faults.map(([, other]) => [place, other]) });
    expect(response.body.errors).toContainEqual({ ...fault, code, detail: expect.any(String) });
  }

  it.each(operations.map((operation) => [operation.operationId, operation] as const))('are none where they are valid: %s', async (_id, operation) => {
    const events = await Promise.all([draft(api), published(api), cancelled(api)]);
    const requests = validRequests(operation, fc.constantFrom(nobodysEventId, ...events.map(({ eventId }) => eventId)));
    await forAny(requests, validRuns, async (request) => {
      const { status } = await send(request);
      expect(status < 300 || [404, 409, 412, 422].includes(status)).toBe(true);
    });
  }, 2 * time);
});
