import { pick } from '../../scripts/quality/mutate/mutants.ts';
import { mutationsOf } from '../../scripts/quality/mutate/contract-mutations.ts';
import type { JsonObject } from '../../src/openapi/document.ts';
import { contract } from './contract.ts';
import { surfaceOf } from './surface.ts';

describe('The surface of the contract', () => {
  // After an intended change, review the difference and accept it: `npx jest test/contract/surface -u`.
  it('equals the accepted snapshot', () => {
    expect(`\n${surfaceOf(contract)}\n`).toMatchSnapshot();
  });

  it('shows every small change of the contract', () => {
    const before = surfaceOf(contract);
    const mutations = pick(mutationsOf(contract as unknown as JsonObject), 500, 1);
    const hidden = mutations.filter(({ apply }) => {
      const copy = structuredClone(contract);
      apply(copy as unknown as JsonObject);
      return surfaceOf(copy) === before;
    });
    expect(hidden.map(({ title }) => title)).toEqual([]);
    expect(mutations).toHaveLength(500);
  });
});
