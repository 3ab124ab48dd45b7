import { mutationsOf } from '../../scripts/quality/mutate/contract-mutations.ts';
import { pick } from '../../scripts/quality/mutate/mutants.ts';
import type { JsonObject } from '../../src/openapi/document.ts';
import { contract } from '../contract/contract.ts';
import { surfaceOf } from '../contract/surface.ts';

describe('The snapshot of the contract’s surface', () => {
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
