/** The policy of the function's role allows what the API needs, and nothing else: without any part of it, requests fail. */
import { type Deployment, policyOf } from '../../scripts/terraform/deployed/deployment.ts';
import { takesKey } from '../contract/contract.ts';
import { startDeployedApi, stateFile } from '../support/deployed.ts';
import { pathTo } from '../../src/contract/operations.ts';
import type { TestRequest } from '../support/api.ts';
import { exampleRequests, prepare, requestFor, successOf } from '../support/example-requests.ts';
import { startTestIssuer, testUsers, type TestIssuer } from '../support/issuer.ts';
import { recordOf, seed } from '../support/seed.ts';
import type { TestTables } from '../support/tables.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
}
interface Policy {
  readonly Statement: readonly Statement[];
}

/** The policy as Terraform has rendered it. */
const policy = JSON.parse(policyOf(stateFile())) as Policy;

/** Statements that no request misses here, each with the reason. */
const unnoticed: Readonly<Record<string, string>> = {
  Log: 'The emulator writes the log with rights of its own.',
};

/** A request that succeeds with the policy of Terraform. */
interface Trial {
  readonly title: string;
  readonly status: number;
  /** Stores what the request needs. Resolves with the caller. */
  prepare(): Promise<string>;
  request(): TestRequest;
}

const examples = exampleRequests.map(({ title, operation, body }): Trial => {
  const key = takesKey(operation) ? operation.parameters.filter(({ name }) => name === 'Idempotency-Key') : [];
  return {
    title,
    status: successOf(operation),
    prepare: () => prepare({ tables }, operation),
    request: () => requestFor(operation, key, body),
  };
});

/** The event of the trial below: each time a new one. */
let earlier = recordOf();

/** Events of the first version have no counters: the first registration creates them. */
const withoutCounters: Trial = {
  title: 'registerForEvent, for an event without counters',
  status: 201,
  async prepare() {
    earlier = recordOf();
    await seed(tables, [earlier]);
    return testUsers.attendee;
  },
  request: () => ({
    method: 'PUT',
    path: pathTo('registerForEvent', { eventId: earlier.eventId }),
    body: { name: 'Mira Novak' },
  }),
};

let issuer: TestIssuer;
let deployment: Deployment;
let tables: TestTables;
let statusOf: (trial: Trial) => Promise<number>;

beforeAll(async () => {
  issuer = await startTestIssuer();
  const started = await startDeployedApi(issuer);
  ({ deployment, tables } = started);
  statusOf = async (trial) => {
    const sub = await trial.prepare();
    const { method = 'GET', path, headers, body } = trial.request();
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const authorization = `Bearer ${await issuer.token({ sub })}`;
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const request = { method, path, headers: { authorization, ...json, ...headers }, bytes };
    return (await started.transport.send(request)).status;
  };
});
afterAll(async () => {
  await tables?.drop();
  await issuer?.stop();
});

const trials = [withoutCounters, ...examples];
/** The one that failed last. The next action of a statement is often missed by one of its neighbors. */
let lastFailed = 0;

/** The trials that fail with a policy: all of them, or the first one only. */
async function failing(Statement: readonly Statement[], { all = false } = {}): Promise<string[]> {
  await deployment.setPolicy(JSON.stringify({ ...policy, Statement }));
  const failed: string[] = [];
  for (const trial of [...trials.slice(lastFailed), ...trials.slice(0, lastFailed)]) {
    const status = await statusOf(trial);
    if (status === trial.status) continue;
    failed.push(`${trial.title}: ${status}`);
    if (all) continue;
    lastFailed = trials.indexOf(trial);
    break;
  }
  return failed;
}

/** Every action of every statement that requests can miss. */
const actions = policy.Statement.filter(({ Sid }) => !(Sid in unnoticed)).flatMap(({ Sid, Action }) =>
  Action.map((action) => ({ Sid, action })),
);

describe('the policy of the function', () => {
  it('lets every example request succeed', async () => {
    expect(await failing(policy.Statement, { all: true })).toEqual([]);
  });

  it.each(actions)('does not allow $action in $Sid without need', async ({ Sid, action }) => {
    const without = policy.Statement.map((one) =>
      one.Sid === Sid ? { ...one, Action: one.Action.filter((other) => other !== action) } : one,
    );
    expect(await failing(without.filter(({ Action }) => Action.length > 0))).toHaveLength(1);
  });

  it('has the statements that requests cannot miss here', () => {
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(expect.arrayContaining(Object.keys(unnoticed)));
  });
});
