/**
 * Requests that are made from the contract alone: valid ones are done, or refused for what stands in the database; with one error they are refused
 * with 400 that names it, and nothing has changed. More and the same again: make test ARGS=test/fuzz ATTACK_RUNS=100 ATTACK_SEED=1
 */
import { randomUUID } from 'node:crypto';
import fc, { type Arbitrary } from 'fast-check';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { contract, type Operation, operations, resolve } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, transports } from '../support/api.ts';
import { concert, type Event } from '../support/events.ts';
import { expectProblem, fieldErrorsOf } from '../support/problems.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { type Attack, attacksOn, validRequests } from './requests.ts';

const seed = Number(process.env['ATTACK_SEED'] || Date.now() % 2 ** 31);
const runs = Number(process.env['ATTACK_RUNS'] || 10);
/** Valid requests are few kinds, and each has many parts. */
const validRuns = 5 * runs;
/** For all runs of one test, in milliseconds, with what it takes to make a failure small. */
const time = 20_000 + 100 * runs;

const attacks = operations.flatMap((operation) =>
  attacksOn(operation).map((one) => ({ ...one, title: `${operation.operationId}, ${one.title}` })),
);

/** Whether the members of the request are those of the event. */
function isWrite({ requestBody }: Operation): boolean {
  const [media] = Object.values(requestBody ? resolve(requestBody).content : {});
  const members = Object.keys((media && resolve(media.schema).properties) ?? {});
  return (
    members.length > 0 && members.every((name) => name in (contract.components.schemas['Event']?.properties ?? {}))
  );
}
/** An instant as it is answered: in UTC, without its fraction. */
const inUtc = (text: string) => new Date(text).toISOString().replace(/\.\d+/, '');

describe.each(transports)('attacks (%s)', (transport) => {
  let api: TestApi;
  let target: string;
  /** Made once: to sign one for each request would take longer than the request. */
  let authorization: string;
  let cases = 0;
  beforeAll(async () => {
    api = await startTestApi(transport);
    await begin();
  });
  afterAll(async () => {
    await api.stop();
    process.stderr.write(
      `${cases} requests made from the contract (${transport}). The same again: make test ATTACK_SEED=${seed} ATTACK_RUNS=${runs}\n`,
    );
  });

  /** A new organizer with one event. */
  async function begin(): Promise<void> {
    authorization = `Bearer ${await api.issuer.token({ sub: randomUUID() })}`;
    target = await event('publish');
  }
  /** The id of a new event, after these operations on it. */
  async function event(...verbs: string[]): Promise<string> {
    const { body } = await send({ method: 'POST', path: '/events', body: concert });
    const { eventId } = body as Event;
    for (const verb of verbs)
      expect(await send({ method: 'POST', path: `/events/${eventId}/${verb}` })).toMatchObject({ status: 200 });
    return eventId;
  }
  /** Tries many; a failure says which one, made as small as it can be, and the seed. */
  function forAny<T>(values: Arbitrary<T>, numRuns: number, test: (value: T) => Promise<void>): Promise<void> {
    cases += numRuns;
    return fc.assert(fc.asyncProperty(values, test), {
      seed,
      numRuns,
      interruptAfterTimeLimit: time,
      markInterruptAsFailure: true,
    });
  }
  function send(request: TestRequest) {
    return api.send({ ...request, headers: { authorization, ...request.headers } });
  }
  /** All events of the organizer. */
  async function everything(): Promise<unknown> {
    const { status, body } = await send({ path: '/events?organizerId=me&limit=100&startsFrom=2000-01-01T00:00:00Z' });
    expect(status).toBe(200);
    return body as unknown;
  }

  it.each(attacks)(
    'are refused: $title',
    async ({ code, attacks: attacksOnEvent }) => {
      try {
        const before = await everything();
        await forAny(attacksOnEvent(target), runs, ({ request, location }) => expectRefused(request, location, code));
        expect(await everything()).toEqual(before);
      } catch (error) {
        // What this one has left behind must not fail the next one.
        await begin();
        throw error;
      }
    },
    2 * time,
  );

  async function expectRefused(
    request: TestRequest,
    location: Attack['location'],
    code: FieldErrorCode,
  ): Promise<void> {
    const response = await send(request);
    const place = 'pointer' in location ? location.pointer : location.parameter;
    const errors = fieldErrorsOf(response);
    // One place may have several errors: what is too short seldom has the right form.
    expect(errors).toContainEqual([place, code]);
    expectProblem(response, 'invalid-request', { errors: errors.map(([, other]) => [place, other]) });
    expect(response.body.errors).toContainEqual({ ...location, code, detail: expect.any(String) });
  }

  /** What was accepted is what is answered, and what is read afterwards. */
  async function expectKept(sent: object, answered: Event): Promise<void> {
    for (const [name, value] of Object.entries(sent)) {
      expect([name, answered[name as keyof Event]]).toEqual([
        name,
        name.endsWith('At') ? inUtc(value as string) : (value ?? undefined),
      ]);
    }
    expect(await send({ path: `/events/${answered.eventId}` })).toMatchObject({ status: 200, body: answered });
  }

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    'are none where they are valid: %s',
    async (_id, operation) => {
      const events = [nonexistentEventId, await event(), await event('publish'), await event('publish', 'cancel')];
      const requests = validRequests(operation, fc.constantFrom(...events));
      await forAny(requests, validRuns, async (request) => {
        const { status, body } = await send(request);
        expect(status < 300 || [404, 409, 412, 422].includes(status)).toBe(true);
        if (status < 300 && isWrite(operation)) await expectKept(request.body as object, body as Event);
      });
    },
    2 * time,
  );
});
