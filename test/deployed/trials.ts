/** Requests that succeed with the deployment as it is, and fail without any part of it. */
import type { Deployment } from '../../scripts/terraform/deployed/deployment.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { takesKey } from '../contract/contract.ts';
import type { TestRequest } from '../support/api.ts';
import { startDeployedApi, startDeployedIssuer, throughGateway } from '../support/deployed.ts';
import { exampleRequests, prepare, requestFor, successOf } from '../support/example-requests.ts';
import { testUsers } from '../support/issuer.ts';
import { recordOf, seed } from '../support/seed.ts';
import type { TestTables } from '../support/tables.ts';

interface Trial {
  readonly title: string;
  readonly status: number;
  /** Stores what the request needs. Resolves with the caller. */
  prepare(tables: TestTables): Promise<string>;
  request(): TestRequest;
}

const examples = exampleRequests.map(({ title, operation, body }): Trial => {
  const key = takesKey(operation) ? operation.parameters.filter(({ name }) => name === 'Idempotency-Key') : [];
  return {
    title,
    status: successOf(operation),
    prepare: (tables) => prepare({ tables }, operation),
    request: () => requestFor(operation, key, body),
  };
});

/** The event of the trial below: each time a new one. */
let earlier = recordOf();

/** Events of the first version have no counters: the first registration creates them. */
const withoutCounters: Trial = {
  title: 'registerForEvent, for an event without counters',
  status: 201,
  async prepare(tables) {
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

const trials = [withoutCounters, ...examples];

export interface Trials {
  readonly deployment: Deployment;
  /** The trials that fail: all of them, or the first one only. */
  failing(options?: { readonly all?: boolean }): Promise<string[]>;
  stop(): Promise<void>;
}

/** Makes a deployment in an emulator of its own. */
export async function startTrials(): Promise<Trials> {
  const issuer = await startDeployedIssuer();
  const { deployment, tables } = await startDeployedApi(issuer);
  // Without a part of the deployment, responses need not conform to the contract.
  const send = throughGateway(deployment, { checked: false });

  async function statusOf(trial: Trial): Promise<number> {
    const sub = await trial.prepare(tables);
    const { method = 'GET', path, headers, body } = trial.request();
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const authorization = `Bearer ${await issuer.token({ sub })}`;
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const request = { method, path, headers: { authorization, ...json, ...headers }, bytes };
    return (await send(request)).status;
  }

  /** The one that failed last. The next part is often missed by one of its neighbors. */
  let lastFailed = 0;
  return {
    deployment,
    async failing({ all = false } = {}) {
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
    },
    async stop() {
      await tables.drop();
      await issuer.stop();
    },
  };
}
