import { pick } from '../../scripts/quality/mutate/mutants.ts';
import { mutationsOf } from '../../scripts/quality/mutate/contract-mutations.ts';
import type { JsonObject } from '../../src/openapi/document.ts';
import { contract } from './contract.ts';
import { promisesOf } from './surface.ts';

describe('The promises of the contract', () => {
  // Whoever changes one on purpose looks at the difference and accepts it: `npx jest test/contract/promises -u`.
  it('are those that were accepted', () => {
    expect(`\n${promisesOf(contract)}\n`).toMatchSnapshot();
  });

  it('show every small change', () => {
    const before = promisesOf(contract);
    const mutations = pick(mutationsOf(contract as unknown as JsonObject), 500, 1);
    const hidden = mutations.filter(({ apply }) => {
      const copy = structuredClone(contract);
      apply(copy as unknown as JsonObject);
      return promisesOf(copy) === before;
    });
    expect(hidden.map(({ title }) => title)).toEqual([]);
    expect(mutations).toHaveLength(500);
  });
});
