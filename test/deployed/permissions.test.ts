/** The policy of the function's role allows what the API needs, and nothing else: without any part of it, requests fail. */
import { policyOf } from '../../scripts/terraform/deployed/deployment.ts';
import { stateFile } from '../support/deployed.ts';
import { startTrials, type Trials } from './trials.ts';

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

let trials: Trials;
beforeAll(async () => {
  trials = await startTrials();
});
afterAll(() => trials?.stop());

/** The trials that fail with a policy: all of them, or the first one only. */
async function failing(Statement: readonly Statement[], options: { readonly all?: boolean } = {}): Promise<string[]> {
  await trials.deployment.setPolicy(JSON.stringify({ ...policy, Statement }));
  return trials.failing(options);
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
