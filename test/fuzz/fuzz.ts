/**
 * Sends requests generated from the contract, for the resources of `test/domains/`. A valid request succeeds, or is rejected because of the state of its resource. An
 * invalid request, with one error, is rejected with a 400 that names the error, and changes nothing. Where no token is needed, requests are
 * sent with and without one.
 *
 * To repeat a run, or to send more requests: make test ARGS=test/fuzz FUZZ_RUNS=100 FUZZ_SEED=1
 */
import { randomUUID } from 'node:crypto';
import fc, { type Arbitrary } from 'fast-check';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { storedContract } from '../conformance/contract-file.ts';
import { createNormalForm } from '../conformance/normal-form.ts';
import { createTree } from '../conformance/tree.ts';
import { isOpen, type Operation, operations, resolve } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestResponse, type TransportName } from '../support/api.ts';
import { requestOf } from '../support/contract-requests.ts';
import {
  type PathValues,
  type Resource,
  resourceAt,
  resourceOf,
  type Send,
  shownResources,
  snapshotOf,
} from '../support/domains.ts';
import { expectProblem } from '../support/problems.ts';
import { type InvalidRequest, invalidRequestKinds, validRequests } from './requests.ts';
import { sampled } from '../support/sample.ts';

const seed = Number(process.env['FUZZ_SEED'] || Date.now() % 2 ** 31);
const runs = Number(process.env['FUZZ_RUNS'] || 1);
/** There are few kinds of valid requests, but each varies in many parts. */
const validRuns = 5 * runs;
/** The time limit for all runs of one test, in milliseconds, including the shrinking of a failure. */
const timeLimitMs = 20_000 + 100 * runs;

const invalidKinds = operations.flatMap((operation) =>
  invalidRequestKinds(operation).map((one) => ({ ...one, operation, title: `${operation.operationId}, ${one.title}` })),
);

/** The resource whose fields the body of a request consists of, if the response is that resource. */
function writtenBy({ path, requestBody, responses }: Operation): Resource | undefined {
  const [sent] = Object.values(requestBody ? resolve(requestBody).content : {});
  const [success] = Object.values(responses);
  const [returned] = Object.values((success && resolve(success).content) ?? {});
  const shown = shownResources.get(returned?.schema.$ref?.split('/').at(-1) ?? '');
  const names = Object.keys((sent && resolve(sent.schema).properties) ?? {});
  const known = (returned && resolve(returned.schema).properties) ?? {};
  return names.length > 0 && names.every((name) => name in known)
    ? shown && (resourceAt({ path }) ?? shown)
    : undefined;
}

const toNormalForm = createNormalForm(createTree(storedContract()));

/** The body of a request in its normal form. */
function normalBody({ requestBody }: Operation, body: unknown): object {
  const [media] = Object.values(requestBody ? resolve(requestBody).content : {});
  return toNormalForm(media?.schema ?? {}, body) as object;
}

/** A date-time as the API returns it: in UTC, without fraction. */
const inUtc = (text: string) => new Date(text).toISOString().replace(/\.\d+/, '');

/** The tests of one transport. Each has a file of its own, so that both run at once. */
export function fuzz(transport: TransportName): void {
  let api: TestApi;
  /** One of each resource, by path. */
  let targets: Map<string, PathValues>;
  /** What the organizer sees before each invalid request, and must see after it. */
  let unchanged: unknown;
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

  /** Continues with a new organizer, who has one of each resource. */
  async function reset(): Promise<void> {
    authorization = `Bearer ${await api.issuer.token({ sub: randomUUID() })}`;
    targets = new Map();
    unchanged = await snapshotOf(send);
  }
  /** What the path of an operation names; made at its first use. */
  async function targetOf(operation: Operation): Promise<PathValues> {
    const resource = resourceOf(operation);
    if (resource === undefined) return {};
    const known = targets.get(resource.path);
    if (known !== undefined) return known;
    const target = await resource.states[0](send);
    targets.set(resource.path, target);
    unchanged = await snapshotOf(send);
    return target;
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
  const send: Send = (request) => api.send({ ...request, headers: { authorization, ...request.headers } });
  it.each(sampled(invalidKinds))(
    'rejects an invalid request: $title',
    async ({ operation, code, requests }) => {
      try {
        const target = await targetOf(operation);
        await forAny(requests(target), runs, async ({ request, location }) => {
          expectRejected(await send(request), location, code);
          if (isOpen(operation)) expectRejected(await api.send(request), location, code);
        });
        expect(await snapshotOf(send)).toEqual(unchanged);
      } catch (error) {
        // The next test must not fail because of what this one has changed.
        await reset();
        throw error;
      }
    },
    2 * timeLimitMs,
  );

  /** The resource in each of its states, made one after the other. */
  async function madeOf(resource: Resource | undefined): Promise<PathValues[]> {
    const made: PathValues[] = [];
    for (const make of resource?.states ?? []) made.push(await make(send));
    return made;
  }

  function expectRejected(response: TestResponse, location: InvalidRequest['location'], code: FieldErrorCode): void {
    const place = 'pointer' in location ? location.pointer : location.parameter;
    expectProblem(response, 'invalid-request', { errors: [[place, code]] });
    expect(response.body.errors).toContainEqual({ ...location, code, detail: expect.any(String) });
  }

  /** The sent fields are in the response and, unless it was a dry run, in a later read, in their normal form. */
  async function expectStored(
    resource: Resource,
    sent: object,
    returned: Readonly<Record<string, unknown>>,
    isDry: boolean,
  ): Promise<void> {
    for (const [name, value] of Object.entries(sent)) {
      expect([name, returned[name]]).toEqual([
        name,
        name.endsWith('At') && typeof value === 'string' ? inUtc(value) : (value ?? undefined),
      ]);
    }
    if (isDry) return;
    const read = operations.find(({ method, path }) => method === 'GET' && path === resource.path) as Operation;
    const values = Object.keys(resource.missing).map((name) => [name, returned[name]]);
    expect(await send(requestOf(read, Object.fromEntries(values)))).toMatchObject({ status: 200, body: returned });
  }

  it.each(sampled(operations).map((operation) => [operation.operationId, operation] as const))(
    'accepts a valid request, or rejects it because of the state of its resource: %s',
    async (_id, operation) => {
      const resource = resourceOf(operation);
      const made = await madeOf(resource);
      const requests = validRequests(operation, fc.constantFrom(resource?.missing ?? {}, ...made));
      const written = writtenBy(operation);
      await forAny(requests, validRuns, async (request) => {
        const { status, headers, body } = await send(request);
        const isKnown = status === 304 && 'If-None-Match' in (request.headers ?? {});
        expect(status < 300 || isKnown || [404, 409, 412, 422].includes(status)).toBe(true);
        if (status < 300 && written)
          await expectStored(written, normalBody(operation, request.body), body, headers['dry-run'] === 'true');
      });
    },
    2 * timeLimitMs,
  );

  const open = operations.filter((operation) => isOpen(operation) && resourceOf(operation) !== undefined);
  it.each(open.map((operation) => [operation.operationId, operation] as const))(
    'serves a valid request without a token, or finds nothing: %s',
    async (_id, operation) => {
      const resource = resourceOf(operation);
      const made = await madeOf(resource);
      const requests = validRequests(operation, fc.constantFrom(resource?.missing ?? {}, ...made));
      await forAny(requests, validRuns, async (request) => {
        const { status } = await api.send(request);
        expect([200, 304, 404]).toContain(status);
      });
    },
    2 * timeLimitMs,
  );
}
