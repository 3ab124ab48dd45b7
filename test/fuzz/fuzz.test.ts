/**
 * Sends requests generated from the contract alone. A valid request succeeds, or is rejected because of the state of the event. An
 * invalid request, with one error, is rejected with a 400 that names the error, and changes nothing.
 *
 * To repeat a run, or to send more requests: make test ARGS=test/fuzz FUZZ_RUNS=100 FUZZ_SEED=1
 */
import { randomUUID } from 'node:crypto';
import fc, { type Arbitrary } from 'fast-check';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { contract, type Operation, operations, resolve } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, transports } from '../support/api.ts';
import { concert, type Event } from '../support/events.ts';
import { expectProblem, fieldErrorsOf } from '../support/problems.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { type InvalidRequest, invalidRequestKinds, validRequests } from './requests.ts';

const seed = Number(process.env['FUZZ_SEED'] || Date.now() % 2 ** 31);
const runs = Number(process.env['FUZZ_RUNS'] || 4);
/** There are few kinds of valid requests, but each varies in many parts. */
const validRuns = 5 * runs;
/** The time limit for all runs of one test, in milliseconds, including the shrinking of a failure. */
const timeLimitMs = 20_000 + 100 * runs;

const invalidKinds = operations.flatMap((operation) =>
  invalidRequestKinds(operation).map((one) => ({ ...one, title: `${operation.operationId}, ${one.title}` })),
);

/** Whether the body of a request consists of fields of an event. */
function writesEvent({ requestBody }: Operation): boolean {
  const [media] = Object.values(requestBody ? resolve(requestBody).content : {});
  const members = Object.keys((media && resolve(media.schema).properties) ?? {});
  return (
    members.length > 0 && members.every((name) => name in (contract.components.schemas['Event']?.properties ?? {}))
  );
}
/** A date-time as the API returns it: in UTC, without fraction. */
const inUtc = (text: string) => new Date(text).toISOString().replace(/\.\d+/, '');

describe.each(transports)('The API (%s)', (transport) => {
  let api: TestApi;
  let target: string;
  /** Created once, because signing a token takes longer than a request. */
  let authorization: string;
  let count = 0;
  beforeAll(async () => {
    api = await startTestApi(transport);
    await reset();
  });
  afterAll(async () => {
    await api.stop();
    process.stderr.write(
      `Sent ${count} generated requests (${transport}). To repeat: make test ARGS=test/fuzz FUZZ_SEED=${seed} FUZZ_RUNS=${runs}\n`,
    );
  });

  /** Continues with a new organizer who has one event. */
  async function reset(): Promise<void> {
    authorization = `Bearer ${await api.issuer.token({ sub: randomUUID() })}`;
    target = await event('publish');
  }
  /** Creates an event and applies these transitions; returns its id. */
  async function event(...transitions: string[]): Promise<string> {
    const { body } = await send({ method: 'POST', path: '/events', body: concert });
    const { eventId } = body as Event;
    for (const transition of transitions)
      expect(await send({ method: 'POST', path: `/events/${eventId}/${transition}` })).toMatchObject({ status: 200 });
    return eventId;
  }
  /** Tests many values; a failure contains the smallest failing value and the seed. */
  function forAny<T>(values: Arbitrary<T>, numRuns: number, test: (value: T) => Promise<void>): Promise<void> {
    count += numRuns;
    return fc.assert(fc.asyncProperty(values, test), {
      seed,
      numRuns,
      interruptAfterTimeLimit: timeLimitMs,
      markInterruptAsFailure: true,
    });
  }
  function send(request: TestRequest) {
    return api.send({ ...request, headers: { authorization, ...request.headers } });
  }
  /** All events of the organizer. */
  async function allEvents(): Promise<unknown> {
    const { status, body } = await send({ path: '/events?organizerId=me&limit=100&startsFrom=2000-01-01T00:00:00Z' });
    expect(status).toBe(200);
    return body as unknown;
  }

  it.each(invalidKinds)(
    'rejects an invalid request: $title',
    async ({ code, requests }) => {
      try {
        const before = await allEvents();
        await forAny(requests(target), runs, ({ request, location }) => expectRejected(request, location, code));
        expect(await allEvents()).toEqual(before);
      } catch (error) {
        // The next test must not fail because of the events that this one has changed.
        await reset();
        throw error;
      }
    },
    2 * timeLimitMs,
  );

  async function expectRejected(
    request: TestRequest,
    location: InvalidRequest['location'],
    code: FieldErrorCode,
  ): Promise<void> {
    const response = await send(request);
    const place = 'pointer' in location ? location.pointer : location.parameter;
    const errors = fieldErrorsOf(response);
    // One place can have several errors: a text that is too short usually has an invalid format, too.
    expect(errors).toContainEqual([place, code]);
    expectProblem(response, 'invalid-request', { errors: errors.map(([, other]) => [place, other]) });
    expect(response.body.errors).toContainEqual({ ...location, code, detail: expect.any(String) });
  }

  /** The sent fields are in the response and in a later read. */
  async function expectStored(sent: object, returned: Event): Promise<void> {
    for (const [name, value] of Object.entries(sent)) {
      expect([name, returned[name as keyof Event]]).toEqual([
        name,
        name.endsWith('At') ? inUtc(value as string) : (value ?? undefined),
      ]);
    }
    expect(await send({ path: `/events/${returned.eventId}` })).toMatchObject({ status: 200, body: returned });
  }

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    'accepts a valid request, or rejects it because of the state of the event: %s',
    async (_id, operation) => {
      const events = [nonexistentEventId, await event(), await event('publish'), await event('publish', 'cancel')];
      const requests = validRequests(operation, fc.constantFrom(...events));
      await forAny(requests, validRuns, async (request) => {
        const { status, body } = await send(request);
        expect(status < 300 || [404, 409, 412, 422].includes(status)).toBe(true);
        if (status < 300 && writesEvent(operation)) await expectStored(request.body as object, body as Event);
      });
    },
    2 * timeLimitMs,
  );
});
